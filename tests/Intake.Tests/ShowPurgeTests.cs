using Homeward.Foundations.Access;
using Homeward.Intake.Retention;
using Homeward.Kernel;
using Homeward.Tests.Support;

namespace Homeward.Intake.Tests;

/// <summary>Who stands for a purge sees what it destroys, record by record; afterwards what is left of each.</summary>
public sealed class ShowPurgeTests
{
    private static readonly DateTimeOffset _over = Given.Noon.AddYears(2).AddDays(1);
    public static TheoryData<DatabaseKind> Databases => Given.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_proposed_list_names_each_record_and_a_done_one_its_tombstone_or_why_it_was_kept(DatabaseKind kind)
    {
        await using var purge = await PurgeHouse.OpenAsync(kind);
        await purge.SetAsideAsync(Given.Xml("100200300"), Given.Xml("100200301"));
        purge.Now(_over);
        var list = (await purge.ProposeAsync()).Value;
        (await purge.HoldAsync(HoldOn.Report, "100200301")).IsDone.ShouldBeTrue();

        var proposed = await LookAsync(purge, await purge.CounselAsync(), new(list.Id));
        proposed.Rows.Select(row => (row.Number, row.ReceivedAt, row.Rule, row.Term, row.EndedOn, row.Stays, row.Says)).ShouldBe([
            ("100200300", Given.Noon, "retain-set-aside", "2 years", new DateOnly(2021, 7, 1), null, null),
            ("100200301", Given.Noon, "retain-set-aside", "2 years", new DateOnly(2021, 7, 1), "hold", "Held")]);
        (proposed.Total, proposed.Purge.Sha256, proposed.Purge.State).ShouldBe((2, list.Sha256, PurgeState.Proposed));

        (await purge.ApproveAsync(list)).IsDone.ShouldBeTrue();
        await purge.House.DeliverAsync();
        var auditor = await purge.House.PersonAsync(Role.Auditor);
        (await LookAsync(purge, auditor, new(list.Id))).Rows.Select(row => (row.Number, row.State, row.PurgedAt, row.Stays)).ShouldBe([
            ("100200300", PurgeItemState.Purged, _over, null), ("100200301", PurgeItemState.Kept, null, "hold")]);
        (await LookAsync(purge, auditor, new(list.Id, State: PurgeItemState.Kept))).Rows.Single().Number.ShouldBe("100200301");
        (await purge.House.DoAsync<ListPurges.Request, ListPurges.Page>(auditor, new())).Value.Rows.Single().Certificate!.Holds.ShouldBeTrue();
    }

    [Fact]
    public async Task A_long_list_is_looked_through_page_by_page()
    {
        await using var purge = await PurgeHouse.OpenAsync(DatabaseKind.Sqlite);
        await purge.SetAsideAsync([.. Enumerable.Range(0, ShowPurge.RowsMax + 3).Select(index => Given.Xml(Given.Number(index)))]);
        purge.Now(_over);
        var list = (await purge.ProposeAsync()).Value;
        var (first, second) = (await LookAsync(purge, await purge.CounselAsync(), new(list.Id)), await LookAsync(purge, await purge.CounselAsync(), new(list.Id, ShowPurge.RowsMax)));
        (first.Rows.Count, second.Rows.Count, second.Total).ShouldBe((ShowPurge.RowsMax, 3, ShowPurge.RowsMax + 3));
        first.Rows.Concat(second.Rows).Select(row => row.Number).ShouldBe(Enumerable.Range(0, ShowPurge.RowsMax + 3).Select(Given.Number));
    }

    [Fact]
    public async Task The_preview_names_what_would_go_and_what_stays_where_it_is_asked_to()
    {
        await using var purge = await PurgeHouse.OpenAsync(DatabaseKind.Sqlite);
        var reports = await purge.SetAsideAsync(Given.Xml("100200300"), Given.Xml("100200301"));
        purge.Uses.Say(reports[1], null, null);
        purge.Now(_over);
        var page = (await purge.House.DoAsync<ShowRetention.Request, ShowRetention.Page>(await purge.SupervisorAsync(), new(Named: true))).Value;
        page.Records!.Select(row => (row.Number, row.Rule, row.EndsOn, row.Stays)).ShouldBe([
            ("100200300", "retain-set-aside", new DateOnly(2021, 7, 1), null), ("100200301", null, null, "unreviewed")], ignoreOrder: true);
        (await purge.ShowAsync()).Records.ShouldBeNull();
    }

    [Fact]
    public async Task The_auditor_reads_lists_and_not_why_somebody_dropped_one_and_an_analyst_reads_neither()
    {
        await using var purge = await PurgeHouse.OpenAsync(DatabaseKind.Sqlite);
        await purge.SetAsideAsync(Given.Xml("100200300"));
        purge.Now(_over);
        var list = (await purge.ProposeAsync()).Value;
        (await purge.House.DoAsync<DropPurge.Request, DropPurge.Receipt>(await purge.CounselAsync(), new(list.Id, "Reason withheld."))).IsDone.ShouldBeTrue();
        var auditor = await purge.House.PersonAsync(Role.Auditor);
        var row = (await purge.House.DoAsync<ListPurges.Request, ListPurges.Page>(auditor, new())).Value.Rows.Single();
        (row.State, row.DroppedBy, row.DropReason).ShouldBe((PurgeState.Dropped, "Counsel", null));
        (await purge.House.DoAsync<ShowRetention.Request, ShowRetention.Page>(auditor, new())).Problem.Kind.ShouldBe(ProblemKind.Forbidden);
        (await purge.House.DoAsync<ShowPurge.Request, ShowPurge.Page>(await purge.House.PersonAsync(Role.Analyst), new(list.Id))).Problem.Kind.ShouldBe(ProblemKind.Forbidden);
    }

    private static async Task<ShowPurge.Page> LookAsync(PurgeHouse purge, Actor by, ShowPurge.Request request) =>
        (await purge.House.DoAsync<ShowPurge.Request, ShowPurge.Page>(by, request)).Value;
}
