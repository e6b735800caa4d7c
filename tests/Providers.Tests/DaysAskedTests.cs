using System.Net;

namespace Homeward.Providers.Tests;

/// <summary>Pages that take a day from their address. They are here because this house has the whole site.</summary>
public sealed class DaysAskedTests
{
    [Fact]
    public async Task A_page_that_is_asked_for_no_date_says_so_and_does_not_show_everything()
    {
        await using var house = await LineHouse.OpenAsync();
        using var http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = house.Address };
        (await http.PostAsync("/demo/sign-in", new FormUrlEncodedContent([new("role", "national")]))).EnsureSuccessStatusCode();
        var told = new List<string>();
        foreach (var path in (string[])["/intake?day=2026-02-30", "/operations?day=2026-02-30", "/release/tally?asOf=2026-02-30"])
        {
            using var answer = await http.GetAsync(path);
            told.Add($"{path} {(int)answer.StatusCode} {(await answer.Content.ReadAsStringAsync()).Contains("is no date", StringComparison.Ordinal)}");
        }
        told.ShouldBe(["/intake?day=2026-02-30 400 True", "/operations?day=2026-02-30 400 True", "/release/tally?asOf=2026-02-30 400 True"]);
    }
}
