using Homeward.Review.Matching;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.Tests;

/// <summary>What another node stored is taken in, also where the database fails at first.</summary>
public sealed class CatchingUpTests
{
    /// <summary>What waits so long waits for ever.</summary>
    private static readonly TimeSpan _hangs = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_child_whose_entry_could_not_be_read_is_looked_for_when_it_can()
    {
        await using var house = await ReviewHouse.OpenAsync();
        using var node = Node(house);
        await house.House.WithDbAsync(async db =>
        {
            await node.ReadyAsync(db, CancellationToken.None);
            var entry = house.Entry("Renata", "Solberg", "2003-04-15");
            house.Intake.Changes.Add(new(entry.Id, Guid.CreateVersion7(house.House.Clock.GetUtcNow()), 1));

            house.Intake.FailsNext = true;
            await Should.ThrowAsync<IOException>(() => node.ReadyAsync(db, CancellationToken.None));
            node.Sought(entry.Id).ShouldBeNull();
            await node.ReadyAsync(db, CancellationToken.None);
            node.Sought(entry.Id).ShouldBe(entry);
            return true;
        });
    }

    [Fact]
    public async Task Entries_that_changed_shortly_before_the_start_are_read_once()
    {
        await using var house = await ReviewHouse.OpenAsync();
        using var node = Node(house);
        var entry = house.Entry("Renata", "Solberg", "2003-04-15");
        house.Intake.Changes.Add(new(entry.Id, Guid.CreateVersion7(house.House.Clock.GetUtcNow()), 1));

        await ReadyAsync(house, node);
        node.Sought(entry.Id).ShouldBe(entry);
        house.Intake.EntriesRead.ShouldBe(0, "all that are open were read");
    }

    [Fact]
    public async Task A_person_whose_report_could_not_be_read_is_found_when_it_can()
    {
        await using var house = await ReviewHouse.OpenAsync();
        using var node = Node(house);
        await ReadyAsync(house, node);
        var report = house.Report("Renata", "Solberg", "2003-04-15");
        await house.DeliverAsync([report]);

        house.Intake.FailsNext = true;
        await Should.ThrowAsync<IOException>(() => ReadyAsync(house, node));
        await ReadyAsync(house, node);
        Found(node).ShouldBe([report.Id]);
    }

    [Fact]
    public async Task Persons_who_arrive_while_the_reading_of_all_fails_are_found_when_it_does_not()
    {
        await using var house = await ReviewHouse.OpenAsync();
        using var node = Node(house);
        var (first, second, stored) = (house.Report("Renata", "Solberg", "2003-04-15"), house.Report("Renata", "Solberg", "2003-04-15"), house.Report("Aiko", "Marsh", age: 15));
        await house.DeliverAsync([stored]);
        // Put, and not stored yet: what the database holds does not bring it.
        house.Intake.Within = async act =>
        {
            node.Put(act, [first]);
            house.Intake.FailsNext = true;
            await Should.ThrowAsync<IOException>(() => ReadyAsync(house, node));
            node.Put(act, [second]);
            await ReadyAsync(house, node);
        };
        await house.DeliverAsync();
        Found(node).ShouldBe([first.Id, second.Id], ignoreOrder: true);
    }

    [Fact]
    public async Task Persons_whose_report_is_purged_while_all_are_being_read_are_not_found()
    {
        await using var house = await ReviewHouse.OpenAsync();
        using var node = Node(house);
        var (gone, stays) = (house.Report("Renata", "Solberg", "2003-04-15"), house.Report("Renata", "Solberg", "2003-04-15"));
        await house.DeliverAsync([gone, stays]);
        house.Intake.AfterAllWereRead = () => node.Remove([new(gone.Id, 1)]);
        await ReadyAsync(house, node);
        Found(node).ShouldBe([stays.Id]);
    }

    [Fact]
    public async Task What_an_earlier_version_said_is_said_no_longer_where_the_newer_came_while_all_were_being_read()
    {
        await using var house = await ReviewHouse.OpenAsync();
        using var node = Node(house);
        var (report, stays) = (house.Report("Renata", "Solberg", "2003-04-15"), house.Report("Renata", "Solberg", "2003-04-15"));
        await house.DeliverAsync([report, stays]);
        house.Intake.Within = async act =>
        {
            house.Intake.AfterAllWereRead = () => node.Put(act, [report with { Version = 2, Persons = [], PersonsEver = 1 }]);
            await ReadyAsync(house, node);
        };
        await house.DeliverAsync();
        Found(node).ShouldBe([stays.Id]);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task While_the_house_reads_whom_reports_name_new_reports_are_ranked_and_searches_answer_and_only_a_new_entry_waits(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var (sought, stored) = (house.Entry("Renata", "Solberg", "2003-04-15"), house.Report("Aiko", "Marsh", "2004-05-15"));
        await house.DeliverAsync([stored]);
        var (index, read) = (house.House.Services.GetRequiredService<MatchIndex>(), new TaskCompletionSource());
        house.Intake.AfterAllWereRead = read.Task.GetAwaiter().GetResult;
        var making = house.House.WithDbAsync(async db =>
        {
            await index.MakeReadyAsync(db, CancellationToken.None);
            return true;
        });
        index.ArePersonsBeingRead.ShouldBeTrue();
        try
        {
            var claims = house.Report("Renata", "Solberg", "2003-04-15");
            await house.DeliverAsync([claims]).WaitAsync(_hangs);
            (await ProposedAsync(sought)).ShouldBe([claims.Id]);

            var page = await SearchAsync("Renata Solberg");
            (page.ArePersonsBeingRead, page.Children.Count, page.Reports.Count).ShouldBe((true, 1, 0));
            (await SearchAsync("Solberg")).ArePersonsBeingRead.ShouldBeTrue();

            var (late, meanwhile) = (house.Entry("Aiko", "Marsh", "2004-05-15"), house.Report("Aiko", "Marsh", "2004-05-15"));
            await house.DeliverAsync([meanwhile], [late]).WaitAsync(_hangs);
            (await ProposedAsync(late)).ShouldNotContain(stored.Id);

            read.SetResult();
            await making;
            await house.House.DeliverAsync();
            (await ProposedAsync(late)).ShouldBe([stored.Id, meanwhile.Id], ignoreOrder: true);
            page = await SearchAsync("Renata Solberg");
            (page.ArePersonsBeingRead, page.Reports.ShouldHaveSingleItem().Id).ShouldBe((false, claims.Id));
        }
        finally
        {
            read.TrySetResult();
        }

        Task<List<ReportId>> ProposedAsync(EntryGist entry) => house.House.WithDbAsync(
            db => db.Set<MatchProposal>().Where(match => match.Entry == entry.Id).Select(match => match.ReportId).Distinct().ToListAsync());
        async Task<Search.Page> SearchAsync(string text) =>
            await house.DoneAsync<Search.Request, Search.Page>(await house.AnalystAsync(), new(text)).WaitAsync(_hangs);
    }

    [Fact]
    public async Task A_person_whose_report_another_node_purged_is_forgotten_here_too()
    {
        await using var house = await ReviewHouse.OpenAsync();
        using var node = Node(house);
        var (gone, stays) = (house.Report("Renata", "Solberg", "2003-04-15"), house.Report("Renata", "Solberg", "2003-04-15"));
        await house.DeliverAsync([gone, stays]);
        await ReadyAsync(house, node);
        Found(node).ShouldBe([gone.Id, stays.Id], ignoreOrder: true);

        house.Intake.PurgedElsewhere.Add(new(gone.Id, 1));
        house.House.Clock.DriveTo(house.House.Clock.GetUtcNow().AddSeconds(11));
        await ReadyAsync(house, node);
        Found(node).ShouldBe([stays.Id]);
    }

    private static MatchIndex Node(ReviewHouse house) => new(house.Intake, house.House.Services.GetRequiredService<HouseClock>());

    private static Task ReadyAsync(ReviewHouse house, MatchIndex node) => house.House.WithDbAsync(async db =>
    {
        await node.ReadyForReportsAsync(db, CancellationToken.None);
        return true;
    });

    private static IEnumerable<ReportId> Found(MatchIndex node) =>
        node.Search(new Linkage.PersonRecord("asked") { GivenName = "Renata", FamilyName = "Solberg" }.ToRecord(), 10).Reports.Select(one => one.Report);
}
