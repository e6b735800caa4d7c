using System.Net;
using System.Text.RegularExpressions;
using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Exchange.CyberTips.Json;
using Homeward.Foundations.Access;
using Homeward.Intake;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Access.Tests;

/// <summary>What outsiders wrote turns nothing on a page: marks are written out, and a name has a direction of its own.</summary>
public sealed partial class OutsideTextTests(WebHouse house) : IClassFixture<WebHouse>
{
    private const string Turned = "\u202Egpj.exe", Arabic = "محمد";

    [Fact]
    public async Task No_page_shows_a_mark_that_turns_its_letters_and_names_stand_apart_from_what_is_beside_them()
    {
        await using var scope = house.App.Services.CreateAsyncScope();
        var desk = scope.ServiceProvider.GetRequiredService<Desk>();
        var report = new CyberTipReport
        {
            Form = ReportForm.AgencyJson, Number = "100200300", ProviderName = $"Example {Turned}", Platform = Turned, IncidentType = $"Type {Turned}",
            ReceivedAt = new DateTimeOffset(2019, 7, 1, 11, 0, 0, TimeSpan.Zero), Ncmec = new NcmecMarks(NcmecDisposition.Referral, 2, Turned, Stated.No),
            Persons = [new TipPerson { Role = TipRole.Victim, Given = Turned, Family = Arabic, ScreenName = Turned, Age = 15, Addresses = [new TipAddress(City: Turned, State: "MO", Country: "US")] }],
            Files = [new TipFile(Turned)],
        };
        var bytes = CyberTipJsonWriter.Write(report);
        var supervisor = await house.PersonAsync(Role.Supervisor, null, null, null);
        const string receive = "/intake/receive";
        var dropped = await house.SendAsync(supervisor, receive, receive, token => new MultipartFormDataContent
        {
            { new StringContent(token), "__RequestVerificationToken" }, { new ByteArrayContent(bytes), "files", "100200300.json" }, { new ByteArrayContent("no report"u8.ToArray()), "files", "broken.json" },
        });
        dropped.Status.ShouldBe(HttpStatusCode.Redirect);
        var entry = $$"""{"received":"2019-07-01T10:00:00Z","status":"entered","nic":"M300000001","category":"EMJ","names":[{"given":"{{Arabic}}","family":"{{Turned}}","kind":"name"}],"ageText":"{{Turned}}","marks":["{{Turned}}"],"lastSeen":{"city":"{{Turned}}","state":"MO"},"vehicles":[{"plate":"AB1234","model":"{{Turned}}"}]}""";
        var entries = (await desk.DoAsync<ReceiveEntries.Request, ReceiveEntries.Receipt>(Actor.House, new([new RawLine($"missing/{Turned}.jsonl", entry, 1)]), CancellationToken.None)).Value;
        var tip = $$"""{"received":"2019-07-01T11:00:00Z","number":"H-77","imminent":false,"caller":"anonymous","child":{"given":"{{Arabic}}","family":"{{Turned}}","age":15},"place":{"city":"{{Turned}}","state":"MO"},"claim":"narrative withheld {{Turned}}"}""";
        await desk.DoAsync<ReceiveTips.Request, BatchReceipt>(Actor.House, new([new RawLine($"tips/{Turned}.jsonl", tip, 1)]), CancellationToken.None);

        var (_, tips) = await house.ReadAsync(supervisor, "/intake/tips", "text/html");
        WebUtility.HtmlDecode(tips).ShouldContain($"<bdi>{Arabic} ‹U+202E›gpj.exe</bdi>, 15 years");
        var tipPage = Address().Matches(tips).Select(match => match.Value).Distinct().Single();
        var (_, receipt) = await house.ReadAsync(supervisor, dropped.Location!.ToString(), "text/html");
        var reportPage = Report().Match(receipt).Value;
        foreach (var page in new[]
        {
            "/intake?day=2019-07-01", "/intake/missing", "/intake/tips", "/intake/receive", "/intake/rejects", $"/intake/missing/{entries.Entries.Single()}", tipPage, tipPage + "/narrative",
            reportPage, reportPage + "/narrative", dropped.Location.ToString(), "/review", $"/review/tips/{tipPage.Split('/')[^1]}",
        })
        {
            var (status, body) = await house.ReadAsync(supervisor, page, "text/html");
            status.ShouldBe(HttpStatusCode.OK, $"{page}: {house.LastFault}");
            WebUtility.HtmlDecode(body).Contains('\u202E').ShouldBeFalse(page);
        }
    }

    [GeneratedRegex("/intake/tips/[0-9a-f]{32}")]
    private static partial Regex Address();

    [GeneratedRegex("/intake/reports/[0-9a-f]{32}")]
    private static partial Regex Report();
}
