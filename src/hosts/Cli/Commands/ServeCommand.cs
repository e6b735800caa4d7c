using System.CommandLine;
using Homeward.Foundations;
using Homeward.Foundations.SigningIn;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Homeward.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Homeward.Cli.Commands;

/// <summary><c>homeward serve</c>: the web application and its API over one database.</summary>
internal static class ServeCommand
{
    private static readonly Option<string> _urls = Common.Urls();
    private static readonly Option<bool> _demo = new("--demo")
    {
        Description = "Anybody may sign in as a role; pages carry EXERCISE. Never with real data.",
    };
    private static readonly Option<string[]> _profile = new("--profile")
    {
        Description = "clearing-house: takes reports from providers; law-enforcement: never does. --demo is a clearing house unless this says otherwise.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(Profiles.Variable)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
    };
    private static readonly Option<string> _path = new("--providers-at")
    {
        Description = "Where the providers' endpoint stands.", DefaultValueFactory = _ => new ClearingHouseOptions().Path,
    };

    public static Command Build() => new Command("serve", "Serve the pages and the API. Example: homeward serve --demo") { _urls, _demo, _profile, _path }
        .Does(async (parsed, answer, cancel) =>
        {
            if (BehindProxy.Misread() is { } misread) return answer.Refuse(misread);
            var demo = parsed.GetValue(_demo);
            var urls = parsed.GetValue(_urls)!;
            var profiles = parsed.GetValue(_profile)!;
            if (!Profiles.Read(profiles, parsed.GetValue(_path)!, demo).TryGet(out var clearingHouse, out var unfit)) return answer.Refuse(unfit);
            var options = House.Options(parsed.GetValue(Common.Database), exercise: demo, demo: demo) with { ClearingHouse = clearingHouse, AdoptsKeys = true };
            if (!(await PutUpAsync(options, urls, cancel)).TryGet(out var house, out var problem)) return answer.Refuse(problem);
            await using var app = house;
            if (await Profiles.KeepAsync(app.Services, profiles, clearingHouse is not null, cancel) is { } refused) return answer.Refuse(refused);
            if (await app.Services.GetRequiredService<Database>().ForgettingAsync(cancel) is { Count: > 0 } forgetting)
            {
                var told = $"The database runs with {string.Join(", ", forgetting)}: what it calls stored does not outlive a power cut.";
                // A receipt says that a report is safe: a clearing house gives none that may be untrue.
                if (clearingHouse is not null && !demo) return answer.Refuse(Exit.Fault, "database-forgets", told, "Turn them on in postgresql.conf.");
                answer.Tell($"{told} Turn them on in postgresql.conf, unless everything here can be made again.");
            }
            var isExercise = await DemoDatabase.IsExerciseAsync(app.Services, cancel);
            if (demo && !isExercise) answer.Tell($"{options.Database.Shown} holds what no exercise made. It is served as one and stays what it is. Never serve real data so.");
            if (Examination.HolderKey(options, isExercise) is { } lies) answer.Tell($"{lies} {Examination.HolderKeyMend}");
            try
            {
                await app.StartAsync(cancel);
            }
            catch (Exception fault) when (HomewardWeb.IsPortInUse(fault))
            {
                // What began beside the port ends before its house does.
                await app.StopAsync(CancellationToken.None);
                return answer.Refuse(Exit.Fault, "port-in-use", $"Somebody else listens at {urls}.", "Choose another with --urls http://127.0.0.1:PORT");
            }
            answer.Tell($"Homeward serves at {string.Join(", ", app.Urls)}. Ctrl-C ends it.");
            if (!demo && !await HasPasskeysAsync(app.Services, cancel)) answer.Tell("Nobody can sign in yet. Invite the first administrator: homeward invite \"A. Name\" --address https://the-name-of-this-house");
            var ended = new TaskCompletionSource();
            await using var registration = cancel.Register(ended.SetResult);
            await ended.Task;
            await app.StopAsync(CancellationToken.None);
            await House.SignOffAsync(app.Services, answer, CancellationToken.None);
            return answer.Refuse(Exit.Interrupted, "interrupted", "Ended as asked. What was acknowledged stands.");
        });

    private static async Task<bool> HasPasskeysAsync(IServiceProvider house, CancellationToken cancel)
    {
        await using var scope = house.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<HomewardDb>().Set<Passkey>().AnyAsync(cancel);
    }

    /// <summary>As <see cref="House.OpenAsync"/>: one that says that it is an exercise is served as such, with or without the demo's door.</summary>
    private static async Task<Result<WebApplication>> PutUpAsync(HouseOptions options, string urls, CancellationToken cancel)
    {
        var app = HomewardWeb.Build(options, Line.Stages, urls, LogLevel.Warning);
        var prepared = await app.Services.GetRequiredService<Database>().PrepareAsync(cancel);
        if (prepared.TryGet(out _, out var problem))
        {
            if (options.Demo) await DemoDatabase.MarkIfEmptyAsync(app.Services, cancel);
            if (options.Exercise || !await DemoDatabase.IsExerciseAsync(app.Services, cancel)) return app;
        }
        await app.DisposeAsync();
        return problem ?? await PutUpAsync(options with { Exercise = true }, urls, cancel);
    }
}
