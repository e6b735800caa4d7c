using System.CommandLine;
using Homeward.Foundations.Storage;
using Homeward.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Homeward.Cli.Commands;

/// <summary><c>homeward serve</c>: the web application and its API over one database.</summary>
internal static class ServeCommand
{
    public const string DefaultUrls = "http://127.0.0.1:5080";
    private static readonly Option<string> _urls = new("--urls")
    {
        Description = "Where to listen, parted by semicolons.", DefaultValueFactory = _ => DefaultUrls,
    };
    private static readonly Option<bool> _demo = new("--demo")
    {
        Description = "Anybody may sign in as a role; pages carry EXERCISE. Never with real data.",
    };

    public static Command Build() => new Command("serve", "Serve the pages and the API. Example: homeward serve --demo") { _urls, _demo }
        .Does(async (parsed, answer, cancel) =>
        {
            var demo = parsed.GetValue(_demo);
            var urls = parsed.GetValue(_urls)!;
            await using var app = HomewardWeb.Build(
                House.Options(parsed.GetValue(Common.Database), exercise: demo, demo: demo), Line.Stages, urls, LogLevel.Warning);
            var prepared = await app.Services.GetRequiredService<Database>().PrepareAsync(cancel);
            if (!prepared.TryGet(out _, out var problem)) return answer.Refuse(problem);
            try
            {
                await app.StartAsync(cancel);
            }
            catch (Exception fault) when (HomewardWeb.IsPortInUse(fault))
            {
                return answer.Refuse(Exit.Fault, "port-in-use", $"Somebody else listens at {urls}.", "Choose another with --urls http://127.0.0.1:PORT");
            }
            answer.Tell($"Homeward serves at {string.Join(", ", app.Urls)}. Ctrl-C ends it.");
            var ended = new TaskCompletionSource();
            await using var registration = cancel.Register(ended.SetResult);
            await ended.Task;
            await app.StopAsync(CancellationToken.None);
            return Exit.Interrupted;
        });
}
