using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Rules;
using Homeward.Intake.Model;
using Homeward.Intake.Providers;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Providers.Tests;

/// <summary>Uploads as they come over the line: chunked, turned round, cut off, too large, too many, too slow.</summary>
public sealed class FaultTests
{
    private const string Boundary = "----part";
    public static TheoryData<DatabaseKind> Databases => LineHouse.Databases;

    private static string Part(string disposition, string content, string headers = "") => $"--{Boundary}\r\nContent-Disposition: form-data; {disposition}\r\n{headers}\r\n{content}\r\n";
    private const string End = $"--{Boundary}--\r\n";

    private static Task<Reply> FormAsync(Provider provider, string form) =>
        provider.BytesAsync("upload", Encoding.UTF8.GetBytes(form), $"multipart/form-data; boundary={Boundary}");

    [Theory]
    [InlineData("name=\"file\"; filename=\"/home/somebody/pictures/zażółć é.bin\"")]
    [InlineData("name=\"file\"; filename=\"C:\\temp\\..\\..\\a \"b\".bin\"")]
    [InlineData("name=\"file\"; filename=\"../../../etc/passwd\"")]
    [InlineData("name=\"file\"")]
    [InlineData("name=file; filename=a.bin")]
    [InlineData("filename=\"a.bin\"; name=\"file\"")]
    [InlineData("name=\"file\"; filename=\"\"")]
    public async Task A_file_s_name_is_no_path_and_may_be_missing(string disposition)
    {
        await using var house = await LineHouse.OpenAsync();
        var number = await house.As().OpenAsync();
        foreach (var form in new[] { Part("name=\"id\"", number) + Part(disposition, "neutral bytes", "Content-Type: image/jpeg\r\n") + End, Part(disposition, "neutral bytes") + Part("name=\"id\"", number, "Content-Type: text/plain\r\n") + End })
            (await FormAsync(house.As(), form)).ShouldSucceed().Hash.ShouldBe("2b3fc1ea6bb04a5ea5bf2bdd217e1937");
        var blobs = Directory.EnumerateFiles(house.BlobFolder, "*.sealed").Select(Path.GetFileName).ToList();
        blobs.Count.ShouldBe(2);
        blobs.ShouldAllBe(name => System.Text.RegularExpressions.Regex.IsMatch(name!, "^[0-9a-f]{32}\\.sealed$"));
    }

    [Fact]
    public async Task An_upload_may_be_chunked_and_wait_for_100_continue()
    {
        await using var house = await LineHouse.OpenAsync();
        var number = await house.As().OpenAsync();
        var bytes = RandomNumberGenerator.GetBytes(3_000_000);
        using var http = new HttpClient { BaseAddress = house.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ispws/upload");
        request.Headers.Authorization = new("Basic", Convert.ToBase64String("test-esp:test-pass"u8));
        request.Headers.TransferEncodingChunked = true;
        request.Headers.ExpectContinue = true;
        request.Content = new MultipartFormDataContent { { new StreamContent(new MemoryStream(bytes)), "file" }, { new StringContent(number), "id" } };
        using var response = await http.SendAsync(request);
        (await Reply.ReadAsync(response)).ShouldSucceed().Hash.ShouldBe(Convert.ToHexStringLower(MD5.HashData(bytes)));
    }

    [Fact]
    public async Task A_form_without_what_it_needs_is_refused_and_leaves_nothing()
    {
        await using var house = await LineHouse.OpenAsync();
        var provider = house.As();
        var number = await provider.OpenAsync();
        (await FormAsync(provider, Part("name=\"file\"; filename=\"a\"", "x") + End)).ShouldBe(4000, HttpStatusCode.BadRequest);
        (await FormAsync(provider, Part("name=\"id\"", "abc") + Part("name=\"file\"; filename=\"a\"", "x") + End)).ShouldBe(4000, HttpStatusCode.BadRequest);
        (await FormAsync(provider, Part("name=\"id\"", number) + End)).ShouldBe(4200, HttpStatusCode.BadRequest);
        (await FormAsync(provider, Part("name=\"id\"", number) + Part("name=\"upload\"; filename=\"a\"", "x") + End)).ShouldBe(4200, HttpStatusCode.BadRequest);
        (await FormAsync(provider, Part("name=\"id\"", number) + Part("name=\"file\"; filename=\"a\"", "x") + Part("name=\"file\"; filename=\"b\"", "y") + End)).ShouldBe(4200, HttpStatusCode.BadRequest);
        (await FormAsync(provider, Part("name=\"id\"", number) + $"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nhalf of a fi")).ShouldBe(4200, HttpStatusCode.BadRequest);
        (await FormAsync(provider, "no form at all")).ShouldBe(4200, HttpStatusCode.BadRequest);
        (await FormAsync(provider, "")).ShouldBe(4000, HttpStatusCode.BadRequest).Description.ShouldBe("The request has no body");
        (await provider.BytesAsync("upload", [1], "multipart/form-data")).ShouldBe(4200, HttpStatusCode.BadRequest);
        (await provider.XmlAsync("upload", "<a/>")).ShouldBe(4000, HttpStatusCode.BadRequest);
        (await provider.UploadAsync("123456789", new byte[100_000])).ShouldBe(5001, HttpStatusCode.NotFound);
        Directory.EnumerateFiles(Directory.CreateDirectory(house.BlobFolder).FullName).ShouldBeEmpty();
        (await provider.FinishAsync(number)).ShouldSucceed().Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_form_that_cannot_be_read_is_told_why()
    {
        await using var house = await LineHouse.OpenAsync();
        var provider = house.As();
        var number = await provider.OpenAsync();
        var (manyHeaders, folded, longName) = (string.Concat(Enumerable.Range(0, 20).Select(index => $"X-{index}: a\r\n")), "X: a\r\n b: c\r\n", new string('a', 17_000));
        foreach (var (call, code) in new[] { ("upload", 4200), ("finish", 4000), ("retract", 4000) })
        {
            foreach (var part in new[] { Part("name=\"file\"", "x", manyHeaders), Part("name=\"file\"", "x", folded), Part("name=\"file\"", "x", "X: a\r\n b\r\n"), Part($"name=\"file\"; filename=\"{longName}\"", "x") })
            {
                var told = (await provider.BytesAsync(call, Encoding.UTF8.GetBytes(Part("name=\"id\"", number) + part + End), $"multipart/form-data; boundary={Boundary}")).ShouldBe(code, HttpStatusCode.BadRequest).Description!;
                (told.Contains("each header on one line, at most 16 of them in 16384 bytes", StringComparison.Ordinal), told.Contains("cut off", StringComparison.Ordinal)).ShouldBe((true, false), told);
            }
            (await provider.BytesAsync(call, Encoding.UTF8.GetBytes(Part("name=\"id\"", number)), $"multipart/form-data; boundary={Boundary}")).Description!.ShouldContain("cut off");
        }
        using var http = new HttpClient { BaseAddress = house.Address };
        using var nothing = new HttpRequestMessage(HttpMethod.Post, "/ispws/upload") { Content = new StreamContent(Stream.Null) };
        nothing.Headers.Authorization = new("Basic", Convert.ToBase64String("test-esp:test-pass"u8));
        nothing.Headers.TransferEncodingChunked = true;
        nothing.Content.Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={Boundary}");
        using var answer = await http.SendAsync(nothing);
        (await Reply.ReadAsync(answer)).ShouldBe(4000, HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("gzip", false), InlineData("identity", true), InlineData("IDENTITY, br", false)]
    public async Task A_body_in_another_coding_is_refused_by_the_name_of_its_header(string coding, bool isTaken)
    {
        await using var house = await LineHouse.OpenAsync();
        var number = await house.As().OpenAsync();
        foreach (var (call, content) in new (string, HttpContent)[]
        {
            ("submit", new StringContent(Sample.Report(), Encoding.UTF8, "text/xml")), ("upload", new MultipartFormDataContent { { new StringContent(number), "id" }, { new ByteArrayContent([1]), "file", "a" } }),
            ("finish", new FormUrlEncodedContent([new("id", number)])),
        })
        {
            content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
            var reply = await house.As().PostAsync(call, content);
            if (isTaken) reply.ShouldSucceed();
            else reply.ShouldBe(4000, HttpStatusCode.BadRequest).Description!.ShouldStartWith("Content-Encoding ");
        }
    }

    [Theory, InlineData(""), InlineData($"\r\n--{Boundary}\r\nContent-Disposition: form-data; name=\"more\"\r\n\r\n")]
    public async Task An_upload_that_stops_half_way_or_after_its_file_leaves_nothing_and_can_be_sent_again(string after)
    {
        await using var house = await LineHouse.OpenAsync();
        var number = await house.As().OpenAsync();
        using (var line = new TcpClient())
        {
            await line.ConnectAsync(house.Address.Host, house.Address.Port);
            var stream = line.GetStream();
            await stream.WriteAsync(Encoding.UTF8.GetBytes(
                $"POST /ispws/upload HTTP/1.1\r\nHost: a\r\nAuthorization: Basic dGVzdC1lc3A6dGVzdC1wYXNz\r\nContent-Type: multipart/form-data; boundary={Boundary}\r\nContent-Length: 10000000\r\n\r\n"
                + Part("name=\"id\"", number) + $"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n"));
            await stream.WriteAsync(new byte[3_000_000]);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(after));
            await UntilAsync(() => Directory.Exists(house.BlobFolder) && Directory.EnumerateFiles(house.BlobFolder, after.Length == 0 ? "*" : "*.sealed").Any());
        }
        await UntilAsync(() => !Directory.EnumerateFiles(house.BlobFolder).Any());
        (await house.As().UploadAsync(number, [1])).ShouldSucceed();
        (await house.As().FinishAsync(number)).ShouldSucceed().Files.Count.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_file_is_sealed_and_opens_with_the_holder_s_key_alone(DatabaseKind kind)
    {
        await using var house = await LineHouse.OpenAsync(kind);
        var number = await house.As().OpenAsync();
        var bytes = RandomNumberGenerator.GetBytes(2_500_000);
        (await house.As().UploadAsync(number, bytes, "Zoë.bin")).ShouldSucceed();
        (await house.As().FinishAsync(number)).ShouldSucceed();
        var row = await house.WithDbAsync(db => db.Set<SealedFileRow>().SingleAsync());
        (row.Bytes, row.Sha256).ShouldBe((bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))));
        var path = Path.Combine(house.BlobFolder, row.Blob + ".sealed");
        (await File.ReadAllBytesAsync(path)).AsSpan().IndexOf(bytes.AsSpan(1000, 16)).ShouldBe(-1);
        using var holder = RSA.Create();
        holder.ImportFromPem(await File.ReadAllTextAsync(Path.Combine(house.Options.KeyFolder, "holder", "clearing-unit-private.pem")));
        using var clear = new MemoryStream();
        await SealedFileHolder.OpenAsync(path, holder, clear, CancellationToken.None);
        clear.ToArray().ShouldBe(bytes);
    }

    [Fact]
    public async Task A_large_file_takes_no_more_memory_than_a_small_one()
    {
        const long Bytes = 300L << 20;
        await using var house = await LineHouse.OpenAsync();
        var number = await house.As().OpenAsync();
        (await house.As().UploadAsync(number, new byte[100])).ShouldSucceed();
        var before = Environment.WorkingSet;
        using var peak = new CancellationTokenSource();
        var most = before;
        var watching = Task.Run(async () =>
        {
            for (; !peak.IsCancellationRequested; await Task.Delay(20)) most = Math.Max(most, Environment.WorkingSet);
        });
        (await house.As().PostAsync("upload", new MultipartFormDataContent { { new StringContent(number), "id" }, { new StreamContent(new Zeros(Bytes)), "file", "large.bin" } })).ShouldSucceed();
        await peak.CancelAsync();
        await watching;
        (await house.WithDbAsync(db => db.Set<SubmissionFile>().MaxAsync(row => row.Bytes))).ShouldBe(Bytes);
        (most - before).ShouldBeLessThan(150 << 20);
    }

    [Fact]
    public async Task What_is_larger_than_agreed_is_refused_and_leaves_nothing()
    {
        await using var house = await LineHouse.OpenAsync(line: new ClearingHouseOptions(TestAccount: true) { FileBytesMax = 1_000_000 });
        var number = await house.As().OpenAsync();
        (await house.As().UploadAsync(number, new byte[1_000_000])).ShouldSucceed();
        (await house.As().UploadAsync(number, new byte[1_000_001])).ShouldBe(4200, HttpStatusCode.RequestEntityTooLarge);
        Directory.EnumerateFiles(house.BlobFolder, "*.sealed").Count().ShouldBe(1);
        var huge = Sample.Report(rest: $"<additionalInfo>{new string('a', 5_000_000)}</additionalInfo>");
        (await house.As().XmlAsync("submit", huge)).ShouldBe(4000, HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_calls_too_often_is_told_when_to_come_again_and_others_are_unharmed_and_each_refusal_is_counted(DatabaseKind kind)
    {
        await using var house = await LineHouse.OpenAsync(kind);
        await house.AddAccountAsync("busy-esp", "busy-pass", callsPerMinute: 5);
        var busy = house.As("busy-esp", "busy-pass");
        var late = new List<HttpResponseMessage>();
        for (var index = 0; index < 30; index++)
        {
            var response = await busy.SendAsync(HttpMethod.Get, "status");
            if (response.StatusCode == HttpStatusCode.TooManyRequests) late.Add(response);
        }
        late.Count.ShouldBeInRange(20, 25);   // a minute may end while the test runs
        var reply = await Reply.ReadAsync(late[0]);
        (reply.Root, reply.Code).ShouldBe(("reportResponse", 1000));
        late[0].Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        (await house.As().GetAsync("status")).ShouldSucceed();
        (await house.WithDbAsync(db => db.Set<RefusedCall>().CountAsync())).ShouldBeInRange(1, 2, "the first of a minute is on record at once, and the flood shares its row");
        await CountedAsync(house, late.Count);
        (await house.WithDbAsync(db => db.Set<RefusedCall>().CountAsync())).ShouldBeInRange(1, 2);
        var administrator = new Actor(new UserId(new Guid("00000000-0000-7000-8000-00000000000a")), "Invented administrator", Role.Administrator, null, null, null);
        var list = (await house.App.Services.GetRequiredService<Desk>().DoAsync<ListProviders.Request, ListProviders.Page>(administrator, new(), CancellationToken.None)).Value;
        list.Rows.Single(row => row.Name == "busy-esp").Refused.ShouldBe(late.Count);
        var page = (await house.App.Services.GetRequiredService<Desk>().DoAsync<ShowProvider.Request, ShowProvider.Page>(
            administrator, new(list.Rows.Single(row => row.Name == "busy-esp").Id), CancellationToken.None)).Value;
        (page.Days.Single().Refused, page.Refused.Sum(row => row.Calls)).ShouldBe((late.Count, late.Count));
    }

    [Fact]
    public async Task What_was_counted_is_stored_when_the_house_closes()
    {
        var folder = Directory.CreateTempSubdirectory("homeward-tally-").FullName;
        try
        {
            await using (var house = await LineHouse.OpenAsync(site: new(Folder: folder)))
            {
                await house.AddAccountAsync("busy-esp", "busy-pass", callsPerMinute: 1);
                for (var index = 0; index < 4; index++) await house.As("busy-esp", "busy-pass").SendAsync(HttpMethod.Get, "status");
            }
            await using var again = await LineHouse.OpenAsync(site: new(Folder: folder));
            (await again.WithDbAsync(db => db.Set<RefusedCall>().SumAsync(row => row.Calls))).ShouldBeInRange(2, 3);   // a minute may end while the test runs
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Who_uploads_more_in_a_day_than_agreed_is_told_when_to_come_again()
    {
        await using var house = await LineHouse.OpenAsync();
        await house.AddAccountAsync("large-esp", "large-pass", uploadBytesPerDay: 1000);
        var large = house.As("large-esp", "large-pass");
        var number = await large.OpenAsync();
        (await large.UploadAsync(number, new byte[600])).ShouldSucceed();
        (await large.UploadAsync(number, new byte[600])).ShouldBe(1000, HttpStatusCode.TooManyRequests);
        // So large that it is refused by what it says of its length.
        (await large.UploadAsync(number, new byte[100_000])).ShouldBe(1000, HttpStatusCode.TooManyRequests);
        // Of several at once no more are taken than fit.
        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => large.UploadAsync(number, new byte[200])));
        replies.Count(reply => reply.Code == 0).ShouldBe(2);
        replies.Where(reply => reply.Code != 0).ShouldAllBe(reply => reply.Status == HttpStatusCode.TooManyRequests);
        (await large.UploadAsync(number, new byte[1])).ShouldBe(1000, HttpStatusCode.TooManyRequests);
        (await house.WithDbAsync(db => db.Set<SubmissionFile>().CountAsync())).ShouldBe(3);
        Directory.EnumerateFiles(house.BlobFolder, "*.sealed").Count().ShouldBe(3);
        (await large.FinishAsync(number)).ShouldSucceed();
        house.Wait(TimeSpan.FromDays(1));
        (await large.UploadAsync(await large.OpenAsync(), new byte[1])).ShouldSucceed();
    }

    [Fact]
    public async Task One_who_sends_a_byte_a_second_is_cut_off_and_others_are_served()
    {
        await using var house = await LineHouse.OpenAsync();
        using var line = new TcpClient();
        await line.ConnectAsync(house.Address.Host, house.Address.Port);
        var stream = line.GetStream();
        await stream.WriteAsync("POST /ispws/submit HTTP/1.1\r\nHost: a\r\nAuthorization: Basic dGVzdC1lc3A6dGVzdC1wYXNz\r\nContent-Type: text/xml\r\nContent-Length: 5000\r\n\r\n<"u8.ToArray());
        var started = Stopwatch.GetTimestamp();
        var ended = Task.Run(async () =>
        {
            var answer = new byte[4096];
            return await stream.ReadAsync(answer) is > 0 and var count ? Encoding.UTF8.GetString(answer, 0, count) : "";
        });
        while (!ended.IsCompleted && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30))
        {
            (await house.As().GetAsync("status")).ShouldSucceed();
            await Task.Delay(500);
            try
            {
                await stream.WriteAsync("r"u8.ToArray());
            }
            catch (IOException)
            {
                break;
            }
        }
        (await ended).ShouldStartWith("HTTP/1.1 408");
        var refused = await house.WithDbAsync(db => db.Set<RefusedCall>().SingleAsync());
        (refused.Call, refused.Code, refused.Reason, refused.Calls).ShouldBe(("submit", 4000, "The request was not sent to its end", 1));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_refused_is_on_record_with_code_place_and_reason_and_the_document_sealed(DatabaseKind kind)
    {
        await using var house = await LineHouse.OpenAsync(kind);
        var xml = Sample.Report(rest: "<additionalInfo>narrative withheld</additionalInfo><secretHobby/>");
        var reply = (await house.As().XmlAsync("submit", xml)).ShouldBe(4100, HttpStatusCode.BadRequest);
        var refused = await house.WithDbAsync(db => db.Set<RefusedCall>().SingleAsync());
        (refused.Call, refused.Code, refused.RequestId, refused.Remote).ShouldBe(("submit", 4100, reply.RequestId, "127.0.0.1"));
        refused.Reason.ShouldMatch(@"^\[\d+,\d+\] - ");
        refused.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(xml))));
        Encoding.UTF8.GetString(refused.Sealed!).ShouldNotContain("narrative");
        foreach (var (days, isThere) in new[] { (364, true), (3, false) })
        {
            house.Wait(TimeSpan.FromDays(days));
            await house.TurnAsync();
            var later = await house.WithDbAsync(db => db.Set<RefusedCall>().SingleAsync());
            (later.Sealed is not null, later.Sha256).ShouldBe((isThere, refused.Sha256), "its term is a year; that it came stays");
        }
    }

    /// <summary>Every hour: of many that are young none is read.</summary>
    [Theory, MemberData(nameof(Databases))]
    public async Task What_was_refused_within_the_shortest_term_is_not_looked_at(DatabaseKind kind)
    {
        await using var house = await LineHouse.OpenAsync(kind);
        (await house.As().XmlAsync("submit", Sample.Report(rest: "<secretHobby/>"))).ShouldBe(4100, HttpStatusCode.BadRequest);
        var refused = await house.WithDbAsync(db => db.Set<RefusedCall>().SingleAsync());
        foreach (var (days, isLookedAt) in new[] { (0, false), (360, false), (367, true) })
            (await house.WithDbAsync(db => new ForgetRefused(RuleBook.Shipped).OldAsync(db, refused.At.AddDays(days), CancellationToken.None))).Select(one => one.Id)
                .ShouldBe(isLookedAt ? [refused.Id] : [], $"{days} days");
    }

    [Theory]
    [InlineData("/", "/ispws//status"), InlineData("/", "/ispws/status/"), InlineData("/", "/ISPWS/Status"), InlineData("/line/v1", "/line/v1/status")]
    public async Task The_line_is_found_however_the_address_is_put_together(string at, string path)
    {
        await using var house = await LineHouse.OpenAsync(line: at == "/" ? null : new ClearingHouseOptions(at, TestAccount: true));
        using var http = new HttpClient { BaseAddress = house.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Basic", Convert.ToBase64String("test-esp:test-pass"u8));
        using var response = await http.SendAsync(request);
        (await Reply.ReadAsync(response)).ShouldSucceed();
    }

    private static async Task CountedAsync(LineHouse house, int calls)
    {
        for (var tries = 0; await house.WithDbAsync(db => db.Set<RefusedCall>().SumAsync(row => row.Calls)) is var counted && counted != calls; tries++)
        {
            tries.ShouldBeLessThan(120, $"{counted} of {calls} were counted");
            await Task.Delay(100);
        }
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var tries = 0; !isSo(); tries++)
        {
            tries.ShouldBeLessThan(500);
            await Task.Delay(20);
        }
    }

    /// <summary>So many zeros, made as they are read.</summary>
    private sealed class Zeros(long length) : Stream
    {
        private long _left = length;
        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
        public override int Read(Span<byte> buffer)
        {
            var count = (int)Math.Min(buffer.Length, _left);
            buffer[..count].Clear();
            _left -= count;
            return count;
        }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
