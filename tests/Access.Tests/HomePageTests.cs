using System.Net;
using Homeward.Foundations.Access;
using Homeward.Intake;
using Homeward.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Access.Tests;

/// <summary>What waits for a person stands under the heading that is true of it.</summary>
public sealed class HomePageTests(WebHouse house) : IClassFixture<WebHouse>
{
    private const string Tip = """{"received":"2019-07-01T11:59:00Z","number":"H-1","imminent":true,"caller":"anonymous","child":null,"place":null,"claim":"narrative withheld"}""";

    [Fact]
    public async Task What_is_critical_is_called_overdue_only_once_its_clock_has_run_out()
    {
        await using var scope = house.App.Services.CreateAsyncScope();
        var taken = await scope.ServiceProvider.GetRequiredService<Desk>().DoAsync<ReceiveTips.Request, BatchReceipt>(
            Actor.House, new([new RawLine("tips/hotline.jsonl", Tip, 1)]), CancellationToken.None);
        taken.Value.New.ShouldBe(1);
        var supervisor = await house.PersonAsync(Role.Supervisor, null, null, null);

        var (seen, before) = await house.ReadAsync(supervisor, "/", "text/html");
        seen.ShouldBe(HttpStatusCode.OK, house.LastFault);
        before.ShouldContain("tip H-1");
        (before.Contains("A child may be in danger", StringComparison.Ordinal), before.Contains("overdue", StringComparison.OrdinalIgnoreCase)).ShouldBe((true, false));

        house.App.Services.GetRequiredService<HouseClock>().DriveTo(new DateTimeOffset(2019, 7, 1, 18, 0, 0, TimeSpan.Zero));
        var (_, after) = await house.ReadAsync(supervisor, "/", "text/html");
        after.ShouldContain("One clock has run out.");
        after.ShouldContain("Critically overdue <span class=\"number\">1</span>");
        after.ShouldNotContain("A child may be in danger");

        // However many wait, all of them are counted, and those without a row of their own lead to their list.
        taken = await scope.ServiceProvider.GetRequiredService<Desk>().DoAsync<ReceiveTips.Request, BatchReceipt>(
            Actor.House, new([.. Enumerable.Range(2, 1_200).Select(index => new RawLine("tips/more.jsonl", Tip.Replace("H-1", $"H-{index}", StringComparison.Ordinal), index))]), CancellationToken.None);
        taken.Value.New.ShouldBe(1_200);
        house.App.Services.GetRequiredService<HouseClock>().DriveTo(new DateTimeOffset(2019, 7, 1, 19, 0, 0, TimeSpan.Zero));
        var (_, many) = await house.ReadAsync(supervisor, "/", "text/html");
        many.ShouldContain("1,201 clocks have run out.");
        many.ShouldContain("Critically overdue <span class=\"number\">1,201</span>");
        many.ShouldContain("1,196 more: Unreviewed: a caller claims imminent danger");
        many.ShouldMatch(@"tip H-[2-9]\d*<");
        var link = many[many.IndexOf("/duties?", StringComparison.Ordinal)..];
        var (_, list) = await house.ReadAsync(supervisor, WebUtility.HtmlDecode(link[..link.IndexOf('"', StringComparison.Ordinal)]), "text/html");
        list.ShouldContain("21 to 120 of 1,201");
        list.ShouldMatch(@"tip H-\d{2,}<");
    }
}
