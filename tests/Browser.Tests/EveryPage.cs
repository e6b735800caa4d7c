namespace Homeward.Browser.Tests;

/// <summary>Every page that a role reaches by links, asked the same of each.</summary>
/// <remarks>All walks begin with the first row and go side by side; a row waits for its own and tells its own faults.</remarks>
[Collection(nameof(Site))]
public sealed class EveryPage(Site site, Walks walks) : IClassFixture<Walks>
{
    public static TheoryData<string> RolesThatWork => [.. Walks.Roles];

    [Theory]
    [MemberData(nameof(RolesThatWork))]
    public async Task Is_accessible_fits_a_phone_and_offers_nothing_that_the_role_may_not_open(string role) =>
        (await walks.OfAsync(site, role)).ShouldBeEmpty();

    [Fact]
    public async Task The_check_finds_a_planted_fault()
    {
        var page = await (await site.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 } })).NewPageAsync();
        await page.SetContentAsync("""
            <html lang=en><title></title><main><h1>x</h1><h1>y</h1><img src='data:,'><p style='width: 400px' id=p>wide</p><p id=p></p></main></html>
            """);
        var faults = await new PageCheck([]).LookAsync(page);
        faults.ShouldContain(fault => fault.StartsWith("image-alt", StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.Contains("h1", StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.Contains("EXERCISE", StringComparison.Ordinal));
        faults.ShouldContain(fault => fault == "it has no title");
        faults.ShouldContain("ids stand twice: p");
        faults.ShouldContain(fault => fault.Contains("sideways", StringComparison.Ordinal));
        await page.Context.CloseAsync();
    }
}
