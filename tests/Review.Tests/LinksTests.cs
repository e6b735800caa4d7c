namespace Homeward.Review.Tests;

/// <summary>Where else it appeared, and how two reports hang together.</summary>
public sealed class LinksTests
{
    private static readonly (string, string) Mail = ("email", "kestrel@example.org");
    private static readonly (string, string) Phone = ("phone", "+13165550142");

    private static async Task<ShowLinks.Page> LinksAsync(ReviewHouse house, ReportGist report, int steps = 1)
    {
        var answer = await house.House.DoAsync<ShowLinks.Request, ShowLinks.Page>(await house.AnalystAsync(), new(report.Id, steps));
        answer.IsDone.ShouldBeTrue();
        return answer.Value;
    }

    private static async Task<Result<FindPath.Page>> PathAsync(ReviewHouse house, string from, string to) =>
        await house.House.DoAsync<FindPath.Request, FindPath.Page>(await house.AnalystAsync(), new(from, to));

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_report_shows_what_it_shares_with_others_and_where_it_stands_in_each(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var first = house.Report(identifiers: [Mail]);
        var second = house.Report(identifiers: [Phone, Mail]);
        var third = house.Report(identifiers: [Phone]);
        var other = house.Report(identifiers: [("email", "another@example.org")]);
        await house.DeliverAsync([first, second, third, other]);

        var near = await LinksAsync(house, first);
        near.Reports.Select(report => (report.Number, report.Steps)).ShouldBe([(first.Number, 0), (second.Number, 1)]);
        var thread = near.Threads.ShouldHaveSingleItem();
        (thread.Kind, thread.Value).ShouldBe(Mail);
        thread.Sightings.Select(one => (one.Report, one.Path)).ShouldBe(
            [(first.Id, "/report/email[1]"), (second.Id, "/report/email[2]")], ignoreOrder: true);

        var further = await LinksAsync(house, first, steps: 2);
        further.Reports.Select(report => (report.Number, report.Steps)).ShouldBe([(first.Number, 0), (second.Number, 1), (third.Number, 2)]);
        further.Threads.Count.ShouldBe(2);
        further.Picture.ShouldContain(third.Number);
        (await LinksAsync(house, other)).Threads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_thousands_of_accounts_in_a_report_those_alone_are_followed_that_another_names()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var viral = house.Report(identifiers: [.. Enumerable.Range(0, 3_000).Select(index => ("account-id", $"chat:{index}"))]);
        var other = house.Report(identifiers: [("account-id", "chat:2999")]);
        await house.DeliverAsync([viral, other]);
        var asked = house.Intake.SightingsAsked;
        (await LinksAsync(house, viral)).Threads.ShouldHaveSingleItem().Value.ShouldBe("chat:2999");
        (house.Intake.SightingsAsked - asked).ShouldBe(1);
    }

    [Fact]
    public async Task What_too_many_share_is_told_and_not_followed()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var reports = Enumerable.Range(0, 11).Select(_ => house.Report(identifiers: [("ip", "203.0.113.7")])).ToList();
        var shared = Enumerable.Range(0, 10).Select(_ => house.Report(identifiers: [("ip", "203.0.113.8")])).ToList();
        await house.DeliverAsync([.. reports, .. shared]);

        var page = await LinksAsync(house, reports[0], steps: 3);
        page.Reports.ShouldHaveSingleItem();
        page.Threads.ShouldBeEmpty();
        var hub = page.Hubs.ShouldHaveSingleItem();
        (hub.Value, hub.Path, hub.MoreThan).ShouldBe(("203.0.113.7", "/report/ip[1]", 10));
        // One fewer says something still.
        (await LinksAsync(house, shared[0])).Reports.Count.ShouldBe(10);
    }

    [Fact]
    public async Task The_way_between_two_reports_names_what_each_step_rests_on()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (from, by, to) = (house.Report(identifiers: [Mail]), house.Report(identifiers: [Mail, Phone]), house.Report(identifiers: [Phone]));
        var apart = house.Report(identifiers: [("device", "D-1")]);
        await house.DeliverAsync([from, by, to, apart]);

        var way = (await PathAsync(house, from.Number, to.Number)).Value;
        way.Steps.Select(step => (step.FromNumber, step.Kind, step.ToNumber)).ShouldBe(
            [(from.Number, "email", by.Number), (by.Number, "phone", to.Number)]);
        way.Steps[0].ToPath.ShouldBe("/report/email[1]");
        (await PathAsync(house, from.Number, apart.Number)).Value.Steps.ShouldBeEmpty();
        (await PathAsync(house, from.Number, from.Number)).Value.Steps.ShouldBeEmpty();
        (await PathAsync(house, from.Number, "9999")).ShouldBeRefused("not-found");
    }

    [Fact]
    public async Task The_walk_finds_exactly_what_a_search_of_all_pairs_finds()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var analyst = await house.AnalystAsync();
        var chance = new Random(20190701);
        for (var world = 0; world < 5; world++)
        {
            // No two worlds share a mark.
            var (name, count) = (world, chance.Next(2, 14));
            var reports = Enumerable.Range(0, count).Select(_ => house.Report(identifiers:
                [.. Enumerable.Range(0, chance.Next(1, 4)).Select(_ => chance.Next(12)).Distinct().Select(mark => ("email", $"{name}-{mark}@example.org"))])).ToList();
            await house.DeliverAsync(reports);
            foreach (var report in reports)
            {
                for (var steps = 1; steps <= 3; steps++)
                {
                    var page = (await house.House.DoAsync<ShowLinks.Request, ShowLinks.Page>(analyst, new(report.Id, steps))).Value;
                    page.Reports.Select(one => (one.Number, one.Steps)).Order().ShouldBe(AllPairs(reports, report, steps).Order());
                }
            }
        }
    }

    private static IEnumerable<(string, int)> AllPairs(List<ReportGist> reports, ReportGist start, int steps)
    {
        var distance = new Dictionary<string, int> { [start.Number] = 0 };
        for (var step = 1; step <= steps; step++)
            foreach (var one in reports.Where(report => distance.GetValueOrDefault(report.Number, -1) == step - 1).ToList())
                foreach (var other in reports.Where(other => other.Identifiers.Any(mark => one.Identifiers.Any(held => held.Value == mark.Value))))
                    distance.TryAdd(other.Number, step);
        return distance.Select(pair => (pair.Key, pair.Value));
    }
}
