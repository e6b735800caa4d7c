using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Intake;
using Homeward.Intake.Model;
using Homeward.Intake.Providers;
using Homeward.Kernel;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Providers.Tests;

/// <summary>What a provider's page shows, and how an account is given and ended.</summary>
public sealed class DashboardTests
{
    public static TheoryData<DatabaseKind> Databases => LineHouse.Databases;
    private static readonly Actor _administrator = new(new UserId(new Guid("00000000-0000-7000-8000-00000000000a")), "Invented administrator", Role.Administrator, null, null, null);

    private static async Task<TPage> DoAsync<TRequest, TPage>(LineHouse house, TRequest request) where TRequest : notnull =>
        (await house.App.Services.GetRequiredService<Desk>().DoAsync<TRequest, TPage>(_administrator, request, CancellationToken.None)).Value;

    [Theory, MemberData(nameof(Databases))]
    public async Task The_page_counts_what_was_sent_and_tells_what_was_refused_and_why(DatabaseKind kind)
    {
        await using var house = await LineHouse.OpenAsync(kind);
        var provider = house.As();
        (await provider.FinishAsync(await provider.OpenAsync())).ShouldSucceed();
        (await provider.RetractAsync(await provider.OpenAsync())).ShouldSucceed();
        var open = await provider.OpenAsync();
        (await provider.UploadAsync(open, new byte[2048])).ShouldSucceed();
        (await provider.XmlAsync("submit", Sample.Report(at: "2026-03-04T10:15:00"))).ShouldBe(4100, HttpStatusCode.BadRequest);
        (await provider.FinishAsync("123456789")).ShouldBe(5001, HttpStatusCode.NotFound);

        var list = await DoAsync<ListProviders.Request, ListProviders.Page>(house, new());
        var row = list.Rows.Single();
        (list.At, row.Name, row.Finished, row.Open, row.Retracted, row.Expired, row.Refused).ShouldBe(("/ispws", "test-esp", 1, 1, 1, 0, 2));
        var page = await DoAsync<ShowProvider.Request, ShowProvider.Page>(house, new(row.Id));
        page.Days.Single().ShouldBe(new ShowProvider.DayRow("2026-03-05", 3, 1, 1, 0, 1, 2));
        page.Refused.Select(one => (one.Call, one.Code)).Order().ShouldBe([("finish", 5001), ("submit", 4100)]);
        page.Refused.Single(one => one.Code == 4100).Reason.ShouldContain("names no time zone");
        (page.UploadedToday, page.Open.Single().Files, page.Open.Single().DeadlineAt).ShouldBe((2048L, 1, LineHouse.Noon.AddHours(24)));
    }

    /// <summary>Many tries of a minute are one line; the right password goes on to be taken, and a name that is nobody's leaves nothing.</summary>
    [Theory, MemberData(nameof(Databases))]
    public async Task The_page_tells_that_somebody_tried_with_a_wrong_password(DatabaseKind kind)
    {
        await using var house = await LineHouse.OpenAsync(kind);
        for (var tries = 0; tries < 3; tries++) (await house.As("test-esp", "a-wrong-password").GetAsync("status")).ShouldBe(2000, HttpStatusCode.Unauthorized);
        (await house.As("nobody-at-all", "a-wrong-password").GetAsync("status")).ShouldBe(2000, HttpStatusCode.Unauthorized);
        (await house.As().GetAsync("status")).ShouldSucceed();
        var account = await house.WithDbAsync(db => db.Set<ProviderAccount>().SingleAsync());
        // It is counted beside the answer.
        for (var looks = 0; looks < 200; looks++)
        {
            var page = await DoAsync<ShowProvider.Request, ShowProvider.Page>(house, new(account.Id));
            if (page.Refused.Count > 0)
            {
                page.Refused.Select(one => (one.Call, one.Code)).Distinct().ShouldBe([("status", 2000)]);
                return;
            }
            await Task.Delay(50);
        }
        Assert.Fail("nothing tells of the tries");
    }

    [Fact]
    public async Task The_page_tells_of_calls_that_are_not_there_and_of_methods_that_they_do_not_take()
    {
        await using var house = await LineHouse.OpenAsync();
        (await house.As().GetAsync("nowhere/at-all")).ShouldBe(1210, HttpStatusCode.NotFound);
        (await house.As().GetAsync("submit")).ShouldBe(4000, HttpStatusCode.MethodNotAllowed);
        (await house.As().PostAsync("status", null)).ShouldBe(4000, HttpStatusCode.MethodNotAllowed);
        var account = await house.WithDbAsync(db => db.Set<ProviderAccount>().SingleAsync());
        var page = await DoAsync<ShowProvider.Request, ShowProvider.Page>(house, new(account.Id));
        page.Refused.Select(one => (one.Call, one.Code, one.Reason)).Order()
            .ShouldBe([("status", 4000, "status takes GET"), ("submit", 4000, "submit takes POST"), ("unknown", 1210, "Resource not found")]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_file_is_shown_with_the_name_under_which_it_came_beside_the_one_that_its_description_gives(DatabaseKind kind)
    {
        await using var house = await LineHouse.OpenAsync(kind);
        var (provider, desk) = (house.As(), house.App.Services.GetRequiredService<Desk>());
        var number = await provider.OpenAsync();
        var described = (await provider.UploadAsync(number, [1], "as-it-came.bin")).ShouldSucceed().FileId!;
        (await provider.XmlAsync("fileinfo", Sample.File(number, described, "<originalFileName>as-it-was.bin</originalFileName>"))).ShouldSucceed();
        (await provider.UploadAsync(number, [2], "alone.bin")).ShouldSucceed();
        (await provider.PostAsync("upload", new MultipartFormDataContent { { new StringContent(number), "id" }, { new ByteArrayContent([3]), "file" } })).ShouldSucceed();
        (await provider.FinishAsync(number)).ShouldSucceed();
        var report = await house.WithDbAsync(db => db.Set<ReportVersion>().Select(row => row.Id).SingleAsync());
        var analyst = new Actor(new UserId(new Guid("00000000-0000-7000-8000-00000000000b")), "Invented analyst", Role.Analyst, null, null, null);
        (await desk.DoAsync<OpenReport.Request, OpenReport.Receipt>(analyst, new(report), CancellationToken.None)).IsDone.ShouldBeTrue();
        var page = (await desk.DoAsync<ShowReport.Request, ShowReport.Page>(analyst, new(report), CancellationToken.None)).Value;
        page.Sealed.Select(file => file.Name).ShouldBe(["as-it-came.bin", "alone.bin", null], ignoreOrder: true);
        page.Files.Select(file => (file.Name, file.IsHere)).ShouldContain(("as-it-was.bin", true));
    }

    [Fact]
    public async Task A_name_with_marks_that_turn_letters_is_shown_with_these_written_out()
    {
        await using var house = await LineHouse.OpenAsync();
        var provider = house.As();
        var number = await provider.OpenAsync();
        var form = $"--part\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n{number}\r\n--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"came\u202Egpj.exe\"\r\n\r\nneutral\r\n--part--\r\n";
        var file = (await provider.BytesAsync("upload", Encoding.UTF8.GetBytes(form), "multipart/form-data; boundary=part")).ShouldSucceed().FileId!;
        (await provider.XmlAsync("fileinfo", Sample.File(number, file, "<originalFileName>was\u202Egpj.exe</originalFileName>"))).ShouldSucceed();
        (await provider.FinishAsync(number)).ShouldSucceed();
        var report = await house.WithDbAsync(db => db.Set<ReportVersion>().Select(row => row.Id).SingleAsync());
        using var http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = house.Address };
        await http.PostAsync("/demo/sign-in", new FormUrlEncodedContent([new("role", "analyst")]));
        var page = WebUtility.HtmlDecode(await http.GetStringAsync($"/intake/reports/{report}"));
        page.ShouldNotContain("\u202E");
        page.ShouldContain("came‹U+202E›gpj.exe");
        page.ShouldContain("was‹U+202E›gpj.exe");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_several_descriptions_of_a_file_the_newest_counts_and_none_is_lost(DatabaseKind kind)
    {
        await using var house = await LineHouse.OpenAsync(kind);
        var (provider, desk) = (house.As(), house.App.Services.GetRequiredService<Desk>());
        var number = await provider.OpenAsync();
        var file = (await provider.UploadAsync(number, [1])).ShouldSucceed().FileId!;
        var other = (await provider.UploadAsync(number, [2])).ShouldSucceed().FileId!;
        var documents = new[] { "first", "second", "second", "first" }.Select(name => Sample.File(number, file, $"<originalFileName>{name}.bin</originalFileName><fileViewedByEsp>{(name == "first" ? "true" : "false")}</fileViewedByEsp>")).ToList();
        foreach (var document in documents)
            (await provider.XmlAsync("fileinfo", document)).ShouldSucceed();
        (await provider.XmlAsync("fileinfo", Sample.File(number, other, "<originalFileName>other.bin</originalFileName>"))).ShouldSucceed();
        (await provider.FinishAsync(number)).ShouldSucceed();

        var kept = await house.WithDbAsync(db => db.Set<FileDetails>().Where(row => row.FileId == Guid.Parse(file)).OrderBy(row => row.Turn).ToListAsync());
        kept.Select(row => Encoding.UTF8.GetString(ProviderFiles.Open(house.App.Services.GetRequiredService<Envelope>(), row)))
            .ShouldBe([documents[0], documents[1], documents[3]], "the same twice in a row is a client that heard no answer");
        kept.ShouldAllBe(row => row.Remote.Length > 0 && row.RequestId.Length > 0);
        kept.Select(row => row.RequestId).Distinct().Count().ShouldBe(3);

        var report = await house.WithDbAsync(db => db.Set<ReportVersion>().Select(row => row.Id).SingleAsync());
        var analyst = new Actor(new UserId(new Guid("00000000-0000-7000-8000-00000000000b")), "Invented analyst", Role.Analyst, null, null, null);
        (await desk.DoAsync<OpenReport.Request, OpenReport.Receipt>(analyst, new(report), CancellationToken.None)).IsDone.ShouldBeTrue();
        var page = (await desk.DoAsync<ShowReport.Request, ShowReport.Page>(analyst, new(report), CancellationToken.None)).Value;
        page.Files.Select(one => (one.Name, one.ViewedByProvider)).ShouldBe([("first.bin", Stated.Yes), ("other.bin", Stated.NotStated)], ignoreOrder: true);
        page.DescribedAnew.Select(one => one.Path).Distinct().ShouldBe([page.Files.Single(one => one.Name == "first.bin").Path]);
        page.DescribedAnew.Select(one => one.Differences.Single(change => change.Field.EndsWith("/fileViewedByEsp", StringComparison.Ordinal)))
            .Select(change => (change.Before, change.After)).ShouldBe([("true", "false"), ("false", "true")]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_account_that_is_given_works_at_once_and_one_that_is_ended_does_not(DatabaseKind kind)
    {
        await using var house = await LineHouse.OpenAsync(kind);
        var id = (await DoAsync<AddProvider.Request, AddProvider.Receipt>(house, new("new-esp", "New Provider", "a long password: with a colon"))).Id;
        var provider = house.As("new-esp", "a long password: with a colon");
        (await provider.GetAsync("status")).ShouldSucceed();
        (await house.WithDbAsync(db => db.Set<ProviderAccount>().SingleAsync(row => row.Id == id))).Secret.ShouldNotContain("password");
        (await house.App.Services.GetRequiredService<Desk>().DoAsync<AddProvider.Request, AddProvider.Receipt>(_administrator, new("new-esp", "Another", "another long password"), CancellationToken.None))
            .Problem.Kind.ShouldBe(ProblemKind.Conflict);
        await DoAsync<EndProvider.Request, EndProvider.Receipt>(house, new(id));
        (await provider.GetAsync("status")).ShouldBe(2000, HttpStatusCode.Unauthorized);
    }

    /// <summary>What calls in the moment before the end is stored is read as it still stands.</summary>
    [Theory, MemberData(nameof(Databases))]
    public async Task An_account_that_calls_without_pause_while_it_is_ended_is_refused_from_then_on(DatabaseKind kind)
    {
        await using var house = await LineHouse.OpenAsync(kind);
        for (var round = 0; round < 8; round++)
        {
            var id = (await DoAsync<AddProvider.Request, AddProvider.Receipt>(house, new($"esp-{round}", "New Provider", "a long enough password"))).Id;
            var provider = house.As($"esp-{round}", "a long enough password");
            (await provider.GetAsync("status")).ShouldSucceed();
            using var over = new CancellationTokenSource();
            var calls = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
            {
                while (!over.IsCancellationRequested) await provider.GetAsync("status");
            })).ToList();
            await DoAsync<EndProvider.Request, EndProvider.Receipt>(house, new(id));
            var after = await provider.GetAsync("status");
            await over.CancelAsync();
            await Task.WhenAll(calls);
            after.ShouldBe(2000, HttpStatusCode.Unauthorized);
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_a_lenient_account_is_warned_of_is_told_while_its_report_is_open_and_afterwards_and_on_the_report_s_page(DatabaseKind kind)
    {
        await using var house = await LineHouse.OpenAsync(kind);
        await house.AddAccountAsync("lenient-esp", "lenient-pass", isLenient: true);
        var provider = house.As("lenient-esp", "lenient-pass");
        var (number, open) = (await provider.OpenAsync(Sample.Report(email: "")), await provider.OpenAsync(Sample.Report(email: "")));
        (await provider.FinishAsync(await provider.OpenAsync())).ShouldSucceed();
        (await provider.FinishAsync(number)).ShouldSucceed();
        var account = await house.WithDbAsync(db => db.Set<ProviderAccount>().SingleAsync(row => row.Name == "lenient-esp"));
        var page = await DoAsync<ShowProvider.Request, ShowProvider.Page>(house, new(account.Id));
        page.Warned.Select(row => (row.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), row.State)).ShouldBe([(number, "finished"), (open, "open")], ignoreOrder: true);
        page.Warned.SelectMany(row => row.Warnings).ShouldAllBe(warning => warning.Contains("carries no email", StringComparison.Ordinal) && warning.StartsWith('['));

        var desk = house.App.Services.GetRequiredService<Desk>();
        var analyst = new Actor(new UserId(new Guid("00000000-0000-7000-8000-00000000000b")), "Invented analyst", Role.Analyst, null, null, null);
        var reports = await house.WithDbAsync(db => db.Set<ReportVersion>().OrderBy(row => row.Number == number).Select(row => row.Id).ToListAsync());
        foreach (var (report, told) in new[] { (reports[0], 0), (reports[1], 1) })
        {
            (await desk.DoAsync<OpenReport.Request, OpenReport.Receipt>(analyst, new(report), CancellationToken.None)).IsDone.ShouldBeTrue();
            (await desk.DoAsync<ShowReport.Request, ShowReport.Page>(analyst, new(report), CancellationToken.None)).Value.Warnings.Count.ShouldBe(told);
        }
        using var http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = house.Address };
        await http.PostAsync("/demo/sign-in", new FormUrlEncodedContent([new("role", "administrator")]));
        WebUtility.HtmlDecode(await http.GetStringAsync($"/intake/providers/{StrongId.Text(account.Id)}")).ShouldContain($"<li>{page.Warned[0].Warnings[0]}</li>");
        await http.PostAsync("/demo/sign-in", new FormUrlEncodedContent([new("role", "analyst")]));
        WebUtility.HtmlDecode(await http.GetStringAsync($"/intake/reports/{reports[1]}")).Replace("<wbr>", "", StringComparison.Ordinal).ShouldContain($">{page.Warned[0].Warnings[0]}<");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_agreed_with_a_provider_is_changed_on_its_page_and_holds_from_the_next_call(DatabaseKind kind)
    {
        await using var house = await LineHouse.OpenAsync(kind);
        using var http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = house.Address };
        await http.PostAsync("/demo/sign-in", new FormUrlEncodedContent([new("role", "administrator")]));
        var account = await house.WithDbAsync(db => db.Set<ProviderAccount>().SingleAsync());
        (await house.As().XmlAsync("submit", Sample.Report(email: ""))).ShouldBe(4100, HttpStatusCode.BadRequest);
        var time = new Passing();
        using var node = new ProviderAccounts(house.App.Services, new HouseClock(time));
        var (old, renewed) = (Header("test-pass"), Header("0123456789abcdef"));
        (await node.FindAsync(old, null, CancellationToken.None)).ShouldNotBeNull();

        using var changed = await SendAsync(("password", "0123456789abcdef"), ("callsPerMinute", "1000"), ("uploadMebibytesPerDay", "5"), ("isLenient", "true"));
        (changed.StatusCode, changed.Headers.Location?.OriginalString).ShouldBe((HttpStatusCode.Redirect, $"/intake/providers/{StrongId.Text(account.Id)}"));
        (await house.As().GetAsync("status")).ShouldBe(2000, HttpStatusCode.Unauthorized);
        var provider = house.As(password: "0123456789abcdef");
        (await provider.XmlAsync("submit", Sample.Report(email: ""))).ShouldSucceed();
        var now = await house.WithDbAsync(db => db.Set<ProviderAccount>().AsNoTracking().SingleAsync());
        (now.IsLenient, now.CallsPerMinute, now.UploadBytesPerDay).ShouldBe((true, 1000, 5L << 20));

        // Another node remembers for some seconds whom it knew.
        time.Passed = TimeSpan.FromSeconds(5);
        (await node.FindAsync(old, null, CancellationToken.None)).ShouldBeNull();
        (await node.FindAsync(renewed, null, CancellationToken.None)).ShouldNotBeNull().IsLenient.ShouldBeTrue();

        // What is left empty is agreed no longer, and the password stays.
        using var again = await SendAsync(("password", ""), ("callsPerMinute", ""), ("uploadMebibytesPerDay", ""));
        again.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await provider.XmlAsync("submit", Sample.Report(email: ""))).ShouldBe(4100, HttpStatusCode.BadRequest);
        now = await house.WithDbAsync(db => db.Set<ProviderAccount>().AsNoTracking().SingleAsync());
        (now.IsLenient, now.CallsPerMinute, now.UploadBytesPerDay).ShouldBe((false, null, null));

        using var weak = await SendAsync(("password", "short"));
        weak.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await http.PostAsync("/demo/sign-in", new FormUrlEncodedContent([new("role", "supervisor")]));
        (await http.GetStringAsync($"/intake/providers/{StrongId.Text(account.Id)}")).ShouldNotContain("/change\"");

        async Task<HttpResponseMessage> SendAsync(params (string Name, string Value)[] fields)
        {
            var page = await http.GetStringAsync($"/intake/providers/{StrongId.Text(account.Id)}");
            var form = Regex.Match(page, "<form method=\"post\" action=\"([^\"]+/change)\">(.*?)</form>", RegexOptions.Singleline);
            var token = Regex.Match(form.Groups[2].Value, "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"").Groups[1].Value;
            return await http.PostAsync(form.Groups[1].Value, new FormUrlEncodedContent([new("__RequestVerificationToken", token), .. fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value))]));
        }

        static string Header(string password) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"test-esp:{password}"))}";
    }

    /// <summary>A clock that stands until the test moves it on.</summary>
    private sealed class Passing : TimeProvider
    {
        public TimeSpan Passed { get; set; }
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
        public override long GetTimestamp() => Passed.Ticks;
        public override DateTimeOffset GetUtcNow() => LineHouse.Noon + Passed;
    }

    [Fact]
    public async Task A_refused_account_comes_back_on_its_page_without_the_password()
    {
        await using var house = await LineHouse.OpenAsync();
        using var http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = house.Address };
        await http.PostAsync("/demo/sign-in", new FormUrlEncodedContent([new("role", "administrator")]));
        var token = Regex.Match(await http.GetStringAsync("/intake/providers"), "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"").Groups[1].Value;

        http.DefaultRequestHeaders.Referrer = new Uri(house.Address, "/intake/providers");
        using var refused = await http.PostAsync("/intake/providers", new FormUrlEncodedContent(
            [new("__RequestVerificationToken", token), new("company", "Example Platform"), new("name", "bad name!"), new("password", "a password of many letters"), new("isLenient", "true")]));
        var body = await refused.Content.ReadAsStringAsync();
        (refused.StatusCode, body.Contains("a password of many letters", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.BadRequest, false));
        body.ShouldMatch("<input id=\"password\" name=\"password\" type=\"password\" [^>]*>");
        body.ShouldMatch("id=\"name-fault\">Name has 2 to 64 letters");
        body.ShouldMatch("<input [^>]*name=\"isLenient\"[^>]*checked");
    }

    [Fact]
    public async Task The_button_on_the_page_ends_the_account()
    {
        await using var house = await LineHouse.OpenAsync();
        using var http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = house.Address };
        await http.PostAsync("/demo/sign-in", new FormUrlEncodedContent([new("role", "administrator")]));
        var account = await house.WithDbAsync(db => db.Set<ProviderAccount>().SingleAsync());
        var page = await http.GetStringAsync($"/intake/providers/{StrongId.Text(account.Id)}");
        var form = Regex.Match(page, "<form method=\"post\" action=\"([^\"]+/end)\">(.*?)</form>", RegexOptions.Singleline);
        // What it means is said, and ticked, first: the button alone does nothing in a browser.
        form.Groups[2].Value.ShouldContain($"the name <code>{account.Name}</code> is never given again");
        form.Groups[2].Value.ShouldMatch("<input type=\"checkbox\" name=\"__understood\" [^>]*required");
        var token = Regex.Match(form.Groups[2].Value, "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"").Groups[1].Value;

        using var ended = await http.PostAsync(form.Groups[1].Value, new FormUrlEncodedContent([new("__RequestVerificationToken", token)]));
        ended.StatusCode.ShouldBe(HttpStatusCode.Redirect, await ended.Content.ReadAsStringAsync());
        (await house.As().GetAsync("status")).ShouldBe(2000, HttpStatusCode.Unauthorized);
        (await http.GetStringAsync(ended.Headers.Location)).ShouldNotContain("End this account");
    }

    [Fact]
    public async Task An_id_is_taken_as_pages_show_it_and_as_the_api_writes_it()
    {
        await using var house = await LineHouse.OpenAsync();
        using var http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = house.Address };
        await http.PostAsync("/demo/sign-in", new FormUrlEncodedContent([new("role", "administrator")]));
        var id = (await house.WithDbAsync(db => db.Set<ProviderAccount>().SingleAsync())).Id;
        foreach (var written in new[] { id.ToString("N"), id.ToString("D") })
            (await http.GetStringAsync($"/api/intake/providers/{written}")).ShouldContain("test-esp");
        foreach (var written in new[] { "1", "test-esp", $"{id:N}0" })
            (await http.GetAsync($"/api/intake/providers/{written}")).StatusCode.ShouldBe(HttpStatusCode.BadRequest, written);
    }

    [Fact]
    public async Task The_page_is_there_for_whom_it_is_for()
    {
        await using var house = await LineHouse.OpenAsync();
        using var http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = house.Address };
        foreach (var (role, isFor) in new[] { ("administrator", true), ("national", true), ("supervisor", true), ("officer", false), ("analyst", false) })
        {
            (await http.PostAsync("/demo/sign-in", new FormUrlEncodedContent([new("role", role)]))).EnsureSuccessStatusCode();
            using var list = await http.GetAsync("/intake/providers");
            (list.StatusCode == HttpStatusCode.OK).ShouldBe(isFor, role);
            if (isFor) (await list.Content.ReadAsStringAsync()).ShouldContain("Example Provider (exercise)");
        }
        var account = await house.WithDbAsync(db => db.Set<ProviderAccount>().SingleAsync());
        (await http.PostAsync("/demo/sign-in", new FormUrlEncodedContent([new("role", "administrator")]))).EnsureSuccessStatusCode();
        (await http.GetStringAsync($"/intake/providers/{StrongId.Text(account.Id)}")).ShouldContain("Refused, and why");
    }

    [Fact]
    public async Task The_form_on_the_page_opens_an_account_and_comes_back_with_what_is_wrong()
    {
        await using var house = await LineHouse.OpenAsync();
        using var http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = house.Address };
        await http.PostAsync("/demo/sign-in", new FormUrlEncodedContent([new("role", "administrator")]));
        var token = Regex.Match(await http.GetStringAsync("/intake/providers"), "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"").Groups[1].Value;

        Task<HttpResponseMessage> SendAsync(string name, string password) => http.PostAsync("/intake/providers", new FormUrlEncodedContent(
            [new("__RequestVerificationToken", token), new("name", name), new("company", "Second Provider"), new("password", password), new("callsPerMinute", ""), new("uploadMebibytesPerDay", "5"), new("isLenient", "true")]));

        using var taken = await SendAsync("second-esp", "0123456789abcdef");
        taken.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        taken.Headers.Location!.OriginalString.ShouldMatch("^/intake/providers/[0-9a-f]{32}$");
        (await house.As("second-esp", "0123456789abcdef").GetAsync("status")).ShouldSucceed();
        var account = await house.WithDbAsync(db => db.Set<ProviderAccount>().SingleAsync(row => row.Name == "second-esp"));
        (account.IsLenient, account.CallsPerMinute, account.UploadBytesPerDay).ShouldBe((true, null, 5L << 20));

        using var refused = await SendAsync("third-esp", "short");
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("Password");
    }
}
