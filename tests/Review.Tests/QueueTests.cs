using System.Data.Common;
using Homeward.Review.Triage;

namespace Homeward.Review.Tests;

/// <summary>The queue is read from any place on, forwards and back, without a row twice or left out; each page by an index.</summary>
public sealed class QueueTests
{
    private static async Task<ShowQueue.Page> LookAsync(ReviewHouse house, ShowQueue.Request request)
    {
        var answer = await house.House.DoAsync<ShowQueue.Request, ShowQueue.Page>(await house.AnalystAsync(), request);
        answer.IsDone.ShouldBeTrue();
        return answer.Value;
    }

    /// <summary>Reports of three ranks, many of one rank and several of one instant.</summary>
    private static async Task<ReviewHouse> WithReportsAsync(DatabaseKind kind)
    {
        var house = await ReviewHouse.OpenAsync(kind);
        for (var hour = 0; hour < 3; hour++)
        {
            await house.DeliverAsync([
                house.Report(city: null, type: "Unsolicited Obscene Material Sent to a Child"), house.Report(city: null, type: "Unsolicited Obscene Material Sent to a Child"),
                house.Report(city: null, type: "Unsolicited Obscene Material Sent to a Child"), house.Report(type: "Child Sex Trafficking"),
                house.Report(type: "Child Sex Trafficking", escalated: true)]);
            await house.House.PassAsync(TimeSpan.FromHours(1));
        }
        return house;
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Pages_that_go_on_from_a_place_hold_every_report_once_in_order(DatabaseKind kind)
    {
        await using var house = await WithReportsAsync(kind);
        var whole = await LookAsync(house, new());
        (whole.Rows.Count, whole.Before, whole.After, whole.Total).ShouldBe((15, null, null, new QueueCount(15, IsMore: false)));
        whole.Rows.Select(row => (-row.Risk, row.ReceivedAt)).ShouldBeInOrder();

        var onwards = new List<ReportId>();
        var page = await LookAsync(house, new(Rows: 2));
        page.Before.ShouldBeNull();
        for (onwards.AddRange(page.Rows.Select(row => row.Id)); page.After is { } after && onwards.Count < 2 * whole.Rows.Count; onwards.AddRange(page.Rows.Select(row => row.Id)))
            page = await LookAsync(house, new(After: after, Rows: 2));
        onwards.ShouldBe(whole.Rows.Select(row => row.Id));

        var back = new List<ReportId>();
        page = await LookAsync(house, new(FromEnd: true, Rows: 2));
        page.After.ShouldBeNull();
        for (back.AddRange(page.Rows.Reverse().Select(row => row.Id)); page.Before is { } before && back.Count < 2 * whole.Rows.Count;)
        {
            page = await LookAsync(house, new(Before: before, Rows: 2));
            // The first page is a full one, and may show again what the one after it began with.
            back.AddRange(page.Rows.Reverse().Select(row => row.Id).Except(back));
        }
        back.ShouldBe(whole.Rows.Reverse().Select(row => row.Id));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_filter_leaves_what_it_names_and_counts_it(DatabaseKind kind)
    {
        await using var house = await WithReportsAsync(kind);
        var (_, matched, _) = await house.FittingAsync();

        (await LookAsync(house, new(Matched: true))).Rows.Select(row => row.Id).ShouldBe([matched.Id]);
        (await LookAsync(house, new(Matched: false))).Total.Number.ShouldBe(15);
        (await LookAsync(house, new(Imminent: true))).Total.Number.ShouldBe(3);
        (await LookAsync(house, new(Imminent: true, PlaceState: "KS", Matched: false))).Total.Number.ShouldBe(3);
        (await LookAsync(house, new(PlaceState: "MO"))).Rows.ShouldBeEmpty();
        (await LookAsync(house, new(Find: matched.Number))).Rows.Select(row => row.Id).ShouldBe([matched.Id]);
        (await LookAsync(house, new(Find: matched.Number[..5]))).Total.Number.ShouldBe(16);
        (await LookAsync(house, new(Find: "no number"))).Rows.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task One_incident_from_many_providers_is_one_group_with_a_count_and_each_stays_in_the_queue(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var reports = new[] { house.Report(), house.Report(), house.Report(), house.Report() };
        await house.DeliverAsync(reports);
        var unseen = house.Report();
        house.Intake.Incidents[reports[0].Id] = new(IsViral: true, IsCut: false,
            [new(unseen.Id, [IncidentTie.File]), new(reports[2].Id, [IncidentTie.File, IncidentTie.Account]), new(reports[1].Id, [IncidentTie.Bundle])]);
        var rows = (await LookAsync(house, new())).Rows;
        rows.Count.ShouldBe(4);
        rows.ToDictionary(row => row.Id, row => (row.SameIncident, row.IsViral))[reports[0].Id].ShouldBe((3, true));
        rows.Where(row => row.Id != reports[0].Id).ShouldAllBe(row => row.SameIncident == 0 && !row.IsViral);

        var shown = (await house.House.DoAsync<ShowReport.Request, ShowReport.Page>(await house.AnalystAsync(), new(reports[0].Id))).Value.SameIncident!;
        (shown.IsViral, shown.Count).ShouldBe((true, 3));
        shown.Others.ToDictionary(other => other.Id, other => other.Ties.Count).ShouldBe(
            new Dictionary<ReportId, int> { [reports[2].Id] = 2, [reports[1].Id] = 1 }, ignoreOrder: true, "what the queue does not show is not named");
        (await house.House.DoAsync<ShowReport.Request, ShowReport.Page>(await house.AnalystAsync(), new(reports[3].Id))).Value.SameIncident.ShouldBeNull();
    }

    [Theory]
    [InlineData("12")]
    [InlineData("NaN_1_0190f3c2a5d07e3f8a4b000000000001")]
    [InlineData("1_99999999999999999999_0190f3c2a5d07e3f8a4b000000000001")]
    [InlineData("1_9223372036854775807_0190f3c2a5d07e3f8a4b000000000001")]
    [InlineData("1_1_0")]
    public async Task A_place_that_is_none_is_refused(string place)
    {
        await using var house = await ReviewHouse.OpenAsync();
        (await house.House.DoAsync<ShowQueue.Request, ShowQueue.Page>(await house.AnalystAsync(), new(After: place))).ShouldBeRefused("no-such-place");
        (await house.House.DoAsync<ShowQueue.Request, ShowQueue.Page>(await house.AnalystAsync(), new(Before: place))).ShouldBeRefused("no-such-place");
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Each_filter_of_the_page_has_an_index_in_the_order_of_the_queue(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        await IndexOfAsync(new(), "IX_queue_items_all");
        await IndexOfAsync(new(Matched: false), "IX_queue_items_all");
        await IndexOfAsync(new(RiskMin: 20), "IX_queue_items_all");
        await IndexOfAsync(new(Matched: true), "IX_queue_items_matched");
        await IndexOfAsync(new(Matched: true, RiskMin: 20), "IX_queue_items_matched");
        await IndexOfAsync(new(Imminent: true), "IX_queue_items_imminent");
        await IndexOfAsync(new(Imminent: true, RiskMin: 20), "IX_queue_items_imminent");
        await IndexOfAsync(new(PlaceState: "KS"), "IX_queue_items_place");
        await IndexOfAsync(new(PlaceState: "KS", RiskMin: 20), "IX_queue_items_place");

        async Task IndexOfAsync(ShowQueue.Request request, string index)
        {
            foreach (var way in new Func<IQueryable<QueueItem>, IQueryable<QueueItem>>[] { QueueOrder.Forward, QueueOrder.Backward })
            {
                var plan = await house.House.WithDbAsync(db => PlanAsync(db, way(QueueFilter.Of(request).Apply(
                    db.Set<QueueItem>().AsNoTracking(), default, house.House.Clock.GetUtcNow())).Take(51)));
                plan.ShouldContain(index, customMessage: request.ToString());
                plan.ShouldNotContain("TEMP B-TREE", customMessage: request.ToString());
                plan.ShouldNotContain("Sort", Case.Sensitive, request.ToString());
            }
        }
    }

    /// <summary>How the database would go about a query. PostgreSQL is told that scans and sorts are dear, as they are of a million rows.</summary>
    internal static async Task<string> PlanAsync<T>(HomewardDb db, IQueryable<T> query)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        await using DbCommand command = query.CreateDbCommand();
        command.CommandText = db.IsSqlite
            ? "EXPLAIN QUERY PLAN " + command.CommandText
            : "SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off; EXPLAIN " + command.CommandText;
        var plan = new System.Text.StringBuilder();
        await using var lines = await command.ExecuteReaderAsync();
        while (await lines.ReadAsync()) plan.AppendLine(lines.GetValue(lines.FieldCount - 1).ToString());
        return plan.ToString();
    }
}
