using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;
using Homeward.Foundations;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Intake.Providers;
using Homeward.Kernel;
using Homeward.Tests.Support;
using Homeward.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Homeward.Providers.Tests;

/// <summary>A clearing house on a real port, with a clock that the test drives, and a provider who calls it.</summary>
internal sealed class LineHouse : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 5, 12, 0, 0, TimeSpan.Zero);

    /// <summary>SQLite always; PostgreSQL where <c>./test</c> has started one.</summary>
    public static TheoryData<DatabaseKind> Databases =>
        Environment.GetEnvironmentVariable("HOMEWARD_TEST_POSTGRES") is null ? [DatabaseKind.Sqlite] : [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    private readonly string? _folder;
    private readonly string? _postgres;
    private readonly HttpClient _http;

    /// <summary>Where a house is put up that is not an ordinary one.</summary>
    /// <param name="Folder">In place of a new one; it stays when the house is gone.</param>
    /// <param name="Postgres">Connection string of an empty database; null for what the kind says.</param>
    /// <param name="IsDriven">Whether the test drives the clock; else the house's own clockwork runs.</param>
    public sealed record Site(
        string? Folder = null, string? Postgres = null, bool IsDriven = true, Func<HouseOptions, HouseOptions>? Change = null);

    private LineHouse(WebApplication app, string? folder, string? postgres)
    {
        (App, _folder, _postgres) = (app, folder, postgres);
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(app.Urls.First()) };
    }

    public WebApplication App { get; }
    public HouseClock Clock => App.Services.GetRequiredService<HouseClock>();
    public HouseOptions Options => App.Services.GetRequiredService<HouseOptions>();
    public Uri Address => _http.BaseAddress!;
    public string BlobFolder => Options.BlobFolder;

    public static async Task<LineHouse> OpenAsync(DatabaseKind kind = DatabaseKind.Sqlite, ClearingHouseOptions? line = null, Site? site = null)
    {
        site ??= new Site();
        var folder = site.Folder ?? Directory.CreateTempSubdirectory("homeward-line-").FullName;
        string? name = null;
        var target = DatabaseTarget.Parse(site.Postgres ?? Path.Combine(folder, "house.db"));
        if (kind == DatabaseKind.Postgres && site.Postgres is null)
        {
            name = "l_" + Guid.CreateVersion7().ToString("n");
            await ExecuteAsync($"CREATE DATABASE \"{name}\"");
            target = DatabaseTarget.Parse(new NpgsqlConnectionStringBuilder(Admin) { Database = name }.ConnectionString);
        }
        var options = new HouseOptions(target, Path.Combine(folder, "keys"), Seed: null, Exercise: true, Demo: true,
            target.IsSqlite ? "Homeward.Migrations.Sqlite" : "Homeward.Migrations.Postgres") { ClearingHouse = line ?? new ClearingHouseOptions(TestAccount: true) };
        var app = HomewardWeb.Build(site.Change?.Invoke(options) ?? options, Line.Stages, "http://127.0.0.1:0", site.IsDriven ? LogLevel.Error : LogLevel.Critical);
        if (site.IsDriven) app.Services.GetRequiredService<HouseClock>().DriveTo(Noon);
        await using (var scope = app.Services.CreateAsyncScope()) await scope.ServiceProvider.GetRequiredService<HomewardDb>().Database.EnsureCreatedAsync();
        await app.StartAsync();
        return new LineHouse(app, site.Folder is null ? folder : null, name);
    }

    private static string Admin => Environment.GetEnvironmentVariable("HOMEWARD_TEST_POSTGRES")!;

    /// <param name="server">In place of the one of the tests.</param>
    public static async Task ExecuteAsync(string sql, string? server = null)
    {
        await using var source = NpgsqlDataSource.Create(server ?? Admin);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> WithDbAsync<T>(Func<HomewardDb, Task<T>> read)
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<HomewardDb>());
    }

    public async Task AddAccountAsync(string name, string password, bool isLenient = false, int? callsPerMinute = null, long? uploadBytesPerDay = null) =>
        await WithDbAsync(async db =>
        {
            db.Add(new ProviderAccount
            {
                Id = App.Services.GetRequiredService<IIdSource>().Next(), Name = name, Company = $"Company of {name}", Secret = Passwords.Keep(password),
                IsLenient = isLenient, CallsPerMinute = callsPerMinute, UploadBytesPerDay = uploadBytesPerDay, FromAt = Clock.GetUtcNow(),
            });
            return await db.SaveChangesAsync();
        });

    /// <summary>Lets time pass without anything happening by itself.</summary>
    public void Wait(TimeSpan time) => Clock.DriveTo(Clock.GetUtcNow() + time);

    /// <summary>Runs the schedules, then what acts left behind.</summary>
    public async Task TurnAsync()
    {
        await App.Services.GetRequiredService<Timetable>().RunDueAsync(CancellationToken.None);
        await App.Services.GetRequiredService<Courier>().DeliverDueAsync(CancellationToken.None);
    }

    public Provider As(string name = "test-esp", string password = "test-pass") => new(_http, name, password);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        if (_postgres is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await ExecuteAsync($"DROP DATABASE \"{_postgres}\" WITH (FORCE)");
        }
        else Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (_folder is not null) Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>An empty database of its own on the server of the tests.</summary>
internal sealed class LineDatabase : IAsyncDisposable
{
    private readonly string _name = "l_" + Guid.CreateVersion7().ToString("n");

    public string Connection => new NpgsqlConnectionStringBuilder(Environment.GetEnvironmentVariable("HOMEWARD_TEST_POSTGRES")) { Database = _name }.ConnectionString;

    public static async Task<LineDatabase> CreateAsync()
    {
        var made = new LineDatabase();
        await LineHouse.ExecuteAsync($"CREATE DATABASE \"{made._name}\"");
        return made;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await LineHouse.ExecuteAsync($"DROP DATABASE \"{_name}\" WITH (FORCE)");
    }
}

/// <summary>What came back, taken apart as clients do.</summary>
internal sealed record Reply(HttpStatusCode Status, string Root, int Code, string? Description, string? ReportId, string? FileId, string? Hash, IReadOnlyList<string> Files, string RequestId, string Body)
{
    public static async Task<Reply> ReadAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/xml", body);
        var id = response.Headers.GetValues("Request-ID").Single();
        id.ShouldNotBeEmpty();
        var root = XDocument.Parse(body).Root!;
        return new(response.StatusCode, root.Name.LocalName, int.Parse(root.Element("responseCode")!.Value, CultureInfo.InvariantCulture), root.Element("responseDescription")?.Value,
            root.Element("reportId")?.Value, root.Element("fileId")?.Value, root.Element("hash")?.Value,
            [.. root.Element("files")?.Elements("fileId").Select(file => file.Value) ?? []], id, body);
    }

    public Reply ShouldBe(int code, HttpStatusCode status)
    {
        (Code, Status).ShouldBe((code, status), Body);
        return this;
    }

    public Reply ShouldSucceed() => ShouldBe(0, HttpStatusCode.OK);
}

/// <summary>A provider's program.</summary>
internal sealed class Provider(HttpClient http, string name, string password)
{
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string call, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, $"/ispws/{call}") { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));
        return await http.SendAsync(request);
    }

    public async Task<Reply> PostAsync(string call, HttpContent? content)
    {
        using var response = await SendAsync(HttpMethod.Post, call, content);
        return await Reply.ReadAsync(response);
    }

    public async Task<Reply> GetAsync(string call)
    {
        using var response = await SendAsync(HttpMethod.Get, call);
        return await Reply.ReadAsync(response);
    }

    public Task<Reply> XmlAsync(string call, string xml, string contentType = "text/xml; charset=utf-8") => BytesAsync(call, Encoding.UTF8.GetBytes(xml), contentType);

    public Task<Reply> BytesAsync(string call, byte[] bytes, string contentType = "text/xml; charset=utf-8")
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return PostAsync(call, content);
    }

    public async Task<string> OpenAsync(string? xml = null) => (await XmlAsync("submit", xml ?? Sample.Report())).ShouldSucceed().ReportId!;

    public Task<Reply> UploadAsync(string number, byte[] bytes, string fileName = "sample.bin") =>
        PostAsync("upload", new MultipartFormDataContent { { new StringContent(number), "id" }, { new ByteArrayContent(bytes), "file", fileName } });

    public Task<Reply> FinishAsync(string number) => PostAsync("finish", new FormUrlEncodedContent([new("id", number)]));
    public Task<Reply> RetractAsync(string number) => PostAsync("retract", new FormUrlEncodedContent([new("id", number)]));
}

/// <summary>Neutral documents, as the public documentation shapes them.</summary>
internal static class Sample
{
    public const string Incident = "2026-03-04T10:15:00-05:00";

    public static string Report(
        string head = "", string summary = "", string at = Incident, string details = "<internetDetails><webPageIncident><url>https://example.com/item/1</url></webPageIncident></internetDetails>",
        string email = "<email>reporter@example.com</email>", string person = "<espIdentifier>acct-0001</espIdentifier><screenName>sample-user</screenName>", string rest = "", string platform = "Example Marketplace") =>
        $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <report xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="https://report.cybertip.org/ispws/xsd">{head}
          <incidentSummary><incidentType>Child Sex Trafficking</incidentType><platform>{platform}</platform>{summary}<incidentDateTime>{at}</incidentDateTime></incidentSummary>
          {details}
          <reporter><reportingPerson><firstName>Test</firstName><lastName>Reporter</lastName>{email}</reportingPerson></reporter>
          <personOrUserReported>{person}</personOrUserReported>
          {rest}
        </report>
        """;

    public static string Batched(string rest = "") => Report(
        head: "<batchedReport reason=\"VIRAL_POTENTIAL_MEME\"/>", details: "", person: "<espIdentifier>acct-0001</espIdentifier>",
        rest: "<personOrUserReported><espIdentifier>acct-0002</espIdentifier></personOrUserReported>" + rest);

    public static string File(string report, string file, string rest = "") => $"<fileDetails><reportId>{report}</reportId><fileId>{file}</fileId>{rest}</fileDetails>";
}
