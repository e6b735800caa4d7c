using System.Net;
using Homeward.Foundations.Access;

namespace Homeward.Access.Tests;

/// <summary>What somebody typed comes back with the refusal, however long it is.</summary>
public sealed class NoteFormTests(WebHouse house) : IClassFixture<WebHouse>
{
    /// <summary>A page with a form: its token serves every form.</summary>
    private const string Page = "/intake/receive";

    [Theory]
    [InlineData('x', (1 << 20) + 1, "one letter more than a note holds", "A note holds 1,048,576 letters, and this has 1,048,577.")]
    [InlineData('é', 1 << 20, "as a form sends it, more than 4 MiB", "This is larger than a request may be (4 MiB).")]
    public async Task A_note_that_is_too_long_is_refused_in_plain_words_and_no_letter_is_lost(char letter, int letters, string why, string says)
    {
        var analyst = await house.PersonAsync(Role.Analyst, null, null, null);
        var text = new string(letter, letters);
        var (status, _, body) = await house.SendAsync(analyst, Page, "/review/notes", token => new FormUrlEncodedContent(
            new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["report"] = "0190f3c2a5d07e3f8a4b000000000001", ["base"] = "0", ["text"] = text }));
        status.ShouldBe(HttpStatusCode.BadRequest, why);
        var shown = WebUtility.HtmlDecode(body);
        shown.Contains(says, StringComparison.Ordinal).ShouldBeTrue(shown[..Math.Min(shown.Length, 2_000)]);
        shown.Contains($">{text}</textarea>", StringComparison.Ordinal).ShouldBeTrue("the text came back");
    }
}
