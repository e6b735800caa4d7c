using Homeward.Foundations.Access;
using Homeward.Foundations.Pages;
using Homeward.Foundations.Places;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Homeward.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Web.Layout;

/// <summary>The initiative that runs now, for the header: a few seconds old at most.</summary>
public sealed class InitiativeDay(IServiceProvider services, HouseClock clock)
{
    private static readonly TimeSpan _keptFor = TimeSpan.FromSeconds(5);
    private (DateTimeOffset At, InitiativeGist? Gist) _kept = (DateTimeOffset.MinValue, null);

    public async Task<InitiativeGist?> CurrentAsync(CancellationToken cancel)
    {
        var (at, gist) = _kept;
        if (clock.RealNow - at < _keptFor) return gist;
        await using var scope = services.CreateAsyncScope();
        if (scope.ServiceProvider.GetService<IOperations>() is { } operations)
            gist = await operations.CurrentAsync(scope.ServiceProvider.GetRequiredService<HomewardDb>(), cancel);
        _kept = (clock.RealNow, gist);
        return gist;
    }

    /// <summary>"day 12 of 31" on the wall calendar of the viewer's office; "begins in 3 days", "ended 2 days ago" outside of it.</summary>
    public static string DayWords(InitiativeGist initiative, DateTimeOffset now, Actor viewer)
    {
        var today = Zones.LocalDay(now, ViewerZone.Of(viewer));
        var length = initiative.To.DayNumber - initiative.From.DayNumber + 1;
        var day = today.DayNumber - initiative.From.DayNumber + 1;
        if (day < 1) return day == 0 ? "begins tomorrow" : $"begins in {1 - day} days";
        if (day <= length) return $"day {day} of {length}";
        return day - length == 1 ? "ended yesterday" : $"ended {InstantWords.Day(initiative.To)}";
    }
}
