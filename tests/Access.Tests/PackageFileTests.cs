using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Homeward.Foundations.Access;
using Homeward.Foundations.Work;
using Homeward.Intake;
using Homeward.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Access.Tests;

/// <summary>A package of a report of no nexus on the web: returned with the JSON of a program, taken away as a file, handed over with the page's form.</summary>
public sealed class PackageFileTests(WebHouse house) : IClassFixture<WebHouse>
{
    private const string Report = """
        {"reportId":"100200300","reportedInformation":{"reportingEsp":{"espName":"Example Platform"},"incidentSummary":{"incidentType":"Unsolicited Obscene Material Sent to a Child"},
        "reportedPeople":{"reportedPersons":[{"screenName":{"value":"sample-user"},"estimatedLocation":{"city":"Exampleville","countryCode":"PT"}}]}}}
        """;

    [Fact]
    public async Task What_is_taken_out_is_the_file_of_the_pages_hash_and_the_form_records_that_it_left()
    {
        var analyst = await house.PersonAsync(Role.Analyst, null, null, null);
        const string receive = "/intake/receive";
        (await house.SendAsync(analyst, receive, receive, token => new MultipartFormDataContent
        {
            { new StringContent(token), "__RequestVerificationToken" }, { new ByteArrayContent(Encoding.UTF8.GetBytes(Report)), "files", "100200300.json" },
        })).Status.ShouldBe(HttpStatusCode.Redirect);
        await house.App.Services.GetRequiredService<Courier>().DeliverDueAsync(CancellationToken.None);
        using var queue = JsonDocument.Parse((await house.ReadAsync(analyst, "/api/review?nexus=noneProposed", "application/json")).Body);
        var report = queue.RootElement.GetProperty("rows")[0].GetProperty("id").GetString()!;
        var desk = house.App.Services.GetRequiredService<Desk>();
        var returned = await desk.DoAsync<Review.ReturnReports.Request, Review.ReturnReports.Receipt>(
            analyst, new([ReportId.From(Guid.Parse(report))], Review.NexusWay.Returned, "reason withheld"), CancellationToken.None);
        var page = $"/review/packages/{returned.Value.Package}";

        var (status, content) = await house.ReadAsync(analyst, $"/api{page}/content", "application/json");
        status.ShouldBe(HttpStatusCode.OK);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
        (await house.ReadAsync(analyst, page, "text/html")).Body.ShouldContain(sha256);
        JsonDocument.Parse(content).RootElement.GetProperty("reports")[0].GetProperty("number").GetString().ShouldBe("100200300");
        // Who leads the nation reads the page and takes nothing out.
        var national = await house.PersonAsync(Role.National, null, null, null);
        (await house.ReadAsync(national, page, "text/html")).ShouldSatisfyAllConditions(
            seen => seen.Status.ShouldBe(HttpStatusCode.OK), seen => seen.Body.ShouldNotContain("/content"), seen => seen.Body.ShouldNotContain("/hand-over\""));
        (await house.ReadAsync(national, $"/api{page}/content", "application/json")).Status.ShouldBe(HttpStatusCode.Forbidden);

        (await house.SendAsync(analyst, page, $"{page}/hand-over", token => new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = token, ["sha256"] = sha256, ["channel"] = "CaseManagementTool",
        }))).Status.ShouldBe(HttpStatusCode.Redirect);
        (await house.ReadAsync(analyst, page, "text/html")).Body.ShouldContain("Handed over, no receipt yet");
    }
}
