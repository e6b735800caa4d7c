using Homeward.Foundations.Access;
using Homeward.Foundations.Places;
using Homeward.Kernel;
using Homeward.Operations;
using Homeward.Release.Counting;

namespace Homeward.Release;

/// <summary>The national board: the initiative, its day, the figures so far, and what was last recorded, without a word on a person.</summary>
public static class ShowBoard
{
    private const int LastMax = 12;

    public sealed record Request(string? Initiative = null);

    /// <param name="What">In words without person or place: "child recovered".</param>
    public sealed record Last(DateTimeOffset At, string Office, string What);

    /// <param name="Day">Which day of the window it is; 0 before, Days + 1 after.</param>
    public sealed record Page(
        string? Initiative, DateOnly From, DateOnly To, int Day, int Days, bool Exercise, Tally? Tally, IReadOnlyList<Last> Lasts);

    internal sealed class Handler(IOperations operations, ITally tallies) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var found = await Chosen.InitiativeAsync(operations, act, request.Initiative, cancel);
            if (!found.TryGet(out var initiative, out _)) return new Page(null, default, default, 0, 0, false, null, []);
            var full = await tallies.LiveAsync(act.Db, initiative, cancel);
            act.Trace("initiative", initiative.Id.Value, "board");
            var days = initiative.To.DayNumber - initiative.From.DayNumber + 1;
            var day = Math.Clamp(DateOnly.FromDateTime(act.Now.UtcDateTime).DayNumber - initiative.From.DayNumber + 1, 0, days + 1);
            return new Page(initiative.Name, initiative.From, initiative.To, day, days, initiative.Exercise, Protect.ForRole(full, act.Actor.Role), LastsOf(full));
        }

        private static IReadOnlyList<Last> LastsOf(Tally tally) =>
        [
            .. tally.Lasts.OrderByDescending(last => last.At).ThenBy(last => last.Office, StringComparer.Ordinal).Take(LastMax)
                .Select(last => new Last(last.At, Gazetteer.Default.Offices.WithCode(last.Office)?.Name ?? last.Office, last.What)),
        ];
    }
}

/// <summary>An office's figures, with the states of its territory: a state without a child is a 0, shown (T-63).</summary>
public static class ShowOffice
{
    public sealed record Request(string Code, string? Initiative = null);
    public sealed record Page(string Initiative, string Code, string Name, OfficeLine? Line, IReadOnlyList<StateLine> States, DateTimeOffset AsOf);
    public sealed record StateLine(string State, int? Children);

    internal sealed class Handler(IOperations operations, ITally tallies) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var found = await Chosen.InitiativeAsync(operations, act, request.Initiative, cancel);
            if (!found.TryGet(out var initiative, out var problem)) return problem;
            if (Gazetteer.Default.Offices.WithCode(request.Code) is not { } office) return Problem.Missing("There is no such office.");
            var tally = await tallies.LiveAsync(act.Db, initiative, cancel);
            var line = tally.Office(office.Code);
            act.Trace("initiative", initiative.Id.Value, $"office={office.Code}");
            var byState = line?.Children.Behind.CountBy(item => item.State ?? "").ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal) ?? [];
            // A child whose state is not stated stands on a line of its own: unknown is a bucket, shown.
            var states = office.States.Concat(byState.Keys.Where(state => state.Length > 0)).Distinct(StringComparer.Ordinal)
                .Select(state => new StateLine(state, line?.Children.Value is null ? null : byState.GetValueOrDefault(state)))
                .Concat(byState.GetValueOrDefault("") is > 0 and var unknown ? [new StateLine("not stated", unknown)] : Array.Empty<StateLine>());
            var shown = line is null ? null : Protect.ForRole(tally with { Offices = [line] }, act.Actor.Role).Offices[0];
            return new Page(tally.Initiative, office.Code, office.Name, shown, [.. states], tally.AsOf);
        }
    }
}
