using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Schema;
using Homeward.Intake;
using Homeward.Intake.Model;
using Homeward.Intake.Providers;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Providers.Tests;

/// <summary>The calls of the reporting line, as its documentation tells them.</summary>
public sealed class ProtocolTests
{
    public static TheoryData<DatabaseKind> Databases => LineHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_report_with_two_files_goes_all_the_way_and_stands_in_the_house_once(DatabaseKind kind)
    {
        await using var house = await LineHouse.OpenAsync(kind);
        var provider = house.As();
        var opened = (await provider.XmlAsync("submit", Sample.Report())).ShouldSucceed();
        (opened.Root, opened.Description).ShouldBe(("reportResponse", "Success"));
        long.Parse(opened.ReportId!, CultureInfo.InvariantCulture).ShouldBeInRange(1, int.MaxValue);
        (await house.WithDbAsync(db => db.Set<ReportVersion>().CountAsync())).ShouldBe(0, "nothing is reported until finish");

        var bytes = "neutral bytes"u8.ToArray();
        var first = (await provider.UploadAsync(opened.ReportId!, bytes)).ShouldSucceed();
        (first.ReportId, first.Hash).ShouldBe((opened.ReportId, "2b3fc1ea6bb04a5ea5bf2bdd217e1937"));
        first.FileId!.ShouldMatch("^[0-9a-f]{32}$");
        var second = (await provider.UploadAsync(opened.ReportId!, [])).ShouldSucceed();
        second.Hash.ShouldBe("d41d8cd98f00b204e9800998ecf8427e");
        var described = (await provider.XmlAsync("fileinfo", Sample.File(opened.ReportId!, first.FileId!,
            $"<originalFileName>sample.txt</originalFileName><fileViewedByEsp>false</fileViewedByEsp><publiclyAvailable>true</publiclyAvailable><fileRelevance>Reported</fileRelevance><originalFileHash hashType=\"SHA256\">{Convert.ToHexStringLower(SHA256.HashData(bytes))}</originalFileHash><ipCaptureEvent><ipAddress>192.0.2.77</ipAddress></ipCaptureEvent><additionalInfo>narrative withheld</additionalInfo>"))).ShouldSucceed();
        (described.Root, described.ReportId).ShouldBe(("reportResponse", opened.ReportId));

        var done = (await provider.FinishAsync(opened.ReportId!)).ShouldSucceed();
        (done.Root, done.Description, done.ReportId).ShouldBe(("reportDoneResponse", null, opened.ReportId));
        done.Files.Order().ShouldBe(new[] { first.FileId!, second.FileId! }.Order());
        Validate(done.Body);

        var report = await house.WithDbAsync(db => db.Set<ReportVersion>().SingleAsync());
        (report.Number, report.Version, report.Provider).ShouldBe((opened.ReportId!, 1, "Example Provider (exercise)"));
        report.SubmittedAt.ShouldBe(LineHouse.Noon);
        report.Parts.Files.Select(row => (row.FileId, row.ViewedByProvider, row.PubliclyAvailable)).Order().ShouldBe(new[]
        {
            (first.FileId, Exchange.Stated.No, Exchange.Stated.Yes), (second.FileId, Exchange.Stated.NotStated, Exchange.Stated.NotStated),
        }.Order());
        (await house.WithDbAsync(db => db.Set<SealedFileRow>().CountAsync(row => row.ReportId == report.Id))).ShouldBe(2);
        (await house.WithDbAsync(db => db.Set<ReportIdentifierRow>().AnyAsync(row => row.ReportId == report.Id && row.Look == Look.Of("ip", "192.0.2.77")))).ShouldBeTrue("what is said of a file is searched like the rest");
        var submission = await house.WithDbAsync(db => db.Set<Submission>().SingleAsync());
        Encoding.UTF8.GetString(submission.Receipt!).ShouldBe(done.Body, "the receipt is kept byte for byte");
        (submission.ReceiptRequestId, submission.Remote, submission.ReportId).ShouldBe((done.RequestId, "127.0.0.1", report.Id));
        await house.TurnAsync();
        (await house.WithDbAsync(db => db.Database.SqlQuery<int>($"SELECT count(*) AS \"Value\" FROM queue_items").SingleAsync())).ShouldBe(1, "Review has it");
    }

    [Fact]
    public async Task Status_names_user_and_address_and_no_report()
    {
        await using var house = await LineHouse.OpenAsync();
        var status = (await house.As().GetAsync("status")).ShouldSucceed();
        (status.Root, status.Description, status.ReportId).ShouldBe(("reportResponse", "Remote User : test-esp, Remote Ip : 127.0.0.1", null));
        status.Body.ShouldStartWith("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>");
    }

    [Fact]
    public async Task The_schema_is_given_and_judges_the_documents_of_the_documentation()
    {
        await using var house = await LineHouse.OpenAsync();
        using var response = await house.As().SendAsync(HttpMethod.Get, "xsd");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.Contains("Request-ID").ShouldBeTrue();
        using var text = XmlReader.Create(await response.Content.ReadAsStreamAsync());
        var schema = XmlSchema.Read(text, null)!;
        schema.Items.OfType<XmlSchemaElement>().Select(element => element.Name).ShouldBe(["report", "fileDetails", "reportResponse", "reportDoneResponse"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Basic dGVzdC1lc3A6d3Jvbmc=")]       // wrong password
    [InlineData("Basic bm9ib2R5OnRlc3QtcGFzcw==")]   // no such account
    [InlineData("Basic %%%")]
    [InlineData("Basic dGVzdC1lc3A=")]               // no colon
    [InlineData("Bearer dGVzdC1lc3A6dGVzdC1wYXNz")]
    public async Task Every_call_needs_credentials_and_the_refusal_can_be_read(string? header)
    {
        await using var house = await LineHouse.OpenAsync();
        using var http = new HttpClient { BaseAddress = house.Address };
        foreach (var (method, call) in new[] { ("GET", "status"), ("GET", "xsd"), ("POST", "submit"), ("POST", "upload"), ("POST", "fileinfo"), ("POST", "finish"), ("POST", "retract"), ("GET", "nowhere") })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), $"/ispws/{call}");
            if (header is not null) request.Headers.TryAddWithoutValidation("Authorization", header);
            using var response = await http.SendAsync(request);
            (await Reply.ReadAsync(response)).ShouldBe(2000, HttpStatusCode.Unauthorized);
            response.Headers.WwwAuthenticate.ToString().ShouldBe("Basic realm=\"ESP Web Services\"");
        }
    }

    [Theory]
    [InlineData("basic dGVzdC1lc3A6dGVzdC1wYXNz")]
    [InlineData("BASIC   dGVzdC1lc3A6dGVzdC1wYXNz")]
    public async Task The_scheme_of_the_credentials_may_be_written_as_one_likes(string header)
    {
        await using var house = await LineHouse.OpenAsync();
        using var http = new HttpClient { BaseAddress = house.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ispws/status");
        request.Headers.TryAddWithoutValidation("Authorization", header);
        using var response = await http.SendAsync(request);
        (await Reply.ReadAsync(response)).ShouldSucceed();
    }

    [Fact]
    public async Task What_is_not_there_and_what_takes_another_method_is_said_in_xml()
    {
        await using var house = await LineHouse.OpenAsync();
        var provider = house.As();
        (await provider.GetAsync("nowhere")).ShouldBe(1210, HttpStatusCode.NotFound);
        (await provider.GetAsync("")).ShouldBe(1210, HttpStatusCode.NotFound);
        (await provider.GetAsync("unknown")).ShouldBe(1210, HttpStatusCode.NotFound);
        (await provider.PostAsync("unknown", new FormUrlEncodedContent([new("id", "1")]))).ShouldBe(1210, HttpStatusCode.NotFound);
        (await provider.GetAsync("submit/again")).ShouldBe(1210, HttpStatusCode.NotFound);
        (await provider.GetAsync("submit")).ShouldBe(4000, HttpStatusCode.MethodNotAllowed);
        (await provider.PostAsync("status", null)).ShouldBe(4000, HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task Each_answer_has_a_request_id_of_its_own()
    {
        await using var house = await LineHouse.OpenAsync();
        var ids = new HashSet<string>();
        for (var index = 0; index < 20; index++) ids.Add((await house.As().GetAsync(index % 2 == 0 ? "status" : "nowhere")).RequestId);
        ids.Count.ShouldBe(20);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Finish_and_retract_take_both_encodings(DatabaseKind kind)
    {
        await using var house = await LineHouse.OpenAsync(kind);
        var provider = house.As();
        foreach (var call in new[] { "finish", "retract" })
        {
            HttpContent[] forms =
            [
                new FormUrlEncodedContent([new("id", await provider.OpenAsync())]),
                new MultipartFormDataContent { { new StringContent(await provider.OpenAsync()), "id" } },   // its part has a Content-Type of its own
                new FormUrlEncodedContent([new("ID", "1"), new("id", await provider.OpenAsync()), new("x", "")]),
                new MultipartFormDataContent { { new StringContent("x"), "other" }, { new ByteArrayContent(Encoding.UTF8.GetBytes(await provider.OpenAsync())), "\"id\"" } },
            ];
            foreach (var form in forms) (await provider.PostAsync(call, form)).ShouldSucceed().Root.ShouldBe(call == "finish" ? "reportDoneResponse" : "reportResponse");
        }
    }

    [Theory]
    [InlineData("finish"), InlineData("retract")]
    public async Task The_id_is_read_as_clients_write_it(string call)
    {
        await using var house = await LineHouse.OpenAsync();
        var provider = house.As();
        // Node's Blob gives every part a file name; a boundary may hold signs that its grammar would have in quotes.
        string[] dispositions =
        [
            "form-data; name=\"id\"; filename=\"blob\"", "form-data; name=id", "form-data; filename=\"a; name=file\"; name=\"id\"", "form-data;name = \"id\"", "FORM-DATA; NAME=\"id\"",
        ];
        foreach (var boundary in new[] { "frontier", "\"fron tier\"", "a=b:c/d?e", "----=_Part_0_1.2" })
        {
            foreach (var disposition in dispositions)
            {
                var line = boundary.Trim('"');
                var form = $"--{line}\r\nContent-Disposition: {disposition}\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n{await provider.OpenAsync()}\r\n--{line}--\r\n";
                (await provider.BytesAsync(call, Encoding.UTF8.GetBytes(form), $"multipart/form-data; boundary={boundary}")).ShouldSucceed();
            }
        }
    }

    [Theory]
    [InlineData("form-data; filename=\"a; name=id\"; name=\"file\"", "a; name=id"), InlineData("form-data; name=file; filename=a.bin", "a.bin"), InlineData("form-data; name=\"file\"", null)]
    [InlineData("form-data; name=\"file\"; filename=\"a \"b\" c.bin\"", "a \"b\" c.bin"), InlineData("form-data; filename=\"C:\\a=b;c\\d.bin\"; name=\"file\"", "C:\\a=b;c\\d.bin"), InlineData("form-data; fresh; name=\"file\"; filename=\"", "")]
    [InlineData("form-data; name=file; filename=\"=?utf-8?B?4oKsLnR4dA==?=\"; filename*=utf-8''%E2%82%AC%20+.txt", "€ +.txt")]
    [InlineData("form-data; name=file; filename*=iso-8859-1'en'%A3.txt", "£.txt")]
    [InlineData("form-data; name=file; filename*=no-such''x; filename=b.txt", "b.txt")]
    [InlineData("form-data; name=file; filename*=plain.txt; filename=\"c.txt\"", "c.txt")]
    public void A_part_is_known_by_its_name_and_not_by_what_its_file_is_called(string disposition, string? fileName) =>
        LineForms.Disposition(disposition).ShouldBe(("file", fileName));

    [Theory]
    [InlineData("a=b:c/d?e"), InlineData("frontier"), InlineData("\"fron tier\"")]
    public async Task A_file_is_read_between_boundaries_as_clients_write_them(string boundary)
    {
        await using var house = await LineHouse.OpenAsync();
        var (number, line) = (await house.As().OpenAsync(), boundary.Trim('"'));
        var form = $"--{line}\r\nContent-Disposition: form-data; filename=\"a; name=id\"; name=\"file\"\r\n\r\nneutral bytes\r\n--{line}\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n{number}\r\n--{line}--\r\n";
        (await house.As().BytesAsync("upload", Encoding.UTF8.GetBytes(form), $"multipart/form-data; boundary={boundary}")).ShouldSucceed().Hash.ShouldBe("2b3fc1ea6bb04a5ea5bf2bdd217e1937");
    }

    [Theory]
    [InlineData("form-data; name=\"file\";\r\n filename=\"a.bin\""), InlineData("form-data; name=\"file\";\r\n\tfilename=\"C:\\a.bin\"")]
    public async Task A_part_s_header_over_several_lines_is_refused_and_the_answer_says_how_to_write_it(string disposition)
    {
        await using var house = await LineHouse.OpenAsync();
        var number = await house.As().OpenAsync();
        var form = $"--frontier\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n{number}\r\n--frontier\r\nContent-Disposition: {disposition}\r\n\r\nneutral bytes\r\n--frontier--\r\n";
        var answer = await house.As().BytesAsync("upload", Encoding.UTF8.GetBytes(form), "multipart/form-data; boundary=frontier");
        answer.ShouldBe(4200, HttpStatusCode.BadRequest);
        (answer.Description ?? "").ShouldContain("on one line");
    }

    [Theory]
    [InlineData("utf-7"), InlineData("no-such-charset"), InlineData("\"utf-7\"")]
    public async Task A_form_in_a_charset_that_nobody_reads_is_no_request(string charset)
    {
        await using var house = await LineHouse.OpenAsync();
        var provider = house.As();
        foreach (var call in new[] { "finish", "retract" })
        {
            var number = await provider.OpenAsync();
            (await provider.BytesAsync(call, Encoding.UTF8.GetBytes($"id={number}"), $"application/x-www-form-urlencoded; charset={charset}")).ShouldBe(4000, HttpStatusCode.BadRequest);
            foreach (var (ofForm, ofPart) in new[] { ($"; charset={charset}", ""), ("", $"Content-Type: text/plain; charset={charset}\r\n") })
            {
                var form = $"--frontier\r\nContent-Disposition: form-data; name=\"id\"\r\n{ofPart}\r\n{number}\r\n--frontier--\r\n";
                (await provider.BytesAsync(call, Encoding.UTF8.GetBytes(form), $"multipart/form-data; boundary=frontier{ofForm}")).ShouldBe(4000, HttpStatusCode.BadRequest);
            }
            (await provider.RetractAsync(number)).ShouldSucceed();
        }
    }

    [Theory]
    [InlineData("finish"), InlineData("retract")]
    public async Task Without_a_number_nothing_is_ended(string call)
    {
        await using var house = await LineHouse.OpenAsync();
        var provider = house.As();
        foreach (var form in new HttpContent[]
        {
            new FormUrlEncodedContent([]), new FormUrlEncodedContent([new("report", "1")]), new FormUrlEncodedContent([new("id", "")]), new FormUrlEncodedContent([new("id", "abc")]),
            new FormUrlEncodedContent([new("id", "-5")]), new FormUrlEncodedContent([new("id", "99999999999999999999")]), new FormUrlEncodedContent([new("id", "1"), new("id", "2")]),
            new FormUrlEncodedContent([new("ID", "1")]), new MultipartFormDataContent { { new StringContent("1"), "Id" } },
            new StringContent("id=1"), new ByteArrayContent([]), new MultipartFormDataContent { { new StringContent("x"), "other" } },
        })
        {
            var reply = (await provider.PostAsync(call, form)).ShouldBe(4000, HttpStatusCode.BadRequest);
            reply.Root.ShouldBe("reportResponse", "an error of finish has no reportDoneResponse: its files would be missing");
        }
        (await provider.FinishAsync("123456789")).ShouldBe(5001, HttpStatusCode.NotFound);
        (await provider.RetractAsync("123456789")).ShouldBe(5001, HttpStatusCode.NotFound);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_finished_report_is_final(DatabaseKind kind)
    {
        await using var house = await LineHouse.OpenAsync(kind);
        var provider = house.As();
        var number = await provider.OpenAsync();
        var file = (await provider.UploadAsync(number, [1])).ShouldSucceed().FileId!;
        (await provider.FinishAsync(number)).ShouldSucceed();
        (await provider.FinishAsync(number)).ShouldBe(5102, HttpStatusCode.Conflict);
        (await provider.RetractAsync(number)).ShouldBe(5102, HttpStatusCode.Conflict);
        (await provider.UploadAsync(number, [1])).ShouldBe(5102, HttpStatusCode.Conflict);
        (await provider.XmlAsync("fileinfo", Sample.File(number, file))).ShouldBe(5102, HttpStatusCode.Conflict);
        (await house.WithDbAsync(db => db.Set<ReportVersion>().CountAsync())).ShouldBe(1);
        Directory.EnumerateFiles(house.BlobFolder, "*.sealed").Count().ShouldBe(1, "what was refused leaves nothing");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_retracted_report_is_gone_with_all_that_was_in_it(DatabaseKind kind)
    {
        await using var house = await LineHouse.OpenAsync(kind);
        var provider = house.As();
        var number = await provider.OpenAsync();
        var file = (await provider.UploadAsync(number, [1, 2, 3])).ShouldSucceed().FileId!;
        (await provider.XmlAsync("fileinfo", Sample.File(number, file))).ShouldSucceed();
        var retracted = (await provider.RetractAsync(number)).ShouldSucceed();
        (retracted.Root, retracted.Description, retracted.ReportId).ShouldBe(("reportResponse", "Success", number));
        (await provider.RetractAsync(number)).ShouldBe(5101, HttpStatusCode.Conflict);
        (await provider.FinishAsync(number)).ShouldBe(5101, HttpStatusCode.Conflict);
        (await provider.UploadAsync(number, [1])).ShouldBe(5101, HttpStatusCode.Conflict);
        (await provider.XmlAsync("fileinfo", Sample.File(number, file))).ShouldBe(5101, HttpStatusCode.Conflict);
        await house.TurnAsync();
        Directory.EnumerateFiles(house.BlobFolder).ShouldBeEmpty();
        (await house.WithDbAsync(db => db.Set<ReportVersion>().CountAsync())).ShouldBe(0);
        var left = await house.WithDbAsync(db => db.Set<Submission>().SingleAsync());
        (left.Sealed, left.Sha256.Length).ShouldBe((null, 64));
        var details = await house.WithDbAsync(db => db.Set<FileDetails>().SingleAsync());
        (details.Sealed, details.Sha256.Length).ShouldBe((null, 64));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Nobody_touches_another_s_report(DatabaseKind kind)
    {
        await using var house = await LineHouse.OpenAsync(kind);
        await house.AddAccountAsync("other-esp", "other-pass");
        var number = await house.As().OpenAsync();
        var file = (await house.As().UploadAsync(number, [1])).ShouldSucceed().FileId!;
        var other = house.As("other-esp", "other-pass");
        (await other.UploadAsync(number, [1])).ShouldBe(3300, HttpStatusCode.Forbidden);
        (await other.XmlAsync("fileinfo", Sample.File(number, file))).ShouldBe(3300, HttpStatusCode.Forbidden);
        (await other.FinishAsync(number)).ShouldBe(3300, HttpStatusCode.Forbidden);
        (await other.RetractAsync(number)).ShouldBe(3300, HttpStatusCode.Forbidden);
        (await house.As().FinishAsync(number)).ShouldSucceed().Files.ShouldBe([file]);
        (await other.FinishAsync(number)).ShouldBe(3300, HttpStatusCode.Forbidden);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_file_s_description_needs_report_and_file_and_the_newest_counts(DatabaseKind kind)
    {
        await using var house = await LineHouse.OpenAsync(kind);
        var provider = house.As();
        var (one, two) = (await provider.OpenAsync(), await provider.OpenAsync());
        var file = (await provider.UploadAsync(one, [1])).ShouldSucceed().FileId!;
        (await provider.XmlAsync("fileinfo", Sample.File("123456789", file))).ShouldBe(5001, HttpStatusCode.NotFound);
        (await provider.XmlAsync("fileinfo", Sample.File(one, new string('0', 32)))).ShouldBe(5002, HttpStatusCode.NotFound);
        (await provider.XmlAsync("fileinfo", Sample.File(one, "not-an-id"))).ShouldBe(5002, HttpStatusCode.NotFound);
        (await provider.XmlAsync("fileinfo", Sample.File(two, file))).ShouldBe(5002, HttpStatusCode.NotFound);
        (await provider.XmlAsync("fileinfo", Sample.File(one, file, "<fileViewedByEsp>true</fileViewedByEsp>"))).ShouldSucceed();
        (await provider.XmlAsync("fileinfo", Sample.File(one, file, "<fileViewedByEsp>false</fileViewedByEsp>"))).ShouldSucceed();
        (await provider.FinishAsync(one)).ShouldSucceed();
        (await house.WithDbAsync(db => db.Set<ReportVersion>().SingleAsync())).Parts.Files.ShouldHaveSingleItem().ViewedByProvider.ShouldBe(Exchange.Stated.No);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_open_report_lives_until_the_later_of_a_day_after_opening_and_an_hour_after_its_last_change(DatabaseKind kind)
    {
        await using var house = await LineHouse.OpenAsync(kind);
        var provider = house.As();
        var (idle, touched, ended) = (await provider.OpenAsync(), await provider.OpenAsync(), await provider.OpenAsync());
        house.Wait(TimeSpan.FromHours(23.5));
        (await provider.UploadAsync(touched, [1])).ShouldSucceed();   // nearly a day without change, and all three are there
        (await provider.FinishAsync(ended)).ShouldSucceed();
        house.Wait(TimeSpan.FromMinutes(29));
        (await provider.UploadAsync(idle, [1])).ShouldSucceed();      // 23:59: an hour more for this one
        house.Wait(TimeSpan.FromMinutes(30));
        (await provider.UploadAsync(idle, [1])).ShouldSucceed();
        (await provider.UploadAsync(touched, [1])).ShouldSucceed();   // 24:29, touched at 23:30
        house.Wait(TimeSpan.FromMinutes(61));
        (await provider.UploadAsync(idle, [1])).ShouldBe(5001, HttpStatusCode.NotFound);
        (await provider.FinishAsync(touched)).ShouldBe(5001, HttpStatusCode.NotFound);
        (await provider.RetractAsync(touched)).ShouldBe(5001, HttpStatusCode.NotFound);
        (await provider.RetractAsync(ended)).ShouldBe(5102, HttpStatusCode.Conflict);
        await house.TurnAsync();
        (await house.WithDbAsync(db => db.Set<Submission>().CountAsync(row => row.State == SubmissionState.Expired && row.Sealed == null))).ShouldBe(2);
        Directory.EnumerateFiles(house.BlobFolder).ShouldBeEmpty();
        (await provider.RetractAsync(idle)).ShouldBe(5001, HttpStatusCode.NotFound);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_nobody_calls_about_any_more_expires_by_the_timetable(DatabaseKind kind)
    {
        await using var house = await LineHouse.OpenAsync(kind);
        var number = await house.As().OpenAsync();
        (await house.As().UploadAsync(number, [1])).ShouldSucceed();
        house.Wait(TimeSpan.FromHours(23));
        await house.TurnAsync();
        (await house.WithDbAsync(db => db.Set<Submission>().SingleAsync())).State.ShouldBe(SubmissionState.Open);
        house.Wait(TimeSpan.FromHours(1));
        await house.TurnAsync();
        (await house.WithDbAsync(db => db.Set<Submission>().SingleAsync())).State.ShouldBe(SubmissionState.Expired);
        Directory.EnumerateFiles(house.BlobFolder).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_many_finishes_at_once_one_succeeds(DatabaseKind kind)
    {
        await using var house = await LineHouse.OpenAsync(kind);
        var number = await house.As().OpenAsync();
        var replies = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => house.As().FinishAsync(number)));
        replies.Count(reply => reply.Code == 0).ShouldBe(1);
        replies.Count(reply => reply.Code == 5102).ShouldBe(15);
        (await house.WithDbAsync(db => db.Set<ReportVersion>().CountAsync())).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Many_calls_at_once_get_each_its_own_answer(DatabaseKind kind)
    {
        await using var house = await LineHouse.OpenAsync(kind);
        var numbers = await Task.WhenAll(Enumerable.Range(0, 200).Select(index => house.As().OpenAsync(Sample.Report(platform: $"Platform {index}"))));
        numbers.Distinct().Count().ShouldBe(200);
        await Task.WhenAll(numbers.Select(async (number, index) =>
        {
            if (index % 3 == 0) (await house.As().RetractAsync(number)).ShouldSucceed().ReportId.ShouldBe(number);
            else (await house.As().FinishAsync(number)).ShouldSucceed().ReportId.ShouldBe(number);
        }));
        var reports = await house.WithDbAsync(db => db.Set<ReportVersion>().ToDictionaryAsync(row => row.Number, row => row.Platform));
        reports.Count.ShouldBe(133);
        for (var index = 0; index < 200; index++) if (index % 3 != 0) reports[numbers[index]].ShouldBe($"Platform {index}");
    }

    [Fact]
    public async Task The_trace_holds_each_call_with_its_account_and_code_and_verifies()
    {
        await using var house = await LineHouse.OpenAsync();
        var number = await house.As().OpenAsync();
        (await house.As().FinishAsync(number)).ShouldSucceed();
        (await house.As().FinishAsync(number)).ShouldBe(5102, HttpStatusCode.Conflict);
        var account = (await house.WithDbAsync(db => db.Set<ProviderAccount>().SingleAsync())).Id;
        var codes = await house.WithDbAsync(db => db.Database.SqlQuery<string>($"SELECT codes AS \"Value\" FROM audit_entries WHERE action = 'intake.receive-calls' AND subject_type = 'provider-account' ORDER BY seq").ToListAsync());
        codes.Select(code => code[..code.LastIndexOf(';')]).ShouldBe(["call=submit;code=0", "call=finish;code=0", "call=finish;code=5102"]);
        account.ShouldNotBe(Guid.Empty);
    }

    private static void Validate(string xml)
    {
        var schemas = new XmlSchemaSet();
        using var schema = Exchange.CyberTips.Xml.TipSchema.Open();
        using var reader = XmlReader.Create(schema);
        schemas.Add(null, reader);
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema, Schemas = schemas };
        settings.ValidationFlags |= XmlSchemaValidationFlags.ReportValidationWarnings;
        settings.ValidationEventHandler += (_, fault) => throw fault.Exception;
        using var text = new StringReader(xml);
        using var document = XmlReader.Create(text, settings);
        while (document.Read()) { }
    }
}
