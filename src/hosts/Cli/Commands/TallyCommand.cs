using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Homeward.Release;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Homeward.Cli.Commands;

/// <summary><c>homeward tally INITIATIVE</c>: the figures as of any instant, opening down to their records.</summary>
internal static class TallyCommand
{
    private static readonly Argument<string> _initiative = Common.Initiative();
    /// <summary>Where no zone is named UTC is meant, as it is with a day.</summary>
    private static readonly string[] _instantForms =
        [.. from time in new[] { "HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF" } from zone in new[] { "", "'Z'", "zzz" } select $"yyyy-MM-dd'T'{time}{zone}"];
    private static readonly Option<string?> _asOf = new("--as-of") { Description = "An instant (2019-08-06T12:00:00Z) or a day, whose last second is meant." };
    private static readonly Option<string?> _by = new("--by") { Description = "office: with a line for each." };
    private static readonly Option<string?> _open = new("--open") { Description = "The records behind a measure, such as children.total." };

    /// <summary>Who looks, for the trace: the console of the national unit.</summary>
    public static readonly Actor Console = Actor.House with { Name = "Console", Role = Role.National };

    public static Command Build() => new Command("tally", "Count. Example: homeward tally \"Operation Independence Day\" --by office") { _initiative, _asOf, _by, _open }
        .Does(async (parsed, answer, cancel) =>
        {
            DateTimeOffset? asOf = null;
            if (parsed.GetValue(_asOf) is { } text && !TryReadInstant(text, out asOf))
                return answer.Refuse(Exit.BadInput, "as-of", $"\"{text}\" is neither a day nor an instant.", "Write 2019-08-06, 2019-08-06T12:00:00Z or 2019-08-06T07:00:00-05:00.");
            if (parsed.GetValue(_by) is not (null or "office")) return answer.Refuse(Exit.BadInput, "by", "--by takes: office.");
            var opened = await House.OpenThereAsync(House.Options(parsed.GetValue(Common.Database)), cancel);
            if (!opened.TryGet(out var house, out var problem)) return answer.Refuse(problem);
            await using var _ = house;
            var desk = house.GetRequiredService<Desk>();
            var name = parsed.GetValue(_initiative);
            if (parsed.GetValue(_open) is { } measure)
            {
                var figure = await desk.DoAsync<OpenFigure.Request, OpenFigure.Page>(Console, new(measure, null, name, asOf), cancel);
                return figure.TryGet(out var page, out var hidden) ? answer.Say(Exit.Done, page) : answer.Refuse(hidden);
            }
            var tally = await desk.DoAsync<TallyInitiative.Request, TallyInitiative.Page>(Console, new(name, asOf), cancel);
            return tally.TryGet(out var counted, out var refused)
                ? answer.Say(Exit.Done, JsonNode.Parse(counted.Line)!, output => Print(output, JsonNode.Parse(counted.Line)!, parsed.GetValue(_by) is not null))
                : answer.Refuse(refused);
        });

    /// <summary>ISO 8601 alone: 08/06/2019 is June to some and August to others (T-61), and an hour without a day is a guess.</summary>
    private static bool TryReadInstant(string text, out DateTimeOffset? instant)
    {
        instant = null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            instant = new DateTimeOffset(day.ToDateTime(new TimeOnly(23, 59, 59, 999, 999)), TimeSpan.Zero);
        else if (DateTimeOffset.TryParseExact(text, _instantForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            instant = at.ToUniversalTime();
        return instant is not null;
    }

    /// <summary>The tally as a person reads it at a terminal.</summary>
    public static void Print(TextWriter output, JsonNode tally, bool byOffice)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        var children = tally["children"]!;
        output.WriteLine($"{tally["initiative"]}, {tally["from"]} to {tally["to"]}{((bool)tally["invented"]! ? "  EXERCISE: everything here is invented" : "")}");
        output.WriteLine($"  children recovered or identified  {Value(children["total"])}  ({Value(children["recovered"])} recovered, {Value(children["identified"])} identified); located beside them {Value(children["located"])}; by Review's leads {Value(children["viaReview"])}");
        foreach (var (label, key) in new[]
        {
            ("traffickers arrested", "traffickersArrested"), ("operations", "operations"), ("task forces", "taskForces"), ("agencies (acted)", "agencies"),
            ("investigations opened", "investigationsOpened"), ("adults identified", "adultsIdentified"), ("sought", "sought"), ("still missing", "stillMissing"),
        })
            output.WriteLine($"  {label,-33} {Value(tally[key])}{(key == "agencies" ? $" ({Value(tally["agenciesActed"])})" : "")}");
        if (!byOffice) return;
        var table = new Table().AddColumns("office", "children", "adults", "arrests", "operations", "shared");
        foreach (var row in tally["offices"]!.AsArray())
            table.AddRow([.. new[] { "office", "children", "adults", "arrests", "operations", "shared" }.Select(key => Markup.Escape(Value(row![key])))]);
        console.Write(table);
    }

    private static string Value(JsonNode? node) => node?.ToString() ?? "not reported";
}
