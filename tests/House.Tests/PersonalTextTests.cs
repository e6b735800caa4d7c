using Homeward.Foundations.Audit;
using Homeward.Foundations.Duties;
using Homeward.Foundations.Partners;
using Homeward.Foundations.People;
using Microsoft.EntityFrameworkCore;

namespace Homeward.House.Tests;

/// <summary>A marked name goes through every use case of the foundations, and is then looked for where it may not be.</summary>
public sealed class PersonalTextTests
{
    private const string Mark = "Quorvelle";

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task No_name_reaches_the_trace_the_queue_or_the_log(DatabaseKind kind)
    {
        var bench = new Bench();
        await using var house = await Given.HouseAsync(kind, bench);
        var (one, other) = (new PersonRecordId(new Guid(1, 0, 0, new byte[8])), new PersonRecordId(new Guid(2, 0, 0, new byte[8])));
        await house.ChangeAsync(async act =>
        {
            act.Db.AddRange(new[] { one, other }.Select(id => new PersonRecord
            {
                Id = id, Kind = PersonKind.Child, Source = $"bench/{id}", Given = Mark, Family = Mark, CreatedAt = act.Now,
            }));
            await house.Get<DutyBook>().StartAsync(act, "report-abuse", "child/1", "child", one.Value, new(Role.Supervisor), act.Now, CancellationToken.None);
            await house.Get<DutyBook>().StartAsync(act, "report-abuse", "child/2", "child", one.Value, new(Role.Supervisor), act.Now, CancellationToken.None);
            return Done.Value;
        });
        var duties = await house.WithDbAsync(db => db.Set<Duty>().OrderBy(row => row.Key).Select(row => row.Id).ToListAsync());
        object[] requests =
        [
            new AddUser.Request(Mark, Role.Officer, "MO0010000", "KC-01", "KC"),
            new EndUser.Request(new UserId(Guid.CreateVersion7())),
            new ImportPartners.Request([new("MO0010000", Mark, Mark, "MO", null, true)], [new("KC-01", Mark, "KC", null)], []),
            new DecideSame.Request(one, other, Judgement.Same, $"{Mark} has the same mark"),
            new ListProposals.Request(), new ListDuties.Request(), new ShowTrace.Request(Action: Mark),
            new ProveDuty.Request(duties[0], null, EvidenceGrade.Document, $"{Mark} was reached"),
            new WaiveDuty.Request(duties[1], $"{Mark} was reached otherwise"),
            new ShowDuty.Request(duties[0]),
            new Homeward.Foundations.FindByNumber.Request(Mark), new Homeward.Foundations.ShowHome.Request(),
        ];
        var people = new List<Actor>();
        foreach (var role in Roles.SignIn) people.Add(await house.PersonAsync(role, "KC", "KC-01", "MO0010000", Mark));
        foreach (var request in requests)
        {
            foreach (var person in people) await house.Desk.DoAsync(person, request, CancellationToken.None);
        }
        await house.DeliverAsync();
        await house.PassAsync(TimeSpan.FromDays(3));

        (await house.TraceAsync()).ShouldAllBe(entry => !entry.ToString().Contains(Mark, StringComparison.OrdinalIgnoreCase));
        (await house.WorkAsync()).ShouldAllBe(row => !row.Payload.Contains(Mark, StringComparison.OrdinalIgnoreCase));
        bench.Log.ShouldAllBe(line => !line.Contains(Mark, StringComparison.OrdinalIgnoreCase));
        bench.Log.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task The_search_would_find_a_name_that_slipped_in()
    {
        await using var house = await Given.HouseAsync(DatabaseKind.Sqlite);
        await house.ChangeAsync(act => act.Trace("paper", Guid.Empty, $"name={Mark}"));
        (await house.TraceAsync()).ShouldContain(entry => entry.ToString().Contains(Mark, StringComparison.OrdinalIgnoreCase));
    }
}
