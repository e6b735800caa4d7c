using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Homeward.Foundations;
using Homeward.Foundations.Audit;
using Homeward.Foundations.Rules;
using Homeward.Foundations.Work;
using Homeward.Review.NoNexus;

namespace Homeward.Review.Tests;

/// <summary>What is returned or referred goes in a package that a person hands over: what may leave is in it, nothing leaves that is taken back or read again, and no report is purged before it left.</summary>
public sealed class NexusPackageTests
{
    private const string Weak = "Unsolicited Obscene Material Sent to a Child";
    private const string Reason = "All that it states lies abroad; withheld.";

    private static ReportGist Abroad(ReviewHouse house, bool escalated = false) => house.Report(
        age: escalated ? 9 : null, city: null, type: escalated ? "Child Sex Trafficking" : Weak, foreign: "exampleville/XX/11111/PH",
        escalated: escalated, priority: escalated ? 1 : null, disposition: escalated ? "referral" : null);

    private static async Task<TReceipt> DoneAsync<TRequest, TReceipt>(ReviewHouse house, Actor actor, TRequest request) where TRequest : notnull
    {
        var answer = await house.House.DoAsync<TRequest, TReceipt>(actor, request);
        answer.IsDone.ShouldBeTrue(answer.IsDone ? null : answer.Problem.What);
        return answer.Value;
    }

    private static async Task<NexusPackageId> PackAsync(ReviewHouse house, Actor actor, NexusWay way, params ReportGist[] reports) =>
        (await DoneAsync<ReturnReports.Request, ReturnReports.Receipt>(
            house, actor, new([.. reports.Select(report => report.Id)], way, Reason, way == NexusWay.Referred ? "Portugal" : null))).Package.ShouldNotBeNull();

    private static Task<ShowPackage.Page> ShowAsync(ReviewHouse house, Actor actor, NexusPackageId id) => DoneAsync<ShowPackage.Request, ShowPackage.Page>(house, actor, new(id));

    private static async Task<string> ContentAsync(ReviewHouse house, Actor actor, NexusPackageId id)
    {
        var file = await DoneAsync<DownloadPackage.Request, DownloadPackage.Page>(house, actor, new(id));
        Convert.ToHexStringLower(SHA256.HashData(file.Bytes)).ShouldBe((await ShowAsync(house, actor, id)).Sha256);
        return Encoding.UTF8.GetString(file.Bytes);
    }

    private static Task<Result<HandOverPackage.Receipt>> HandOverAsync(ReviewHouse house, Actor actor, NexusPackageId id, string sha256, string? basis = null) =>
        house.House.DoAsync<HandOverPackage.Request, HandOverPackage.Receipt>(actor, new(id, sha256, HandOverChannel.Encrypted, basis));

    private static async Task<ReportStanding> StandingAsync(ReviewHouse house, ReportGist report) =>
        await house.House.WithDbAsync(async db => (await house.House.Services.GetRequiredService<IReportUse>().StandingsAsync(
            db, new Dictionary<ReportId, string> { [report.Id] = report.Number }, house.House.Clock.GetUtcNow(), CancellationToken.None)).Single());

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task What_goes_together_makes_one_package_that_a_person_hands_over_and_no_report_in_it_is_purged_before(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var (first, second) = (Abroad(house), Abroad(house));
        await house.DeliverAsync([first, second]);
        var analyst = await house.AnalystAsync();
        var id = await PackAsync(house, analyst, NexusWay.Returned, first, second);
        var text = await ContentAsync(house, analyst, id);
        foreach (var part in (string[])[first.Number, second.Number, Reason, "NCMEC"]) text.ShouldContain(part);
        // All that they say is NCMEC's already.
        text.ShouldNotContain("exampleville");
        var page = await ShowAsync(house, analyst, id);
        (page.State, page.To, page.Drawn, page.Reports.Count, page.DueAt - page.DecidedAt).ShouldBe((NexusPackageState.Waiting, "NCMEC", 1, 2, TimeSpan.FromDays(14)));
        DateOnly.FromDateTime(page.DueAt.UtcDateTime).ShouldBeLessThan(RuleBook.Shipped.On("retain-no-nexus", new(2019, 7, 1)).EndsOn(DateOnly.FromDateTime(page.DecidedAt.UtcDateTime)));
        (await StandingAsync(house, first)).ShouldSatisfyAllConditions(standing => standing.End.ShouldBe(ReportEnd.NoNexus), standing => standing.Stays.ShouldBe("package-waits"));

        (await DoneAsync<ShowReport.Request, ShowReport.Page>(house, analyst, new(first.Id))).Package.ShouldBe(new ShowReport.InPackage(id, page.Number, page.State));
        (await HandOverAsync(house, analyst, id, new string('0', 64))).ShouldBeRefused("package-changed");
        (await house.House.DoAsync<ConfirmPackage.Request, HandOverPackage.Receipt>(analyst, new(id, "REF-1"))).ShouldBeRefused("not-handed-over");
        // Past its day those who decided and those who lead are told, once; it stays.
        await house.House.PassAsync(TimeSpan.FromDays(100));
        await house.House.PassAsync(TimeSpan.FromDays(1));
        (await house.House.WithDbAsync(db => db.Set<Notice>().CountAsync(notice => notice.Code == "package-late"))).ShouldBe(2);
        (await StandingAsync(house, second)).Stays.ShouldBe("package-waits");
        (await DoneAsync<ListPackages.Request, ListPackages.Page>(house, analyst, new())).ShouldSatisfyAllConditions(
            list => list.Rows.Single().Number.ShouldBe(page.Number), list => list.Late.ShouldBe(1));

        (await HandOverAsync(house, analyst, id, page.Sha256)).IsDone.ShouldBeTrue();
        (await HandOverAsync(house, analyst, id, page.Sha256)).ShouldBeRefused("package-left");
        (await StandingAsync(house, first)).Stays.ShouldBeNull();
        await DoneAsync<ConfirmPackage.Request, HandOverPackage.Receipt>(house, await house.SupervisorAsync(), new(id, "REF-1"));
        (await ShowAsync(house, analyst, id)).ShouldSatisfyAllConditions(
            shown => (shown.State, shown.Channel, shown.HandedOverBy, shown.HandedOverAt, shown.Receipt).ShouldBe(
                (NexusPackageState.Received, HandOverChannel.Encrypted, "One", house.House.Clock.GetUtcNow(), "REF-1")),
            shown => shown.ReceiptBy.ShouldBe("Supervisor"));
        (await house.House.WithDbAsync(db => db.Set<AuditEntry>().Where(entry => entry.Codes.StartsWith("handed-over;")).CountAsync())).ShouldBe(3, "the package and each report in it");
        (await DoneAsync<ListPackages.Request, ListPackages.Page>(house, analyst, new(Left: true, From: 1))).ShouldSatisfyAllConditions(page => page.Rows.ShouldBeEmpty(), page => page.Total.ShouldBe(1));
        var left = await DoneAsync<ListPackages.Request, ListPackages.Page>(house, analyst, new(Left: true));
        (left.Rows.Single().State, left.Waiting).ShouldBe((NexusPackageState.Received, 0));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Abroad_goes_what_the_provider_and_machines_said_and_nothing_of_victims_analysts_routing_or_texts(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var report = house.Report(given: "Quillon", family: "Ostrava", city: null, type: Weak, foreign: "exampleville/XX/11111/PH", phone: "+639179990123");
        var suspect = report.Persons[0] with { Index = 1, Role = "reported", Given = "Bertil", Family = "Ennsfeld", Path = "/report/personOrUserReported[2]", Place = null };
        report = report with
        {
            Persons = [report.Persons[0] with { Path = "/report/victim[1]" }, suspect],
            Identifiers = [
                .. report.Identifiers, new("phone", "+639179990123", "/report/victim[1]/phone"), new("screen-name", "example:victims-own", "/report/victim[1]"),
                new("ip", "203.0.113.7", "/report/personOrUserReported[2]/ipCaptureEvent[1]"), new("screen-name", "example:of-another", "/report/victim[10]/screenName"),
                new("place", "machineville/XX//PH", "/automatedInformation/geo[1]"), new("email", "analyst@example.org", "/ncmecInformation/note[1]"),
                new("phone", "+12025550100", "/lawEnforcementContact/phone"), new("email", "printed@example.org", "/C/line[3]")],
        };
        (house.Intake.Reports[report.Id], house.Intake.Texts[report.Id]) = (report, "narrative withheld quorvelle");
        house.Intake.SealedFiles[report.Id] = new SealedFileGist("ab".PadRight(64, '0'), 4_711, "image/jpeg");
        await house.DeliverAsync([report]);
        var analyst = await house.AnalystAsync();
        var id = await PackAsync(house, analyst, NexusWay.Referred, report);
        var text = await ContentAsync(house, analyst, id);
        foreach (var goes in (string[])[report.Number, Reason, "Portugal", "203.0.113.7", "machineville/XX//PH", "example:of-another", "ab".PadRight(64, '0'), "4711", report.Provider]) text.ShouldContain(goes);
        foreach (var stays in (string[])["Quillon", "Ostrava", "Bertil", "Ennsfeld", "9990123", "victims-own", "analyst@example.org", "5550100", "printed@example.org", "quorvelle"])
            text.ShouldNotContain(stays);
        using var document = JsonDocument.Parse(text);
        document.RootElement.GetProperty("exercise").GetBoolean().ShouldBe(house.House.Services.GetRequiredService<HouseOptions>().Exercise);

        var sha256 = (await ShowAsync(house, analyst, id)).Sha256;
        (await HandOverAsync(house, analyst, id, sha256, " ")).ShouldBeRefused("no-basis");
        (await HandOverAsync(house, analyst, id, sha256, "Agreement of 2020")).IsDone.ShouldBeTrue();
        (await ShowAsync(house, analyst, id)).Basis.ShouldBe("Agreement of 2020");

        // With its report goes what the package says; that it left, and its hash, stay.
        var use = house.House.Services.GetRequiredService<IReportUse>();
        Task<int> LeftAsync() => house.House.WithDbAsync(async db =>
            (await use.FindLeftAsync(db, [report.Id], default)).Single(finding => finding.Place == "nexus_packages: content").Found);
        (await LeftAsync()).ShouldBe(1);
        await house.PurgeAsync(report);
        (await LeftAsync()).ShouldBe(0);
        var after = await ShowAsync(house, analyst, id);
        (after.HasContent, after.Sha256, after.State, after.Reports.Single().State).ShouldBe((false, sha256, NexusPackageState.HandedOver, PackedState.Purged));
        (await house.House.DoAsync<DownloadPackage.Request, DownloadPackage.Page>(analyst, new(id))).IsDone.ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task What_is_taken_back_or_changed_does_not_leave_until_the_package_is_drawn_anew(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var (first, second) = (Abroad(house), Abroad(house));
        await house.DeliverAsync([first, second]);
        var analyst = await house.AnalystAsync();
        var id = await PackAsync(house, analyst, NexusWay.Returned, first, second);
        var before = await ShowAsync(house, analyst, id);
        await DoneAsync<ReopenReport.Request, ReopenReport.Receipt>(house, analyst, new(first.Id));
        (await HandOverAsync(house, analyst, id, before.Sha256)).ShouldBeRefused("package-stale");
        // Decided on again it goes with its own package, and is not of this one.
        var other = await PackAsync(house, analyst, NexusWay.Referred, first);
        (await ShowAsync(house, analyst, id)).Reports.Select(report => (report.Number, report.State)).ShouldBe(
            [(first.Number, PackedState.TakenBack), (second.Number, PackedState.Stands)], ignoreOrder: true);

        await DoneAsync<RedrawPackage.Request, HandOverPackage.Receipt>(house, analyst, new(id));
        var after = await ShowAsync(house, analyst, id);
        (after.Drawn, after.IsStale, after.Reports.Single().Number).ShouldBe((2, false, second.Number));
        after.Sha256.ShouldNotBe(before.Sha256);
        (await ContentAsync(house, analyst, id)).ShouldSatisfyAllConditions(text => text.ShouldNotContain(first.Number), text => text.ShouldContain(Reason));
        (await HandOverAsync(house, analyst, id, before.Sha256)).ShouldBeRefused("package-changed");

        await house.House.WithDbAsync(db => db.Set<QueueItem>().Where(item => item.Id == second.Id).ExecuteUpdateAsync(set => set.SetProperty(item => item.Version, 2)));
        house.Intake.Reports[second.Id] = second with { Version = 2 };
        (await HandOverAsync(house, analyst, id, after.Sha256)).ShouldBeRefused("package-stale");
        await DoneAsync<RedrawPackage.Request, HandOverPackage.Receipt>(house, analyst, new(id));
        (await ShowAsync(house, analyst, id)).IsStale.ShouldBeFalse();

        await DoneAsync<ReopenReport.Request, ReopenReport.Receipt>(house, analyst, new(second.Id));
        await DoneAsync<RedrawPackage.Request, HandOverPackage.Receipt>(house, analyst, new(id));
        var withdrawn = await ShowAsync(house, analyst, id);
        (withdrawn.State, withdrawn.HasContent, withdrawn.Reports.Count).ShouldBe((NexusPackageState.Withdrawn, false, 0));
        (await ShowAsync(house, analyst, other)).IsStale.ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task What_another_reads_again_leaves_after_the_second_word(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var pressing = Abroad(house, escalated: true);
        await house.DeliverAsync([pressing]);
        var (analyst, reader) = (await house.AnalystAsync(), await house.AnalystAsync("Elsewhere", "MOFBI0200"));
        var id = await PackAsync(house, analyst, NexusWay.Returned, pressing);
        var page = await ShowAsync(house, analyst, id);
        page.Readings.ShouldBe(1);
        (await HandOverAsync(house, analyst, id, page.Sha256)).ShouldBeRefused("second-reading");
        var reading = (await DoneAsync<ListSecond.Request, ListSecond.Page>(house, reader, new())).Readings.Single();
        await DoneAsync<ReadDismissal.Request, ReadDismissal.Receipt>(house, reader, new(reading.Id, Uphold: true, "narrative withheld"));
        (await HandOverAsync(house, analyst, id, page.Sha256)).IsDone.ShouldBeTrue();
    }
}
