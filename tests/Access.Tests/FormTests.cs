using System.Net;
using System.Text.RegularExpressions;
using Homeward.Foundations.Access;

namespace Homeward.Access.Tests;

/// <summary>A form as a person knows it: it comes back as itself, is taken once, and no word of it is shown to others or lost with a session.</summary>
public sealed class FormTests(WebHouse house) : IClassFixture<WebHouse>
{
    private const string Hotline = "/intake/hotline";
    private const string Providers = "/intake/providers";

    private static FormUrlEncodedContent Form(string token, params (string Name, string Value)[] fields) =>
        new(fields.Prepend(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));

    [Fact]
    public async Task A_refused_form_comes_back_with_its_own_labels_choices_ticks_and_hints_and_the_reason_has_the_focus()
    {
        var analyst = await house.PersonAsync(Role.Analyst, null, null, null);
        var (status, _, body) = await house.SendAsync(analyst, Hotline + "?number=HW-1", Hotline, token => Form(token,
            ("claim", "\nnarrative <withheld> & \"kept\""), ("child.given", "Aiko"), ("child.born", "banana"), ("child.age", "x"), ("child.sex", "M"), ("imminent", "true")));
        var shown = WebUtility.HtmlDecode(body);
        status.ShouldBe(HttpStatusCode.BadRequest);
        foreach (var part in new[]
        {
            "<label for=\"given\">Given name</label>", "<option value=\"M\" selected=\"\">male</option>", "role=\"alert\" tabindex=\"-1\" autofocus", "<title>Not stored: Hotline",
            "id=\"born-hint\">2004, 2004-05 or 2004-05-17, as far as it is known", "aria-invalid=\"true\" aria-describedby=\"born-fault born-hint\"", "aria-invalid=\"true\" aria-describedby=\"age-fault\"",
            "name=\"__page\" value=\"/intake/hotline?number=HW-1\"",
        })
            shown.ShouldContain(part);
        body.ShouldContain(">\n&#xA;narrative &lt;withheld&gt; &amp; &quot;kept&quot;</textarea>");
        Regex.Matches(shown, "<input [^>]*checked[^>]*>").Select(match => match.Value).ShouldHaveSingleItem().ShouldContain("name=\"imminent\"");
        shown.ShouldNotContain("request-unreadable");
    }

    [Fact]
    public async Task What_a_browser_would_have_cut_is_refused_beside_its_field_and_every_letter_of_it_comes_back()
    {
        var analyst = await house.PersonAsync(Role.Analyst, null, null, null);
        var claim = new string('x', 9_000);
        var (status, _, body) = await house.SendAsync(analyst, Hotline, Hotline, token => Form(token, ("claim", claim)));
        (status, body.Contains($"\n{claim}</textarea>", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.BadRequest, true));
        body.ShouldContain("id=\"claim-fault\">Claim has more than 8,000 characters.</p>");
        (await house.ReadAsync(analyst, Hotline, "text/html")).Body.ShouldNotMatch("<textarea[^>]*maxlength");
    }

    /// <summary>Here no provider may send, so that its page has no such form: the form comes alone. On its page: <c>DashboardTests</c>.</summary>
    [Fact]
    public async Task A_refused_password_is_not_sent_back_and_a_name_is_refused_in_plain_words()
    {
        var administrator = await house.PersonAsync(Role.Administrator, null, null, null);
        var (status, _, body) = await house.SendAsync(administrator, "/people/users", Providers, token => Form(token, ("company", "Example Platform"), ("name", "bad name!"), ("password", "a password of many letters")));
        var shown = WebUtility.HtmlDecode(body);
        (status, shown.Contains("a password of many letters", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.BadRequest, false));
        shown.ShouldContain("Name has 2 to 64 letters (a to z), digits, points, hyphens and underscores, and begins with a letter or a digit.");
        shown.ShouldContain("enter it once more");
        shown.ShouldNotContain("regular expression");
        Regex.Matches(shown, "<input [^>]*name=\"password\"[^>]*>").Select(match => match.Value).ShouldHaveSingleItem().ShouldMatch("type=\"password\"");
        shown.ShouldMatch("name=\"company\"[^>]*value=\"Example Platform\"");
    }

    [Fact]
    public async Task An_address_that_asks_for_no_day_is_told_so_in_plain_words()
    {
        var analyst = await house.PersonAsync(Role.Analyst, null, null, null);
        var (status, body) = await house.ReadAsync(analyst, "/intake?day=banana", "text/html");
        (status, WebUtility.HtmlDecode(body).Contains("\"day\" is no day; write it as 2019-07-12.", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.BadRequest, true), body);
    }

    [Fact]
    public async Task A_form_that_is_pressed_twice_is_taken_once_and_the_second_press_gets_the_first_s_receipt()
    {
        var analyst = await house.PersonAsync(Role.Analyst, null, null, null);
        var twice = await house.SendTwiceAsync(analyst, Hotline, Hotline, token => Form(token, ("claim", "narrative withheld")));
        twice.Select(one => one.Status).ShouldAllBe(status => status == HttpStatusCode.Redirect);
        twice[1].Location.ShouldBe(twice[0].Location);
        // The same words from a page that was opened anew are another call.
        (await house.SendAsync(analyst, Hotline, Hotline, token => Form(token, ("claim", "narrative withheld")))).Location.ShouldNotBe(twice[0].Location);
        // Two forms of one page are two.
        var both = await house.SendTwiceAsync(analyst, Hotline, Hotline, token => Form(token, ("claim", "narrative withheld, " + Guid.CreateVersion7())));
        both[1].Location.ShouldNotBe(both[0].Location);
    }

    [Theory]
    [InlineData(null, "/intake/retention?on=tip", "/sign-in?ended=form&next=%2Fintake%2Fretention%3Fon%3Dtip")]
    [InlineData("/intake/hotline", "/intake/holds", "/sign-in?ended=form&next=%2Fintake%2Fhotline")]
    [InlineData("//elsewhere.example/", null, "/sign-in?ended=form")]
    [InlineData("/\\elsewhere.example/", null, "/sign-in?ended=form")]
    [InlineData("https://elsewhere.example/", "https://elsewhere.example/", "/sign-in?ended=form")]
    public async Task Without_a_session_a_form_leads_to_the_sign_in_which_says_so_and_back_to_its_page_and_never_elsewhere(string? said, string? from, string expected)
    {
        var form = said is null ? Form("", ("claim", "narrative withheld")) : Form("", ("claim", "narrative withheld"), ("__page", said));
        var referer = from is null ? [] : new[] { ("Referer", from[0] == '/' ? house.App.Urls.First() + from : from) };
        using var answer = await house.SayAsync(null, Hotline, form, referer);
        answer.Headers.Location!.OriginalString.ShouldBe(expected);
        WebUtility.HtmlDecode((await house.ReadAsync(null, expected, "text/html")).Body).ShouldContain("Your session has ended. What you sent last was not stored.");
    }

    [Theory]
    [InlineData("/intake/hotline", "/intake/hotline"), InlineData("//elsewhere.example", "/"), InlineData("/\\elsewhere.example", "/"), InlineData("/\t/elsewhere.example", "/"), InlineData("https://elsewhere.example", "/")]
    public async Task Signing_in_leads_to_a_page_of_this_house_alone(string next, string expected)
    {
        using var answer = await house.SayAsync(null, "/demo/sign-in", new FormUrlEncodedContent([new("role", "analyst"), new("next", next)]), ("Accept", "text/html"));
        answer.Headers.Location!.OriginalString.ShouldBe(expected);
    }

    [Fact]
    public async Task A_hold_that_is_placed_or_lifted_is_led_to_and_says_so()
    {
        var (analyst, counsel) = (await house.PersonAsync(Role.Analyst, null, null, null), await house.PersonAsync(Role.Counsel, null, null, null));
        var tip = await house.SendAsync(analyst, Hotline, Hotline, token => Form(token, ("claim", "narrative withheld")));
        var number = Regex.Match(tip.Location!.OriginalString, "number=([^&]+)").Groups[1].Value;
        var (_, placed, _) = await house.SendAsync(counsel, "/intake/retention", "/intake/holds", token => Form(token, ("on", "tip"), ("number", number), ("reason", "reason withheld")));
        var hold = Regex.Match(placed!.OriginalString, "^/intake/retention\\?done=([0-9a-f]{32})#hold-\\1$").Groups[1].Value;
        (await house.ReadAsync(counsel, placed.OriginalString, "text/html")).Body.ShouldMatch($"<article class=\"panel\" id=\"hold-{hold}\" tabindex=\"-1\">\\s*<h3>Tip or agency referral {number}</h3>\\s*<p role=\"status\"><strong>The hold is placed");
        var (_, lifted, _) = await house.SendAsync(counsel, "/intake/retention", $"/intake/holds/{hold}/lift", token => Form(token, ("reason", "reason withheld")));
        (await house.ReadAsync(counsel, lifted!.OriginalString, "text/html")).Body.ShouldContain("The hold is lifted: what it kept goes by its rules again.");
        // What is wrong with its number is told beside it.
        var (_, _, body) = await house.SendAsync(counsel, "/intake/retention", "/intake/holds", token => Form(token, ("on", "receipt"), ("number", "none"), ("reason", "reason withheld")));
        body.ShouldMatch("id=\"number-fault\">There is no receipt of this id.</p>");
        body.ShouldMatch("<option value=\"receipt\" selected=\"\">");
    }
}
