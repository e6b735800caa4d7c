using Homeward.Foundations.Access;
using Homeward.Kernel;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Homeward.Foundations.Pages;

/// <summary>What every page of a stage begins with: who looks, the desk, and what to do when the answer is no.</summary>
/// <remarks>
/// Pages are rendered on the server, whole, with no script needed. A page looks through <see cref="LookAsync"/>, so that
/// permission and trace are the desk's; when the answer is no, <see cref="Problem"/> is set and the status is its kind's (403, 404, or 400 for an address that asks for what cannot be),
/// and the page shows <c>&lt;Refusal Problem="Problem" /&gt;</c>.
/// </remarks>
public abstract class HousePage : ComponentBase
{
    [Inject] protected Desk Desk { get; set; } = null!;
    [Inject] private AuthorizationTable Table { get; set; } = null!;
    [Inject] protected TimeProvider Clock { get; set; } = null!;
    [Inject] protected HouseOptions House { get; set; } = null!;
    [CascadingParameter] protected HttpContext Http { get; set; } = null!;

    protected Problem? Problem { get; private set; }
    protected Actor Actor => Http.Actor() ?? throw new BrokenInvariantException("a page without an actor");
    protected DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Asks the desk; null when it said no, with <see cref="Problem"/> and the response's status set.</summary>
    protected async Task<TPage?> LookAsync<TRequest, TPage>(TRequest request) where TRequest : notnull where TPage : class
    {
        var answer = await Desk.DoAsync<TRequest, TPage>(Actor, request, Http.RequestAborted);
        if (answer.TryGet(out var page, out var problem)) return page;
        Refuse(problem);
        return null;
    }

    /// <summary>For a page whose address is not the id of anything.</summary>
    protected void NotThere() => Refuse(Problem.Missing("There is no such page, or it is not yours to see."));

    /// <summary>For a page whose address asks for a day that does not exist: it never shows everything instead.</summary>
    protected void NoDate(string asked) => Refuse(Problem.Invalid("day-not-a-date", $"\"{asked}\" is no date.", "Write a day that the calendar has, such as 2026-02-28."));

    private void Refuse(Problem problem)
    {
        Problem = problem;
        if (!Http.Response.HasStarted) Http.Response.StatusCode = UseCaseEndpoints.Status(problem);
    }

    protected bool May(string action) => Desk.Allows(Actor, action);

    /// <summary>Whether the action reaches the whole nation for this person: a national figure is no link for an office.</summary>
    protected bool MayForNation(string action) => Table.Reach(Actor.Role, action) == Scope.Nation;
}

/// <summary>Names the action of the authorization table that a page needs: every page carries one.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsAttribute(string action) : Attribute
{
    public string Action { get; } = action;
}

/// <summary>Says as what a page reads a parameter of its address that comes to it as text: an address with another word is answered as mistyped.</summary>
/// <remarks>
/// The framework reads numbers and flags by itself, and no lists of choices. A filter that is left out in silence would show
/// everything to whoever asked for a part of it.
/// </remarks>
/// <param name="type">An enum, by its names in any case; <see cref="Role"/> by its slugs; <see cref="bool"/>, <see cref="double"/>, <see cref="Guid"/> or <see cref="DateTimeOffset"/>.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReadsAttribute(Type type) : Attribute
{
    public Type Type { get; } = type;
}

/// <summary>For the few pages that everybody may open, signed in or not: sign-in, what went wrong, what this is.</summary>
/// <param name="why">Read by whoever reviews the list of open pages.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OpenToAllAttribute(string why) : Attribute
{
    public string Why { get; } = why;
}
