using System.Net.Sockets;
using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Homeward.Web.Api;
using Homeward.Web.Layout;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Homeward.Web;

/// <summary>Puts the house on the web: pages, API, health. It holds nothing of a stage.</summary>
public static class HomewardWeb
{
    public const string SessionCookie = "homeward";

    /// <param name="urls">Where to listen, parted by semicolons; port 0 takes a free one.</param>
    public static WebApplication Build(HouseOptions options, IReadOnlyList<IStage> stages, string urls, LogLevel logLevel)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelHttpsConfiguration().UseUrls(urls);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        // A few kilobytes for each connection that waits: else each request is asked for twice.
        builder.WebHost.UseSockets(sockets => sockets.WaitForDataBeforeAllocatingBuffer = false);
        builder.Logging.ClearProviders().AddSimpleConsole().SetMinimumLevel(logLevel)
            .AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Error).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
            .AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error)
            // Why it did not start is thrown too, and told by who starts it; why it stopped by itself is critical.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        // Standard output belongs to the command's answer.
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console =>
            console.LogToStandardErrorThreshold = LogLevel.Trace);

        builder.Services.AddHomeward(options, stages);
        builder.Services.AddRazorComponents();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddAntiforgery(antiforgery => antiforgery.Cookie.Name = "homeward-form");
        builder.Services.AddDataProtection().SetApplicationName("homeward")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(options.KeyFolder, "data-protection")));
        builder.Services.AddAuthentication(Session.Scheme).AddCookie(Session.Scheme, cookie =>
        {
            cookie.Cookie.Name = SessionCookie;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.HttpOnly = true;
            cookie.ExpireTimeSpan = TimeSpan.FromMinutes(30);   // idle at most 30 minutes
            cookie.SlidingExpiration = true;
            cookie.LoginPath = "/sign-in";
            // A session idles in real time: a scenario that drives the house's clock through a month must not end it.
            cookie.TimeProvider = TimeProvider.System;
            // A page that refreshes itself is nobody at the desk: the session still runs out.
            cookie.Events.OnCheckSlidingExpiration = check =>
            {
                if (check.HttpContext.Request.Headers.ContainsKey("X-Homeward-Live")) check.ShouldRenew = false;
                return Task.CompletedTask;
            };
        });
        builder.Services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            // Something one has and something one knows or is: both in one gesture (AAL2, R-61); and no name is typed that somebody could try.
            (passkeys.UserVerificationRequirement, passkeys.ResidentKeyRequirement) = ("required", "required");
        });
        builder.Services.AddScoped<IPasskeyHandler<User>, PasskeyHandler<User>>();
        builder.Services.AddScoped<Ceremony>();
        builder.Services.AddScoped<FailedSignatures>();
        builder.Services.AddSingleton<TriesTold>();
        builder.Services.AddScoped<Invited>();
        builder.Services.AddApiDocument();
        var assets = StaticAssets.Find();
        builder.Services.AddSingleton(assets);
        builder.Services.AddSingleton<RailCounts>();
        builder.Services.AddSingleton<Rail>();
        builder.Services.AddSingleton<InitiativeDay>();
        builder.Services.AddHostedService<Clockwork>();

        var app = builder.Build();
        app.UseCallersBehindProxy();
        // With a scope of its own: the page that failed has used up the request's, and a second page cannot begin in it.
        app.UseExceptionHandler("/status/500", createScopeForErrors: true);
        app.Use(SecurityHeadersAsync);
        app.UseStaticAssets(assets);
        app.UseStatusCodePagesWithReExecute("/status/{0}", createScopeForStatusCodePages: true);
        app.Use(ShowStatusByGetAsync);
        app.Use(ProgramAnswers.AnswerAsync);
        app.Use(StorageAnswers.AnswerAsync);
        app.Use(RefusedSendings.AnswerAsync);
        app.UseRouting();
        app.UseAuthentication();
        app.Use(LoadActorAsync);
        app.Use(GuardPagesAsync);
        app.Use(CheckAddressAsync);
        app.UseAntiforgery();

        app.MapUseCases();
        foreach (var door in app.Services.GetServices<IForeignDoor>()) door.Map(app);
        app.MapSignIn(options);
        app.MapHealth();
        app.MapApiDocument();
        app.MapRazorComponents<App>().AddAdditionalAssemblies([.. stages.Select(stage => stage.GetType().Assembly)])
            .Add(endpoint =>
            {
                if (endpoint.Metadata.OfType<ComponentTypeMetadata>().FirstOrDefault() is not { } page) return;
                if (page.Type.GetCustomAttributes(typeof(Foundations.Pages.NeedsAttribute), inherit: true)
                    .OfType<Foundations.Pages.NeedsAttribute>().FirstOrDefault() is { } needs)
                    endpoint.Metadata.Add(new NeedsAction(needs.Action));
                // A page only shows. Its forms post to use cases, often at the page's own path: two endpoints for one POST are an error.
                foreach (var methods in endpoint.Metadata.OfType<IHttpMethodMetadata>().ToList()) endpoint.Metadata.Remove(methods);
                endpoint.Metadata.Add(new HttpMethodMetadata([HttpMethods.Get]));
            });
        return app;
    }

    private static Task SecurityHeadersAsync(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy =
            "default-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'; form-action 'self'; img-src 'self' data:";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        // What a person may see today a stranger must not find in the browser's store tomorrow.
        headers.CacheControl = "no-store";
        return next(http);
    }

    /// <summary>What went wrong with a form that was sent is shown by a page, and pages answer GET.</summary>
    /// <remarks>The page is looked for before anything of ours runs again: so the request becomes a look where it fails, and not where it is shown.</remarks>
    private static async Task ShowStatusByGetAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch
        {
            http.Request.Method = HttpMethods.Get;
            throw;
        }
        if (!http.Response.HasStarted && http.Response.StatusCode >= StatusCodes.Status400BadRequest) http.Request.Method = HttpMethods.Get;
    }

    private static async Task LoadActorAsync(HttpContext http, RequestDelegate next)
    {
        if (http.User.Identity?.IsAuthenticated == true && !StorageAnswers.IsKnown(http))
            await Session.LoadAsync(http, http.RequestServices.GetRequiredService<HomewardDb>(), http.RequestServices.GetRequiredService<HouseClock>());
        await next(http);
    }

    /// <summary>Pages that name an action are for those whose role has it; the rest is told so, and the try is traced.</summary>
    private static async Task GuardPagesAsync(HttpContext http, RequestDelegate next)
    {
        var endpoint = http.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<ComponentTypeMetadata>() is null
            || endpoint.Metadata.GetMetadata<NeedsAction>() is not { } needs)
        {
            await next(http);
            return;
        }
        if (http.Actor() is not { } actor)
        {
            http.Response.Redirect("/sign-in?next=" + Uri.EscapeDataString(http.Request.Path + http.Request.QueryString));
            return;
        }
        var desk = http.RequestServices.GetRequiredService<Desk>();
        if (desk.Allows(actor, needs.Action))
        {
            await next(http);
            return;
        }
        await desk.RefusePageAsync(actor, needs.Action, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
    }

    /// <summary>A mistyped address of a page is answered as one, to whom the page is open.</summary>
    private static Task CheckAddressAsync(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not { } page || MisreadAddress.In(http.Request.Query, page.Type) is not { } misread) return next(http);
        http.Features.Set(misread);
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }

    /// <summary>True when the fault is a port that somebody else has.</summary>
    public static bool IsPortInUse(Exception fault) =>
        fault is IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse };
}
