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
    }
}
