using Homeward.Exchange.CyberTips;

namespace Homeward.Exchange.Tests.CyberTips;

public sealed class NormalFormsTests
{
    [Theory]
    [InlineData("(816) 555-0100", null, "+18165550100")]
    [InlineData("1-816-555-0100", null, "+18165550100")]
    [InlineData("+1 816.555.0100", null, "+18165550100")]
    [InlineData("8165550100", "+1", "+18165550100")]
    [InlineData("+44 20 7946 0000", null, "+442079460000")]
    [InlineData("2079460000", "+44", "+442079460000")]
    [InlineData("0165550100", null, null)]
    [InlineData("12", null, null)]
    [InlineData("unknown", null, null)]
    [InlineData("0014155552671", null, "+14155552671")]
    [InlineData("00 44 20 7946 0000", null, "+442079460000")]
    [InlineData("0044 20 7946 0000", "+44", "+442079460000")]
    [InlineData("011 44 20 7946 0000", null, "+442079460000")]
    [InlineData("+52 1 55 1234 5678", null, "+525512345678")]
    [InlineData("1 55 1234 5678", "+52", "+525512345678")]
    [InlineData("+52 55 1234 5678", null, "+525512345678")]
    [InlineData("816/555-0100", null, "+18165550100")]
    [InlineData("816-555-0100 x12", null, "+18165550100")]
    public void Phone_becomes_e164(string raw, string? code, string? expected) => NormalForms.Phone(raw, code).ShouldBe(expected);

    /// <summary>A number that is made up of what is there would join people of every area.</summary>
    [Theory]
    [InlineData("555-0177", null)]
    [InlineData("555-0177", "+1")]
    [InlineData("555-2671 ext. 5", null)]
    [InlineData("+1 555 0177", null)]
    [InlineData("1-555-0177", null)]
    [InlineData("001 555 0177", null)]
    [InlineData("55 501 77", null)]
    [InlineData("816 155-0100", null)]
    [InlineData("816 055-0100", null)]
    [InlineData("116 555-0100", null)]
    [InlineData("816 155-0100 x12", null)]
    [InlineData("0065550100", null)]
    [InlineData("001 016 555 0100", null)]
    [InlineData("816 555-010", null)]
    [InlineData("816 555-01000", null)]
    [InlineData("+1 816 555-01000", null)]
    [InlineData("7946 0000", "+44")]
    public void A_number_that_nobody_can_dial_from_elsewhere_has_no_form(string raw, string? code) => NormalForms.Phones(raw, code).ShouldBeEmpty();

    [Theory]
    [InlineData("816-555-0100", null, "+18165550100")]
    [InlineData("8165550100 / 8165550101", null, "+18165550100 +18165550101")]
    [InlineData("8165550100;8165550101", null, "+18165550100 +18165550101")]
    [InlineData("+44 20 7946 0000, 816/555-0101", null, "+442079460000 +18165550101")]
    [InlineData("2079460000|2079460001", "+44", "+442079460000 +442079460001")]
    [InlineData("8165550100; 8165550100", null, "+18165550100")]
    [InlineData("unknown, 8165550100", null, "+18165550100")]
    [InlineData("816-555-0100/0101", null, "+18165550100")]
    [InlineData("816-555-0100,,123", null, "+18165550100")]
    [InlineData("555-2671/816", null, "")]
    [InlineData("555-0177; 555-0178", null, "")]
    public void Each_number_of_a_field_is_drawn(string raw, string? code, string expected) => string.Join(' ', NormalForms.Phones(raw, code)).ShouldBe(expected);

    [Theory]
    [InlineData(" A.B@Example.COM ", "a.b@example.com")]
    [InlineData("@example.com", null)]
    [InlineData("a@", null)]
    [InlineData("a@b@c", null)]
    public void Email_becomes_lower_case(string raw, string? expected) => NormalForms.Email(raw).ShouldBe(expected);

    [Theory]
    [InlineData("192.0.2.10", "192.0.2.10")]
    [InlineData("::ffff:192.0.2.10", "192.0.2.10")]
    [InlineData("2001:DB8:0:0::1", "2001:db8::1")]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("::", "::")]
    [InlineData("fe80::1%eth0.5", "fe80::1")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    [InlineData("[::ffff:192.0.2.10]:443", "192.0.2.10")]
    [InlineData("1", null)]
    [InlineData("localhost", null)]
    [InlineData("192.0.2.010", null)]
    [InlineData("010.0.0.1", null)]
    [InlineData("00.0.0.1", null)]
    [InlineData("192.0.2.256", null)]
    [InlineData("192.0.2.0x1", null)]
    [InlineData("0x7f.1", null)]
    [InlineData("1.2.3", null)]
    [InlineData("1.2.3.4.5", null)]
    [InlineData("1.2.3.", null)]
    [InlineData("3221226000", null)]
    [InlineData("::ffff:192.0.2.010", null)]
    [InlineData("[::ffff:192.0.2.010]:443", null)]
    [InlineData("64:ff9b::010.0.0.1", null)]
    public void Ip_becomes_its_shortest_form(string raw, string? expected) => NormalForms.Ip(raw).ShouldBe(expected);

    [Theory]
    [InlineData("HTTPS://Example.com/Item/1/#top", "example.com/Item/1")]
    [InlineData("example.com", "example.com")]
    [InlineData("http://", null)]
    [InlineData("https:///", null)]
    public void Url_loses_scheme_fragment_and_closing_slash(string raw, string? expected) => NormalForms.Url(raw).ShouldBe(expected);

    /// <summary>RFC 3986, 6.2.2 and 6.2.3.</summary>
    [Theory]
    [InlineData("https://example.net:443/p/alpha", "example.net/p/alpha")]
    [InlineData("http://example.net:80/p/alpha", "example.net/p/alpha")]
    [InlineData("http://example.net:/p/alpha", "example.net/p/alpha")]
    [InlineData("http://[2001:DB8::1]:80/p", "[2001:db8::1]/p")]
    [InlineData("https://example.net:8443/p/alpha", "example.net:8443/p/alpha")]
    [InlineData("https://example.net./p/alpha", "example.net/p/alpha")]
    [InlineData("https://example.net/p/%61lpha", "example.net/p/alpha")]
    [InlineData("https://%65xample.net/p/%7ealpha", "example.net/p/~alpha")]
    [InlineData("https://example.net/p%2falpha?q=%c3%a9", "example.net/p%2Falpha?q=%C3%A9")]
    [InlineData("https://example.net/100%", "example.net/100%")]
    [InlineData("https://example.net/%6", "example.net/%6")]
    [InlineData("https://example.net/x/../p/./alpha/.", "example.net/p/alpha")]
    [InlineData("https://example.net/../../p/x/%2E%2E/alpha", "example.net/p/alpha")]
    [InlineData("https://example.net/p/..alpha/...", "example.net/p/..alpha/...")]
    [InlineData("https://example.net/..", "example.net")]
    [InlineData("https://example.net?q=1", "example.net?q=1")]
    [InlineData("https://example.net/?q=1", "example.net?q=1")]
    [InlineData("https://example.net/p/?q=/../", "example.net/p?q=/../")]
    [InlineData("https://www.example.net/p", "www.example.net/p")]
    [InlineData("https://example.net/P/Alpha", "example.net/P/Alpha")]
    [InlineData("example.net/go?to=https://other.example/x", "example.net/go?to=https://other.example/x")]
    public void Urls_that_are_the_same_by_rule_have_one_form(string raw, string expected)
    {
        NormalForms.Url(raw).ShouldBe(expected);
        NormalForms.Url(expected).ShouldBe(expected);
    }

    [Theory]
    [InlineData("https://example.net/p?utm_source=a&id=7&UTM_medium=b&fbclid=x", "example.net/p?id=7")]
    [InlineData("https://example.net/p?gclid=x#top", "example.net/p")]
    [InlineData("https://example.net/p?id=7&id=8", "example.net/p?id=7&id=8")]
    [InlineData("https://example.net/p?utmost=1&gclids=2", "example.net/p?utmost=1&gclids=2")]
    public void What_only_follows_the_visitor_is_not_compared(string raw, string expected) => NormalForms.Url(raw).ShouldBe(expected);

    /// <summary>Of what the page itself reads behind the mark, each is another folder or person.</summary>
    [Theory]
    [InlineData("https://example.net/#!AbC!KeY", "example.net#!AbC!KeY")]
    [InlineData("https://example.net/#F!AbC", "example.net#F!AbC")]
    [InlineData("https://example.net/#/user/%37/", "example.net#/user/7")]
    [InlineData("https://example.net/k/#@name", "example.net/k#@name")]
    [InlineData("https://example.net/p#/", "example.net/p")]
    [InlineData("https://example.net/p#part-2", "example.net/p")]
    public void A_fragment_that_is_a_way_of_its_own_is_kept(string raw, string expected)
    {
        NormalForms.Url(raw).ShouldBe(expected);
        NormalForms.Url(expected).ShouldBe(expected);
    }

    [Fact]
    public void Same_screen_name_on_two_services_is_two_accounts() =>
        NormalForms.ScreenName("@Name", "One").ShouldNotBe(NormalForms.ScreenName("name", "Two"));
}
