using System.Net;
using System.Reflection;
using Homeward.Foundations.Access;
using Homeward.Foundations.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;

namespace Homeward.Access.Tests;

/// <summary>An address that somebody mistyped is answered by what is wrong with it and how to mend it, on every page.</summary>
public sealed class MistypedAddressTests(WebHouse house) : IClassFixture<WebHouse>
{
    private const string AnyId = "0190f3c2a5d07e3f8a4b000000000001";

    private async Task<(HttpStatusCode Status, string Body)> LookAsync(string path, string accept = "text/html")
    {
        var (status, body) = await house.ReadAsync(await house.PersonAsync(Role.National, null, null, null), path, accept);
        return (status, WebUtility.HtmlDecode(body));
    }

    /// <summary>Every page's parameters that are no texts, with a value that none of them has.</summary>
    [Fact]
    public async Task A_value_that_a_page_cannot_read_is_told_by_its_name_on_every_page()
    {
        var asked = from cell in Matrix.Cells(house.Endpoints).Where(cell => cell.Method == "GET")
                    let page = house.Endpoints.FirstOrDefault(one => "/" + one.RoutePattern.RawText?.TrimStart('/') == cell.Pattern && one.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
                    where page is not null
                    from property in page.Metadata.GetMetadata<ComponentTypeMetadata>()!.Type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                    where property.GetCustomAttribute<SupplyParameterFromQueryAttribute>() is not null
                        && (property.GetCustomAttribute<ReadsAttribute>() is not null || (property.PropertyType != typeof(string) && property.PropertyType != typeof(string[])))
                    select (cell, NameOf(property));
        var pages = asked.ToList();
        pages.Count.ShouldBeGreaterThan(40);
        foreach (var (cell, name) in pages)
        {
            var role = Roles.SignIn.First(role => AuthorizationTable.Shipped.Allows(role, cell.Action));
            var (status, body) = await house.ReadAsync(await house.PersonAsync(role, "KC", "KC-01", "MO0010000"), $"{cell.Path}?{name}=x1", "text/html");
            var shown = WebUtility.HtmlDecode(body);
            (status, shown.Contains($"{name}=x1\"", StringComparison.OrdinalIgnoreCase), shown.Contains("This address could not be read", StringComparison.Ordinal))
                .ShouldBe((HttpStatusCode.BadRequest, true, true), $"{cell.Pattern} {name}: {house.LastFault}");
        }
    }

    /// <summary>Names of parameters that are words as they are: no other may come as text without saying as what it is read.</summary>
    private static readonly string[] _words =
    [
        "about", "action", "after", "before", "born", "by", "city", "ended", "entry", "find", "from", "incidentType", "initiative", "left", "name", "next", "number", "office", "on", "package",
        "placeState", "q", "reports[]", "rule", "subject", "tip", "to", "unit", "version", "way",
        // Told by their pages, which know the day's form.
        "asOf", "day",
    ];

    [Fact]
    public void What_comes_as_text_is_words_or_says_as_what_it_is_read()
    {
        var texts = from page in house.Endpoints.Select(one => one.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type).OfType<Type>().Distinct()
                    from property in page.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                    where property.GetCustomAttribute<SupplyParameterFromQueryAttribute>() is not null && property.GetCustomAttribute<ReadsAttribute>() is null
                        && (property.PropertyType == typeof(string) || property.PropertyType == typeof(string[])) && !_words.Contains(NameOf(property))
                    select $"{page.FullName}.{property.Name}";
        texts.ShouldBe(["Homeward.Review.Pages.SearchPage.State"], "a state of the nation is words; anything else reads as something");
    }

    private static string NameOf(PropertyInfo property) =>
        property.GetCustomAttribute<SupplyParameterFromQueryAttribute>()!.Name ?? char.ToLowerInvariant(property.Name[0]) + property.Name[1..];

    [Theory]
    [InlineData("/intake/missing?state=bogus", "The address says \"state=bogus\", and \"bogus\" is none of entered, modified, located, cleared.")]
    [InlineData("/intake/missing?state=bogus", "Write one of them after \"state=\", or leave \"state\" out.")]
    [InlineData("/intake/missing?state=1", "\"1\" is none of entered, modified, located, cleared.")]
    [InlineData("/duties?subject=bogus", "\"bogus\" is no id. Write the id's 32 digits and letters after \"subject=\", or leave \"subject\" out.")]
    [InlineData("/review?riskMin=high", "\"high\" is no number. Write a number, such as 0.5, after \"riskMin=\"")]
    [InlineData("/intake/missing?from=abc", "The address says \"from=abc\", and \"abc\" is no whole number, or too large a one. Write a number, such as 50, after \"from=\", or leave \"from\" out.")]
    [InlineData("/intake/missing?atRisk=maybe", "The address says \"atRisk=maybe\", and \"maybe\" is neither true nor false. Write true or false after \"atRisk=\", or leave \"atRisk\" out.")]
    [InlineData("/intake/tips?from=99999999999", "\"99999999999\" is no whole number, or too large a one.")]
    [InlineData("/intake/rejects?from=", "Write a number, such as 50, after \"from=\"")]
    [InlineData("/intake/missing?from=-1", "\"from\" is less than 0. Correct it in the address, or leave it out.")]
    [InlineData("/intake/missing?office=TOOLONG", "\"office\" has more than 4 characters. Correct it in the address, or leave it out.")]
    public async Task A_mistyped_address_says_what_is_wrong_and_how_to_mend_it(string address, string says)
    {
        var (status, shown) = await LookAsync(address);
        status.ShouldBe(HttpStatusCode.BadRequest, house.LastFault);
        shown.ShouldContain(says);
        shown.ShouldContain("<h1>This address could not be read</h1>");
        foreach (var jargon in new[] { "Not found", "   at ", "Exception", "array type", "nothing was stored" }) shown.ShouldNotContain(jargon);
    }

    [Fact]
    public async Task Words_that_are_too_long_are_told_and_what_can_be_read_is_shown()
    {
        (await LookAsync($"/intake/missing?q={new string('x', 101)}")).Body.ShouldContain("\"q\" has more than 100 characters.");
        foreach (var path in new[] { "/intake/missing?from=0&atRisk=TRUE&office=KC&q=a&state=&gaps=", "/intake/missing?state=CLEARED", "/people/proposals?at=", "/intake/missing?nothing=x" })
            (await LookAsync(path)).Status.ShouldBe(HttpStatusCode.OK, path);
        (await LookAsync($"/intake/missing/{AnyId}")).Body.ShouldContain("<h1>Not found</h1>");
    }

    [Fact]
    public async Task A_program_and_who_may_not_look_get_their_own_answer()
    {
        var (status, body) = await LookAsync("/intake/missing?from=abc", "application/json");
        (status, body.Contains("\\\"abc\\\" is no whole number", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.BadRequest, true), body);
        var closed = Roles.SignIn.First(role => !AuthorizationTable.Shipped.Allows(role, "intake.missing"));
        (await house.AskAsync(await house.PersonAsync(closed, null, null, null), "GET", "/intake/missing?from=abc")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await house.AskAsync(null, "GET", "/intake/missing?from=abc")).Status.ShouldBe(HttpStatusCode.Redirect);
    }
}
