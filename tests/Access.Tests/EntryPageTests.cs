using System.Net;
using System.Text.RegularExpressions;
using Homeward.Foundations.Access;
using Homeward.Intake;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Access.Tests;

/// <summary>The page of a missing child's entry shows all that the entry states, whether or not its record lacks something.</summary>
public sealed partial class EntryPageTests(WebHouse house) : IClassFixture<WebHouse>
{
    [Theory]
    [InlineData("M300000001", "entered", "\"born\":\"2007-04\",\"sex\":\"F\",\"race\":\"W\",\"hair\":\"BRO\",\"eyes\":\"ODD\",\"indicators\":[\"repeated-runs\"],\"ageText\":\"about 15\",\"photoTaken\":\"2019-03\",\"dental\":true,\"medical\":false,\"lastSeen\":{\"countyFips\":\"29095\"}",
        "Sex Female (F)|Race White (W)|Hair Brown (BRO)|Eyes ODD|Category Juvenile (EMJ)|Indicators ran away repeatedly|Born 2007-04|Age, as the entry says it about 15|Newest photograph at the agency taken 2019-03|Dental records at the agency yes|Medical records at the agency no|Last contact Jackson County MO (29095), time not known")]
    [InlineData("M300000002", "cleared", "\"ageText\":\"about 15\",\"dental\":true",
        "Born not known|Age, as the entry says it about 15|Newest photograph at the agency not stated|Dental records at the agency yes|Medical records at the agency not stated|Last contact place not known, time not known")]
    public async Task Whatever_an_entry_states_stands_on_its_page(string nic, string status, string states, string facts)
    {
        var line = $"{{\"received\":\"2019-07-01T10:00:00Z\",\"status\":\"{status}\",\"nic\":\"{nic}\",\"category\":\"EMJ\",{states}}}";
        await using var scope = house.App.Services.CreateAsyncScope();
        var receipt = (await scope.ServiceProvider.GetRequiredService<Desk>().DoAsync<ReceiveEntries.Request, ReceiveEntries.Receipt>(
            Actor.House, new([new RawLine("missing/entries.jsonl", line, 1)]), CancellationToken.None)).Value;
        var (seen, body) = await house.ReadAsync(await house.PersonAsync(Role.National, null, null, null), $"/intake/missing/{receipt.Entries.Single()}", "text/html");
        seen.ShouldBe(HttpStatusCode.OK, house.LastFault);
        var words = Blanks().Replace(WebUtility.HtmlDecode(Tags().Replace(body, " ")), " ").Replace(" ,", ",", StringComparison.Ordinal);
        foreach (var fact in facts.Split('|')) words.ShouldContain(fact);
    }

    [Fact]
    public async Task The_list_says_when_something_was_due_as_the_entry_s_page_does()
    {
        await using var scope = house.App.Services.CreateAsyncScope();
        var line = "{\"received\":\"2019-05-01T10:00:00Z\",\"status\":\"entered\",\"nic\":\"M300000009\",\"category\":\"EMJ\",\"born\":\"2007-04\",\"lastSeen\":{\"countyFips\":\"29095\"}}";
        await scope.ServiceProvider.GetRequiredService<Desk>().DoAsync<ReceiveEntries.Request, ReceiveEntries.Receipt>(Actor.House, new([new RawLine("missing/entries.jsonl", line, 1)]), CancellationToken.None);
        var (_, body) = await house.ReadAsync(await house.PersonAsync(Role.Officer, "KC", "KC-01", null), "/intake/missing?q=M300000009", "text/html");
        Blanks().Replace(WebUtility.HtmlDecode(Tags().Replace(body, " ")), " ").ShouldMatch(@"was due May 31, 2019, 05:00 CDT \(10:00 UTC\)");
    }

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
