using System.Collections.Frozen;
using System.Reflection;
using Homeward.Foundations.Access;
using Homeward.Foundations.Pages;
using Microsoft.AspNetCore.Components;

namespace Homeward.Web.Layout;

/// <summary>One line of the rail.</summary>
/// <param name="Name">The stage's name, which is also its icon's.</param>
/// <param name="Link">Null where the role may open nothing of it.</param>
public sealed record RailLine(string Name, string Title, string? Link);

/// <summary>The seven stages in their order, each with the first page of it that a role may open.</summary>
/// <remarks>Read once from the pages themselves: a page's address and the action that it names say all that is needed.</remarks>
public sealed class Rail(IEnumerable<IStage> stages, AuthorizationTable table)
{
    private static readonly (string Name, string Title)[] _line =
    [
        ("intake", "Intake"), ("review", "Review"), ("referral", "Referral"), ("operations", "Operations"),
        ("outcomes", "Outcomes"), ("care", "Care"), ("release", "Release"),
    ];
    private static readonly (string Name, string Title, string Link, string Action)[] _house =
    [
        ("notices", "Notices", "/notices", "house.notices"),
        ("duties", "Duties", "/duties", "duties.list"),
        ("people", "People", "/people/users", "access.list-users"),
        ("people", "Identity", "/people/proposals", "people.ledger"),
        ("trace", "Trace", "/trace", "audit.trace"),
    ];

    private readonly FrozenDictionary<string, (string Route, string Action)[]> _pages = Read(stages);

    public IReadOnlyList<RailLine> StagesFor(Actor actor) =>
        [.. _line.Select(stage => new RailLine(stage.Name, stage.Title, FirstPage(stage.Name, actor)))];

    public IReadOnlyList<RailLine> HouseFor(Actor actor) =>
        [.. _house.Where(page => table.Allows(actor.Role, page.Action)).Select(page => new RailLine(page.Name, page.Title, page.Link))];

    /// <summary>Whether an address is a page of a stage although it does not begin with its name, as the board is Release's.</summary>
    public bool IsOf(string stage, string path) => _pages.GetValueOrDefault(stage)?.Any(page => page.Route == path) == true;

    private string? FirstPage(string stage, Actor actor) =>
        _pages.GetValueOrDefault(stage)?.FirstOrDefault(page => table.Allows(actor.Role, page.Action)).Route;

    /// <summary>Pages without a parameter, by stage; the stage's own address first, then the shortest.</summary>
    private static FrozenDictionary<string, (string Route, string Action)[]> Read(IEnumerable<IStage> stages) => (
        from assembly in stages.Select(stage => stage.GetType().Assembly).Distinct()
        from page in assembly.GetTypes()
        let needs = page.GetCustomAttribute<NeedsAttribute>()
        where needs is not null
        from route in page.GetCustomAttributes<RouteAttribute>()
        where !route.Template.Contains('{')
        group (Route: route.Template, needs.Action) by needs.Action.Split('.')[0])
        .ToFrozenDictionary(
            group => group.Key,
            group => group.OrderBy(page => page.Route != "/" + group.Key).ThenBy(page => page.Route.Length)
                .ThenBy(page => page.Route, StringComparer.Ordinal).ToArray(),
            StringComparer.Ordinal);
}
