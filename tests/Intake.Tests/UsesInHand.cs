using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Intake.Tests;

/// <summary>Stands for the stages that keep something of reports: says of each what the test laid down.</summary>
internal sealed class UsesInHand : IStage, IReportUse, IDoorUse, IActOnDoors
{
    public Dictionary<ReportId, ReportStanding> Standings { get; } = [];
    public Dictionary<DoorId, DoorStanding> Doors { get; } = [];
    public List<ReportId> Forgotten { get; } = [];
    /// <summary>Called before a step lets go of its reports: it may throw, as a house that is stopped.</summary>
    public Action<int> BeforeStep { get; set; } = _ => { };
    /// <summary>Called where it is asked how reports stand.</summary>
    public Func<Task> WhenAsked { get; set; } = () => Task.CompletedTask;
    /// <summary>What it still finds of purged reports.</summary>
    public int Left { get; set; }
    private int _steps;

    public string Name => "uses";
    public IReadOnlyList<UseCase> UseCases => [];
    public void AddServices(IServiceCollection services) => services.AddSingleton<IReportUse>(this).AddSingleton<IDoorUse>(this).AddSingleton<IActOnDoors>(this);
    public void Shape(Microsoft.EntityFrameworkCore.ModelBuilder model) { }

    public void Say(ReportId report, ReportEnd? end, DateTimeOffset? since, string? stays = null, params IReadOnlyList<Foundations.People.PersonRecordId> children) =>
        Standings[report] = new ReportStanding(report, end, since, stays, children);

    public async Task<IReadOnlyList<ReportStanding>> StandingsAsync(
        HomewardDb db, IReadOnlyDictionary<ReportId, string> reports, DateTimeOffset now, CancellationToken cancel)
    {
        await WhenAsked();
        return [.. reports.Keys.Where(Standings.ContainsKey).Select(id => Standings[id])];
    }

    public Task<IReadOnlyList<ReportId>> NoNexusAsync(HomewardDb db, DateTimeOffset before, Guid after, int max, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<ReportId>>([.. Standings.Values.Where(one => one.End == ReportEnd.NoNexus && one.Since < before && one.Report.Value.CompareTo(after) > 0)
            .Select(one => one.Report).OrderBy(id => id.Value).Take(max)]);

    public Task<IReadOnlyList<DoorStanding>> StandingsAsync(HomewardDb db, IReadOnlyDictionary<DoorId, string> doors, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<DoorStanding>>([.. doors.Keys.Where(Doors.ContainsKey).Select(id => Doors[id])]);

    /// <summary>Numbers of tips and referrals on which a lead was raised.</summary>
    public List<string> ActedOn { get; } = [];
    public IQueryable<string> NumbersActedOn(HomewardDb db) => db.Set<Model.Door>().Select(door => door.Number).Where(number => ActedOn.Contains(number));

    public Task ForgetAsync(Act act, IReadOnlyCollection<ReportId> reports, CancellationToken cancel)
    {
        BeforeStep(++_steps);
        Forgotten.AddRange(reports);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<PurgeFinding>> FindLeftAsync(HomewardDb db, IReadOnlyCollection<ReportId> reports, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<PurgeFinding>>([new("uses", Left)]);
}
