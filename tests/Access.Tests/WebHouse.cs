using System.Net;
using System.Net.Http.Headers;
using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.SigningIn;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Homeward.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Homeward.Access.Tests;

/// <summary>The whole house on the web, on a free port and an empty SQLite database, with a person in each role at each place.</summary>
public sealed class WebHouse : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("homeward-access-").FullName;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly Dictionary<UserId, string> _cookies = [];
    private readonly Faults _faults = new();
    private WebApplication? _app;

    public WebApplication App => _app ?? throw new InvalidOperationException("the house is not open");

    public string BlobFolder => App.Services.GetRequiredService<HouseOptions>().BlobFolder;

    /// <summary>The last thing that fell over, for the message of the test that meets it.</summary>
    public string LastFault => _faults.Last;

    /// <summary>Everything that can be reached, pages included.</summary>
    public IReadOnlyList<RouteEndpoint> Endpoints =>
        [.. App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    public async ValueTask InitializeAsync()
    {
        var options = new HouseOptions(
            DatabaseTarget.Parse(Path.Combine(_folder, "house.db")), Path.Combine(_folder, "keys"), Seed: 1, Exercise: true, Demo: true,
            "Homeward.Migrations.Sqlite");
        _app = HomewardWeb.Build(options, Line.Stages, "http://127.0.0.1:0", LogLevel.Error);
        _app.Services.GetRequiredService<ILoggerFactory>().AddProvider(_faults);
        // The clockwork rests while the clock is driven: nothing happens here but what a test asks for.
        _app.Services.GetRequiredService<HouseClock>().DriveTo(new DateTimeOffset(2019, 7, 1, 12, 0, 0, TimeSpan.Zero));
        await using (var scope = _app.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<HomewardDb>().Database.EnsureCreatedAsync();
        await _app.StartAsync();
        _http.BaseAddress = new Uri(_app.Urls.First());
    }

    /// <summary>A person who is let in, with the cookie that signing in would give.</summary>
    /// <param name="signedIn">How long ago.</param>
    public async Task<Actor> PersonAsync(Role role, string? office, string? taskForce, string? agency, TimeSpan signedIn = default)
    {
        await using var scope = App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
        var user = new User
        {
            Id = App.Services.GetRequiredService<IIdSource>().Next<UserId>(), Name = $"Invented {role}", Role = role, OfficeCode = office,
            TaskForce = taskForce, AgencyOri = agency, FromAt = App.Services.GetRequiredService<HouseClock>().GetUtcNow(),
        };
        var session = App.Services.GetRequiredService<IIdSource>().Next<SessionId>();
        db.Add(user);
        db.Add(new SignedIn { Id = session, UserId = user.Id, BeganAt = user.FromAt });
        await db.SaveChangesAsync();
        var cookies = App.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(Session.Scheme);
        var ticket = new AuthenticationTicket(Session.PrincipalOf(user, session, App.Services.GetRequiredService<HouseClock>().RealNow - signedIn), Session.Scheme);
        _cookies[user.Id] = $"{cookies.Cookie.Name}={cookies.TicketDataFormat.Protect(ticket)}";
        return user.AsActor();
    }

    /// <summary>With what a proxy or a browser says of the call.</summary>
    public async Task<HttpResponseMessage> SayAsync(Actor? actor, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (actor is not null) request.Headers.Add("Cookie", _cookies[actor.Id]);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return await _http.SendAsync(request);
    }

    /// <param name="json">The body; none when null.</param>
    public async Task<(HttpStatusCode Status, Uri? Location)> AskAsync(Actor? actor, string method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (actor is not null) request.Headers.Add("Cookie", _cookies[actor.Id]);
        if (json is not null) request.Content = new StringContent(json, new MediaTypeHeaderValue("application/json"));
        using var response = await _http.SendAsync(request);
        return (response.StatusCode, response.Headers.Location);
    }

    /// <summary>Sends a form as a browser would, with the token of the page at the same address; without it when <paramref name="page"/> is null.</summary>
    public async Task<(HttpStatusCode Status, Uri? Location, string Body)> SendAsync(Actor actor, string? page, string path, Func<string, HttpContent> form, string accept = "*/*")
    {
        var (cookie, token) = page is null ? (_cookies[actor.Id], "") : await OpenAsync(actor, page);
        return await PressAsync(cookie, page, path, form(token), accept);
    }

    /// <summary>As a double press does: the same form of the same page, twice at once.</summary>
    public async Task<(HttpStatusCode Status, Uri? Location, string Body)[]> SendTwiceAsync(Actor actor, string page, string path, Func<string, HttpContent> form)
    {
        var (cookie, token) = await OpenAsync(actor, page);
        return await Task.WhenAll(PressAsync(cookie, page, path, form(token)), PressAsync(cookie, page, path, form(token)));
    }

    /// <returns>The cookies and the form's token that the page gives out.</returns>
    private async Task<(string Cookie, string Token)> OpenAsync(Actor actor, string page)
    {
        using var look = new HttpRequestMessage(HttpMethod.Get, page);
        look.Headers.Add("Cookie", _cookies[actor.Id]);
        using var shown = await _http.SendAsync(look);
        var body = await shown.Content.ReadAsStringAsync();
        const string Mark = "name=\"__RequestVerificationToken\" value=\"";
        var at = body.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length;
        return ($"{_cookies[actor.Id]}; {string.Join("; ", shown.Headers.GetValues("Set-Cookie").Select(one => one.Split(';')[0]))}", body[at..body.IndexOf('"', at)]);
    }

    private async Task<(HttpStatusCode Status, Uri? Location, string Body)> PressAsync(string cookie, string? page, string path, HttpContent form, string accept = "*/*")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = form };
        request.Headers.Add("Cookie", cookie);
        request.Headers.Accept.ParseAdd(accept);
        if (page is not null) request.Headers.Referrer = new Uri(_http.BaseAddress!, page);
        using var response = await _http.SendAsync(request);
        return (response.StatusCode, response.Headers.Location, await response.Content.ReadAsStringAsync());
    }

    /// <summary>What is answered, as text.</summary>
    /// <param name="json">Sent by POST; looked at by GET when null.</param>
    public async Task<(HttpStatusCode Status, string Body)> ReadAsync(Actor? actor, string path, string accept, string? json = null)
    {
        using var request = new HttpRequestMessage(json is null ? HttpMethod.Get : HttpMethod.Post, path);
        if (actor is not null) request.Headers.Add("Cookie", _cookies[actor.Id]);
        if (json is not null) request.Content = new StringContent(json, new MediaTypeHeaderValue("application/json"));
        request.Headers.Accept.ParseAdd(accept);
        using var response = await _http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
        Directory.Delete(_folder, recursive: true);
    }

    private sealed class Faults : ILoggerProvider, ILogger
    {
        public string Last { get; private set; } = "";
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;
        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (exception is not null) Last = string.Join(" ", exception.ToString().Split('\n').Take(6));
        }
        public void Dispose() { }
    }
}
