using System.Text.Json.Serialization;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Review.Deciding;
using Homeward.Review.Matching;

namespace Homeward.Review;

/// <summary>A proposed match side by side: what we know, what came in, what speaks for it and against it, what would settle it.</summary>
/// <remarks>Who reads second sees no score and no first view until they have decided. What is shown has a name, which the decision repeats .</remarks>
public static class ShowMatch
{
    public sealed record Request(MatchId Id);

    /// <param name="Mark">same, alike, differs or unknown.</param>
    /// <param name="Says">What the comparison says, in words.</param>
    public sealed record Line(string Field, string Known, string CameIn, string Mark, string Says);

    /// <param name="Weight">Bits; null in a blind reading.</param>
    public sealed record Bar(string Field, double? Weight, string Why);

    /// <param name="Field">The field whose agreement it is about, as in <see cref="Bar"/>.</param>
    public sealed record Caution(string Field, string Why);

    /// <param name="By">Codes, not names: "first reader".</param>
    public sealed record View(string By, Foundations.People.Judgement Judgement, DateTimeOffset At, string Reason, bool IsMine, bool Stands);

    /// <param name="Shown">Names what is shown: send it with the decision.</param>
    /// <param name="WrongOf100">Of a hundred proposals at this score, how many are of another child, by the model; null in a blind reading.</param>
    /// <param name="Reading">The second reading that waits for the one who looks.</param>
    public sealed record Page(
        MatchId Id, string Shown, bool IsBlind, MatchState State, ReportId Report, string ReportNumber, int ReportVersion, string PersonPath,
        string PersonRole, EntryId Entry, string Nic, EntryState EntryState, double? Weight, double? Probability, double? WrongOf100,
        int? Rank, IReadOnlyList<Line> Lines, IReadOnlyList<Bar> For, IReadOnlyList<Bar> Against, IReadOnlyList<string> Unknown,
        double? Prior, string Question, IReadOnlyList<View> Views, bool MayDecide, bool MaySettle, bool MayUndo, ReadingId? Reading, MatchId? Reopens, string Versions)
    {
        /// <summary>What agrees and yet proves less than it seems to: no weight tells it, and a reader bears it in mind.</summary>
        public IReadOnlyList<Caution> Cautions { get; init; } = [];

        /// <summary>The waterfall as SVG, for the page; null in a blind reading, for it shows the score.</summary>
        [JsonIgnore]
        public string? Picture => Waterfall?.Picture();

        internal Waterfall? Waterfall { get; init; }
    }

    internal sealed class Handler(IIntake intake, Envelope envelope) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (await MatchFile.FindAsync(act.Db, request.Id, cancel) is not { } file || !act.Covers(file.Match))
                return Problem.Missing("There is no such match for you.");
            var match = file.Match;
            var entry = (await intake.EntriesAsync(act.Db, [match.Entry], cancel)).Single();
            var report = (await intake.ReportsAsync(act.Db, [match.ReportId], cancel)).Single();
            var isBlind = file.IsBlindFor(act.Actor.Id);
            var shown = Shown.IdOf(file.ShownTo(act.Actor.Id).Json());
            act.Trace("match", match.Id.Value, isBlind ? $"shown={shown};blind" : $"shown={shown}");
            act.Trace("person-record", entry.Record.Value);
            var waterfall = Waterfall.Read(match.Waterfall);
            var person = report.Persons.SingleOrDefault(one => one.Index == match.Person);
            return new Page(
                match.Id, shown, isBlind, match.State, report.Id, report.Number, match.ReportVersion, person?.Path ?? "", person?.Role ?? "",
                entry.Id, entry.Nic, entry.State, isBlind ? null : match.Weight, isBlind ? null : match.Probability,
                isBlind ? null : Math.Round(100 * (1 - match.Probability), 1), isBlind ? null : match.Rank,
                [.. SideBySide.Lines(entry, person, report.IncidentType, waterfall), .. SameVehicles.Line(entry, report) is { } vehicle ? [vehicle] : Array.Empty<Line>()], Bars(waterfall.For(), isBlind), Bars(waterfall.Against(), isBlind),
                [.. waterfall.Unknown.Select(bar => bar.Sentence)], isBlind ? null : waterfall.Prior, SettlingQuestion.Of(waterfall),
                isBlind ? [] : Views(file, act), MayDecide(file, act), MaySettle(file, act), MayUndo(file, act),
                file.Reading is { } reading && act.Actor.Id != reading.FirstReader
                    && (reading.AssignedTo == act.Actor.Id || act.Actor.Role == Role.Supervisor) ? reading.Id : null,
                match.Reopens, $"{match.ExtractorVersion}, {match.IndexVersion}, {file.Item.RulesVersion}")
            {
                Waterfall = isBlind ? null : waterfall,
                Cautions = Deciding.Cautions.Of(person, waterfall),
            };
        }

        private static IReadOnlyList<Bar> Bars(IEnumerable<WaterfallBar> bars, bool isBlind) => isBlind
            ? [.. bars.OrderBy(bar => bar.Field, StringComparer.Ordinal).Select(bar => new Bar(bar.Field, null, bar.Level))]
            : [.. bars.Select(bar => new Bar(bar.Field, bar.Weight, bar.Sentence))];

        private List<View> Views(MatchFile file, Act act) => [.. file.Decisions.Select(one => new View(
            one.Kind switch
            {
                DecisionKind.First => "First reader", DecisionKind.Second => "Second reader", DecisionKind.Settlement => "Supervisor",
                DecisionKind.Undo => "Taken back",
            },
            one.Judgement, one.At, envelope.OpenText($"match-decision/{StrongId.Text(one.Id)}", one.Reason), one.By == act.Actor.Id,
            one.ClosedAt is null && one.Kind != DecisionKind.Undo))];

        private static bool MayDecide(MatchFile file, Act act) =>
            file.Match.State is MatchState.Open or MatchState.Unsure or MatchState.AwaitsSecond or MatchState.AwaitsReader
            && file.First?.By != act.Actor.Id
            && (file.Match.State != MatchState.AwaitsReader || file.Reading?.AssignedTo is not { } drawn || drawn == act.Actor.Id
                || act.Actor.Role == Role.Supervisor);

        private static bool MaySettle(MatchFile file, Act act) => file.Match.State == MatchState.Disputed
            && act.Actor.Role == Role.Supervisor && file.Standing.All(one => one.By != act.Actor.Id);

        private static bool MayUndo(MatchFile file, Act act) => file.Match.State is not (MatchState.Closed or MatchState.Superseded)
            && (act.Actor.Role == Role.Supervisor ? file.Standing.Any() : file.Standing.Any(one => one.By == act.Actor.Id));
    }
}
