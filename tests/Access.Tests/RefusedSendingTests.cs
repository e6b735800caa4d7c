using System.Net;
using System.Net.Mime;
using System.Text;
using Homeward.Foundations.Access;

namespace Homeward.Access.Tests;

/// <summary>What is sent and cannot be taken is refused as what it is, and what was typed comes back.</summary>
public sealed class RefusedSendingTests(WebHouse house) : IClassFixture<WebHouse>
{
    private const string Hotline = "/intake/hotline";

    private static FormUrlEncodedContent Form(string token, params (string Name, string Value)[] fields) =>
        new(fields.Prepend(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));

    [Fact]
    public async Task A_form_whose_token_is_of_another_time_comes_back_with_what_was_typed_and_a_token_that_holds()
    {
        var analyst = await house.PersonAsync(Role.Analyst, null, null, null);
        var (status, _, body) = await house.SendAsync(analyst, null, Hotline, _ => Form("of another time", ("claim", "narrative withheld, twice")));
        (status, body.Contains("narrative withheld, twice", StringComparison.Ordinal), body.Contains("no longer valid", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.BadRequest, true, true));
        body.ShouldContain("name=\"__RequestVerificationToken\"");
    }

    [Fact]
    public async Task Every_field_that_cannot_be_read_is_told_in_the_form_that_comes_back()
    {
        var analyst = await house.PersonAsync(Role.Analyst, null, null, null);
        var (status, _, body) = await house.SendAsync(analyst, Hotline, Hotline, token => Form(token, ("claim", "narrative withheld"), ("child.born", "sometime"), ("child.age", "abc")));
        status.ShouldBe(HttpStatusCode.BadRequest);
        var shown = WebUtility.HtmlDecode(body);
        shown.ShouldMatch("<a data-fault=\"child.born\" href=\"/intake/hotline#born\">Born: \"sometime\" is no date; write 2004, 2004-05 or 2004-05-17, as far as it is known.</a>");
        shown.ShouldMatch("<a data-fault=\"child.age\" href=\"/intake/hotline#age\">Age: \"abc\" is no whole number.</a>");
    }

    [Fact]
    public async Task What_cannot_be_so_of_a_child_or_a_place_is_told_beside_its_field_and_all_that_was_typed_is_kept()
    {
        var analyst = await house.PersonAsync(Role.Analyst, null, null, null);
        var (status, _, body) = await house.SendAsync(analyst, Hotline, Hotline, token => Form(token,
            ("claim", "narrative withheld"), ("child.given", "Aiko"), ("child.born", "2035"), ("child.age", "3"), ("where.state", "Nebrska"), ("where.zip", "abc")));
        status.ShouldBe(HttpStatusCode.BadRequest);
        var shown = WebUtility.HtmlDecode(body);
        foreach (var (field, value, says) in new[]
        {
            ("child.born", "2035", "The birth date lies in the future."), ("where.state", "Nebrska", "The state is no state or territory: its two letters, NE, or its name, Nebraska."),
            ("where.zip", "abc", "The ZIP is no ZIP: five digits, 68102, or nine, 68102-1234."),
        })
        {
            shown.ShouldMatch($"<p class=\"hint fault\" id=\"([a-z-]+-fault)\">{System.Text.RegularExpressions.Regex.Escape(says)}</p><input [^>]*name=\"{field}\"[^>]* aria-invalid=\"true\" aria-describedby=\"\\1[^>]* value=\"{value}\"");
        }
        shown.ShouldMatch("name=\"child.given\"[^>]* value=\"Aiko\"");
        shown.ShouldMatch(">\\s*narrative withheld</textarea>");
        foreach (var (born, age, expected) in new[] { ("2010", "9", HttpStatusCode.Redirect), ("2010", "11", HttpStatusCode.Redirect), ("2010", "12", HttpStatusCode.BadRequest), ("2010-01", "4", HttpStatusCode.BadRequest) })
            (await house.SendAsync(analyst, Hotline, Hotline, token => Form(token, ("claim", "narrative withheld"), ("child.born", born), ("child.age", age), ("where.state", "nebraska"), ("where.zip", "68102-1234")))).Status.ShouldBe(expected, $"{born} {age}");
    }

    /// <summary>PostgreSQL keeps no U+0000 in a text, and SQLite ends the text there.</summary>
    [Theory]
    [InlineData("/intake/missing?q=%00"), InlineData("/intake/tips?q=a%00b"), InlineData("/search?q=%00"), InlineData("/review/search?q=%00"), InlineData("/review?find=%00")]
    public async Task A_character_that_no_text_has_is_refused_by_its_name(string look)
    {
        var national = await house.PersonAsync(Role.National, null, null, null);
        var (status, body) = await house.ReadAsync(national, look, MediaTypeNames.Text.Html);
        (status, WebUtility.HtmlDecode(body).Contains("U+0000", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.BadRequest, true), house.LastFault);
    }

    [Fact]
    public async Task A_call_is_JSON_and_a_page_of_another_site_can_send_none()
    {
        var analyst = await house.PersonAsync(Role.Analyst, null, null, null);
        foreach (var (type, expected) in new[] { ("text/plain", HttpStatusCode.UnsupportedMediaType), ("application/json", HttpStatusCode.OK) })
            (await house.SendAsync(analyst, null, Hotline, _ => new StringContent("""{"claim":"narrative withheld","imminent":false,"callerNamed":false}""", Encoding.UTF8, type))).Status.ShouldBe(expected);
    }

    [Fact]
    public async Task A_page_of_another_site_can_send_no_call_without_a_body_either()
    {
        var (administrator, analyst) = (await house.PersonAsync(Role.Administrator, null, null, null), await house.PersonAsync(Role.Analyst, null, null, null));
        foreach (var (site, expected) in new[] { ("same-site", HttpStatusCode.Forbidden), ("cross-site", HttpStatusCode.Forbidden), ("same-origin", HttpStatusCode.NoContent) })
        {
            using var answer = await house.SayAsync(administrator, $"/people/users/{analyst.Id}/end", null, ("Sec-Fetch-Site", site));
            answer.StatusCode.ShouldBe(expected, site);
        }
    }

    [Fact]
    public async Task Behind_a_proxy_of_this_machine_that_speaks_TLS_the_session_s_cookie_stays_on_TLS()
    {
        foreach (var scheme in new[] { "https", "http" })
        {
            using var answer = await house.SayAsync(null, "/demo/sign-in", new FormUrlEncodedContent([new("role", "analyst")]), ("X-Forwarded-Proto", scheme), ("X-Forwarded-For", "203.0.113.9"));
            answer.Headers.GetValues("Set-Cookie").Any(cookie => cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase)).ShouldBe(scheme == "https");
        }
    }

    [Fact]
    public async Task What_was_sent_to_nowhere_is_told_so_and_not_that_the_method_is_wrong()
    {
        var analyst = await house.PersonAsync(Role.Analyst, null, null, null);
        var (status, _, body) = await house.SendAsync(analyst, null, "/nowhere", _ => Form(""));
        (status, body.Contains("<h1", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.NotFound, true), body);
    }
}
