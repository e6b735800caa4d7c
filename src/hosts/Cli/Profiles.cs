using Homeward.Foundations;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Cli;

/// <summary>Who runs this house. The law sends providers to the clearing house (18 USC 2258A); police get reports from there and from nobody else.</summary>
internal static class Profiles
{
    public const string ClearingHouse = "clearing-house";
    public const string LawEnforcement = "law-enforcement";
    /// <summary>For those who start the house without a command line of their own.</summary>
    public const string Variable = "HOMEWARD_PROFILE";
    private const string Mark = "profile";

    private static Problem Refused { get; } = Problem.Of(
        "profile-refused", "A law-enforcement deployment takes no reports from providers: by 18 USC 2258A they go to the clearing house.",
        $"Leave out {ClearingHouse}, or serve it from another database that no agency works in.");

    /// <param name="words">The profiles that were asked for; none is allowed.</param>
    /// <returns>How the house receives providers' reports, null when it does not; or why not.</returns>
    public static Result<ClearingHouseOptions?> Read(IReadOnlyList<string> words, string path, bool demo)
    {
        if (words.FirstOrDefault(word => word is not (ClearingHouse or LawEnforcement)) is { } unknown)
            return Problem.Of("profile-unknown", $"\"{unknown}\" is no profile.", $"Known are {ClearingHouse} and {LawEnforcement}.");
        if (words.Contains(ClearingHouse) && words.Contains(LawEnforcement)) return Refused;
        if (!words.Contains(ClearingHouse) && (!demo || words.Contains(LawEnforcement))) return (ClearingHouseOptions?)null;
        if (!path.StartsWith('/') || path.Trim('/').Length == 0 || path.AsSpan().ContainsAny("{}? #"))
            return Problem.Of("path-unfit", $"\"{path}\" is no path for the providers' endpoint.", "Write it as /ispws.");
        return new ClearingHouseOptions(path, TestAccount: demo);
    }

    /// <summary>What a database was once served as it stays: an agency's never becomes a clearing house's by a flag.</summary>
    /// <returns>Why it cannot be served so; null when it can, and then it is remembered.</returns>
    public static async Task<Problem?> KeepAsync(IServiceProvider house, IReadOnlyList<string> words, bool isClearingHouse, CancellationToken cancel)
    {
        await using var scope = house.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
        if (await db.MarkAsync(Mark, cancel) == LawEnforcement && isClearingHouse) return Refused;
        if (words.Contains(LawEnforcement)) await db.KeepMarkAsync(Mark, LawEnforcement, cancel);
        return null;
    }
}
