using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Review.Casework;
using Homeward.Review.Files;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>A report in the queue: why it ranks where it does, whom it names, whom they may be, and the advice on files.</summary>
public static class ShowReport
{
    private const int WorkMax = 50;

    public sealed record Request(ReportId Id);

    public sealed record Person(int Index, string Role, string Name, string Born, string? Place, IReadOnlyList<string> Identifiers, string Path);

    /// <param name="Weight">Null while a second person reads it blind.</param>
    public sealed record Match(MatchId Id, int Person, string Nic, int? Rank, double? Weight, double? Probability, MatchState State);

    /// <summary>Another report of the same incident, as it stands in the queue.</summary>
    public sealed record Other(ReportId Id, string Number, string Provider, DateTimeOffset ReceivedAt, QueueState State, IReadOnlyList<IncidentTie> Ties);

    /// <param name="Others">Newest first, at most <see cref="OthersMax"/>.</param>
    /// <param name="Count">Of all others.</param>
    /// <param name="IsCut">There may be more than that.</param>
    public sealed record Incident(bool IsViral, int Count, bool IsCut, IReadOnlyList<Other> Others);

    /// <summary>As many as may be chosen together, the report itself among them.</summary>
    internal const int OthersMax = PreviewAside.ReportsMax - 1;

    /// <param name="SameIncident">Null where it stands alone.</param>
    /// <param name="Access">Advice for a file that nobody says was viewed, at the report's place: the strictest that may apply.</param>
    /// <param name="Circuits">Circuits that the report's places may lie in.</param>
    /// <param name="Notes">How many notes there are.</param>
    /// <param name="Tasks">Those that are open.</param>
    /// <param name="Requests">Those that are open, warrants for files apart.</param>
    /// <param name="FileWarrants">All warrants for its files, at their end too: they stand beside the advice.</param>
    public sealed record Page(
        ReportId Id, string Number, int Version, string Provider, string IncidentType, DateTimeOffset ReceivedAt, DateTimeOffset? IncidentAt,
        double Risk, IReadOnlyList<string> Reasons, string RulesVersion, bool AboveThreshold, bool ImminentClaimed, Nexus Nexus, QueueState State,
        string? WhySetAside, DateTimeOffset? LeasedUntil, bool OpenAtMe, bool OpenAtSomebody, IReadOnlyList<Person> Persons,
        IReadOnlyList<Match> Matches, FileAccessAdvice Access, FileAccessAdvice AccessIfViewed, IReadOnlyList<string> Circuits,
        int Notes, IReadOnlyList<TaskRow> Tasks, IReadOnlyList<RequestRow> Requests, IReadOnlyList<RequestRow> FileWarrants,
        Incident? SameIncident = null, NexusWay? NexusWay = null, string? NexusTo = null, DateTimeOffset? DecidedAt = null, InPackage? Package = null)
    {
        public IReadOnlyList<SameVehicle> Vehicles { get; init; } = [];
    }

    /// <summary>A sought child's entry that names a vehicle which the report names.</summary>
    /// <param name="Path">Where in the original.</param>
    /// <param name="Says">What the entry says of it.</param>
    /// <param name="Match">The proposal of this report for the entry; null where nothing else proposes one.</param>
    public sealed record SameVehicle(string Plate, string Path, EntryId Entry, string Nic, string Says, MatchId? Match);

    /// <summary>The package in which a returned or referred report goes.</summary>
    public sealed record InPackage(NexusPackageId Id, string Number, NexusPackageState State);

    internal sealed class Handler(IIntake intake, Envelope envelope, OpenWork work) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var item = await act.Seen(act.Db.Set<QueueItem>()).SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (item is null)
                return Problem.Missing((await intake.PurgedAsync(act.Db, [request.Id], cancel)).GetValueOrDefault(request.Id)?.Says ?? "There is no such report for you.");
            var report = (await intake.ReportsAsync(act.Db, [item.Id], cancel)).Single();
            var matches = await act.Db.Set<MatchProposal>().Where(match => match.ReportId == item.Id && match.State != MatchState.Superseded)
                .OrderBy(match => match.Person).ThenBy(match => match.Rank).ThenBy(match => match.Id).ToListAsync(cancel);
            var drawn = await act.Db.Set<SecondReading>()
                .Where(row => row.AssignedTo == act.Actor.Id && row.State == ReadingState.Waiting).Select(row => row.SubjectId).ToListAsync(cancel);
            act.Trace("report", item.Id.Value, $"version={report.Version}");
            var circuits = ReportCircuits.Of(report);
            var requests = act.Db.Set<LegalRequest>().Where(row => row.Report == item.Id);
            var day = DateOnly.FromDateTime(act.Now.UtcDateTime);
            return new Page(
                item.Id, item.Number, report.Version, report.Provider, report.IncidentType, report.ReceivedAt, report.IncidentAt, item.Risk,
                item.ReasonList, item.RulesVersion, item.AboveThreshold, item.ImminentClaimed, item.Nexus, item.State,
                // Who reads a dismissal again does not see why it was said.
                item.Reason is { } reason && item.State is QueueState.Parked or QueueState.Dismissed && !drawn.Contains(item.Id.Value)
                    ? envelope.OpenText($"queue/{item.Id}", item.Reason!) : null,
                item.LeasedUntil, item.LeasedBy == act.Actor.Id && item.LeasedUntil > act.Now, item.IsLeasedToAnother(act.Actor.Id, act.Now),
                [.. report.Persons.Select(person => new Person(
                    person.Index, person.Role, $"{person.Given} {person.Family}".Trim(), Born(person), Matching.ReportPlaces.Told(report, person),
                    [.. KnownBy(person)], person.Path))],
                [.. matches.Select(match => Shown(match))],
                FileAccessTable.Advise(Viewed.Unknown, Viewed.Unknown, circuits, day), FileAccessTable.Advise(Viewed.Yes, Viewed.Unknown, circuits, day), circuits,
                await act.Db.Set<CaseNote>().CountAsync(note => note.Report == item.Id, cancel),
                await work.TasksAsync(act, act.Db.Set<CaseTask>().Where(row => row.Report == item.Id && row.State == CaseTaskState.Open), WorkMax, cancel),
                await work.RequestsAsync(act, OpenWork.Open(requests).Where(row => row.Kind != LegalRequestKind.FileWarrant), WorkMax, cancel),
                await work.RequestsAsync(act, requests.Where(row => row.Kind == LegalRequestKind.FileWarrant), WorkMax, cancel),
                await SameIncidentAsync(act, item.Id, cancel), item.NexusWay, item.NexusTo, item.NexusWay is null ? null : item.DecidedAt,
                item.NexusWay is null ? null : await act.Db.Set<NexusPackageReport>().Where(row => row.Report == item.Id)
                    .Join(act.Db.Set<NexusPackage>(), row => row.Package, package => package.Id, (_, package) => package).Where(package => package.DecidedAt == item.DecidedAt)
                    .OrderByDescending(package => package.Number).Select(package => new InPackage(package.Id, package.Number, package.State)).FirstOrDefaultAsync(cancel))
            {
                Vehicles = await Deciding.SameVehicles.OfAsync(act, intake, report, matches, cancel),
            };

            static Match Shown(MatchProposal match) => match.State is MatchState.AwaitsSecond or MatchState.AwaitsReader
                ? new(match.Id, match.Person, match.Nic, null, null, null, match.State)
                : new(match.Id, match.Person, match.Nic, match.Rank, match.Weight, match.Probability, match.State);
        }

        /// <summary>Those of the group that the actor may see.</summary>
        private async Task<Incident?> SameIncidentAsync(Act act, ReportId report, CancellationToken cancel)
        {
            if ((await intake.SameIncidentsAsync(act.Db, [report], cancel)).GetValueOrDefault(report) is not { } group) return null;
            var ties = group.Others.Take(OthersMax).ToDictionary(other => other.Report, other => other.Ties);
            var ids = ties.Keys.ToList();
            var rows = await act.Seen(act.Db.Set<QueueItem>()).Where(row => ids.Contains(row.Id)).OrderByDescending(row => row.ReceivedAt).ThenBy(row => row.Id)
                .Select(row => new { row.Id, row.Number, row.Provider, row.ReceivedAt, row.State }).ToListAsync(cancel);
            foreach (var row in rows) act.Trace("report", row.Id.Value, "same-incident");
            return new Incident(
                group.IsViral, group.Others.Count, group.IsCut, [.. rows.Select(row => new Other(row.Id, row.Number, row.Provider, row.ReceivedAt, row.State, ties[row.Id]))]);
        }

        private static IEnumerable<string> KnownBy(ReportPerson person) =>
            Matching.Probes.IdentifiersOf(person).Concat(person.AccountIds.Select(id => (Kind: "account-id", Value: id))).Select(one => $"{Pages.ReviewWords.KindOf(one.Kind)} {one.Value}");

        private static string Born(ReportPerson person) => person.Born.IsUnknown
            ? person.Age is { } age ? $"about {age} years" : "not stated"
            : person.Born.ToString();
    }
}
