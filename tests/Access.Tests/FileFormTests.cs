using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Homeward.Foundations.Access;

namespace Homeward.Access.Tests;

/// <summary>The form that takes files: who it is from is known before a byte of a file is read.</summary>
public sealed class FileFormTests(WebHouse house) : IClassFixture<WebHouse>
{
    private const string At = "/intake/receive";
    private const string Report = """{"reportId":"100200300","reportedInformation":{"reportingEsp":{"espName":"Example Platform"}}}""";

    private string[] Blobs => Directory.Exists(house.BlobFolder) ? Directory.GetFiles(house.BlobFolder) : [];

    private static MultipartFormDataContent Form(string token, bool tokenFirst = true)
    {
        var form = new MultipartFormDataContent("frontier");
        if (tokenFirst) form.Add(new StringContent(token), "__RequestVerificationToken");
        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(Report)), "files", "100200300.json");
        form.Add(new ByteArrayContent(new byte[200_000]), "files", "a.bin");
        if (!tokenFirst) form.Add(new StringContent(token), "__RequestVerificationToken");
        return form;
    }

    [Fact]
    public async Task A_form_with_its_token_leads_to_its_receipt_and_one_without_leaves_nothing()
    {
        var analyst = await house.PersonAsync(Role.Analyst, null, null, null);
        (await house.SendAsync(analyst, null, At, token => Form(token))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await house.SendAsync(analyst, At, At, token => Form(token + "x"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await house.SendAsync(analyst, At, At, token => Form(token, tokenFirst: false))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await house.SendAsync(analyst, At, At, token => CutOff(Form(token)))).Status.ShouldBe(HttpStatusCode.BadRequest);
        Blobs.ShouldBeEmpty();

        var (status, receipt, _) = await house.SendAsync(analyst, At, At, token => Form(token));
        status.ShouldBe(HttpStatusCode.Redirect);
        receipt!.OriginalString.ShouldStartWith(At + "/");
        Blobs.Length.ShouldBe(2);
        var (shown, body) = await house.ReadAsync(analyst, receipt.OriginalString, "text/html");
        (shown, body.Contains("Report 100200300", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.OK, true));
        (await house.ReadAsync(analyst, "/intake/receive/0190f3c2a5d07e3f8a4b000000000001", "text/html")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_browser_without_scripts_is_shown_the_page_again_with_why_and_a_script_is_told_in_its_own_form()
    {
        var analyst = await house.PersonAsync(Role.Analyst, null, null, null);
        foreach (var (token, says) in new[] { ("x", "This form is no longer valid."), ("", "No file was chosen.") })
        {
            var (status, _, body) = await house.SendAsync(analyst, At, At, given => token.Length > 0 ? Form(given + token) : new MultipartFormDataContent("frontier") { { new StringContent(given), "__RequestVerificationToken" } }, "text/html");
            (status, body.Contains(says, StringComparison.Ordinal), body.Contains("data-upload", StringComparison.Ordinal), body.Contains("data-refused", StringComparison.Ordinal))
                .ShouldBe((HttpStatusCode.BadRequest, true, true, true), body);
        }
        (await house.SendAsync(analyst, At, At, token => Form(token + "x"), "application/json")).Body.ShouldStartWith("{\"type\":\"homeward:form-stale\"");
        (await house.SendAsync(await house.PersonAsync(Role.Administrator, null, null, null), null, At, token => Form(token), "text/html")).Body.ShouldContain("Not for your role");
    }

    [Fact]
    public async Task After_the_session_has_ended_the_sign_in_says_that_the_files_were_not_received()
    {
        using var answer = await house.SayAsync(null, At, Form(""));
        answer.Headers.Location!.OriginalString.ShouldBe("/sign-in?ended=files&next=%2Fintake%2Freceive");
        WebUtility.HtmlDecode((await house.ReadAsync(null, answer.Headers.Location.OriginalString, "text/html")).Body).ShouldContain("The files were not received: once you are signed in, choose them again.");
    }

    /// <summary>The same form, without its last part and boundary.</summary>
    private static ByteArrayContent CutOff(MultipartFormDataContent form)
    {
        using var whole = form.ReadAsStream();
        var bytes = new byte[whole.Length - 50_000];
        whole.ReadExactly(bytes);
        var cut = new ByteArrayContent(bytes);
        cut.Headers.ContentType = MediaTypeHeaderValue.Parse(form.Headers.ContentType!.ToString());
        return cut;
    }
}
