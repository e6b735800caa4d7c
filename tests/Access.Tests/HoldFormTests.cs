using System.Net;
using Homeward.Foundations.Access;

namespace Homeward.Access.Tests;

/// <summary>What has no number leads to the form that holds it, with its id filled in.</summary>
public sealed class HoldFormTests(WebHouse house) : IClassFixture<WebHouse>
{
    private const string Id = "0190f3c2a5d07e3f8a4b000000000001";

    [Theory]
    [InlineData("reject"), InlineData("receipt"), InlineData("alert")]
    public async Task A_link_fills_the_form_in_and_the_form_holds_such_a_record(string on)
    {
        var counsel = await house.PersonAsync(Role.Counsel, null, null, null);
        var (status, body) = await house.ReadAsync(counsel, $"/intake/retention?on={on}&number={Id}", "text/html");
        status.ShouldBe(HttpStatusCode.OK);
        body.ShouldContain($"<option value=\"{on}\" selected");
        body.ShouldContain($"value=\"{Id}\"");
        // It is taken for what it is, and there is none.
        (status, body) = await house.ReadAsync(counsel, "/intake/holds", "application/json", $$"""{"on":"{{on}}","number":"{{Id}}","reason":"an order"}""");
        (status, body.Contains("nothing-to-hold", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.BadRequest, true));
    }
}
