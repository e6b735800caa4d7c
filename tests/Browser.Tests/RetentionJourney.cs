using System.Text.Json;
using Microsoft.Playwright;

namespace Homeward.Browser.Tests;

/// <summary>A proposed purge from the home page to its end, by forms as people send them: the house proposes, one approves, another says no.</summary>
[Collection(nameof(Site))]
public sealed class RetentionJourney(Site site)
{
    [Fact]
    public async Task What_the_house_proposes_is_found_at_home_approved_by_one_and_dropped_by_another_and_a_hold_is_placed_and_lifted()
    {
        var (supervisor, complaints) = await site.SignedInAsync("supervisor");
        var queue = JsonDocument.Parse(await (await supervisor.APIRequest.GetAsync("/api/review?state=decided")).TextAsync());
        var number = queue.RootElement.GetProperty("rows")[0].GetProperty("number").GetString()!;
        await OpenAsync(supervisor);
        await supervisor.GetByLabel("Its number").FillAsync(number);
        await supervisor.GetByLabel("Reason", new() { Exact = true }).FillAsync("Reason withheld.");
        await SendAsync(supervisor, "Place the hold");
        (await supervisor.Locator("article:focus > [role=status]").InnerTextAsync()).ShouldBe("The hold is placed: no purge passes it.");
        await supervisor.GetByText($"Lift the hold on {number}").PressAsync("Enter");
        await supervisor.GetByLabel("Why it is no longer needed").FillAsync("Reason withheld.");
        await SendAsync(supervisor, "Lift it");
        (await supervisor.Locator("dt", new() { HasText = "Lifted" }).CountAsync()).ShouldBe(1);

        await SendAsync(supervisor, "Approve this purge");
        (await supervisor.GetByText("You stand for it already").CountAsync()).ShouldBe(1);
        await supervisor.GotoAsync("/");
        (await supervisor.GetByText("Look at a proposed purge").CountAsync()).ShouldBe(0);

        var (counsel, others) = await site.SignedInAsync("counsel");
        await OpenAsync(counsel);
        await counsel.GetByText("Drop this purge").PressAsync("Enter");
        await counsel.GetByLabel("Why it is not to be carried out").FillAsync("Reason withheld.");
        await SendAsync(counsel, "Drop it");
        (await counsel.GetByText("dropped: nothing was removed").CountAsync()).ShouldBe(1);
        complaints.Concat(others).ShouldBeEmpty();
        await supervisor.Context.CloseAsync();
        await counsel.Context.CloseAsync();
    }

    private static async Task OpenAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Look at a proposed purge" }).PressAsync("Enter");
        await page.WaitForURLAsync("**/intake/retention");
    }

    private static async Task SendAsync(IPage page, string button)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = button }).PressAsync("Enter");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        (await page.Locator("h1").InnerTextAsync()).ShouldBe("Retention");
    }
}
