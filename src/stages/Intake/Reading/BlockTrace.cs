using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Homeward.Foundations.Access;
using Homeward.Intake.Model;

namespace Homeward.Intake.Reading;

/// <summary>What the trace says of a block of originals: that it was stored and with what, and that it went.</summary>
/// <remarks>
/// A report's row says the hash of its original; who changes both is told by the trace, whose entry holds a hash over the rows
/// of a block as they were stored. One entry for each block: its reports name it, so that the trace of a bulk import leads to
/// every one of them. docs/decisions/0022.
/// </remarks>
internal static class BlockTrace
{
    public const string Subject = "original-block";
    /// <summary>With this begins what is said of a block that was stored.</summary>
    public const string StoredWord = "reports=";
    public const string WentWord = "gone";

    private const string HashWord = ";sha256=";

    /// <param name="held">Each with the block in which it lies now; those of a block in the order in which they lie there.</param>
    public static void Stored(Act act, IEnumerable<(Guid Block, ReportVersion Report)> held)
    {
        foreach (var block in held.GroupBy(one => one.Block, one => (one.Report.Number, one.Report.Version, one.Report.Sha256)))
            act.Trace(Subject, block.Key, string.Create(CultureInfo.InvariantCulture, $"{StoredWord}{block.Count()}{HashWord}{HashOf(block)}"));
    }

    public static void Went(Act act, IEnumerable<Guid> blocks)
    {
        foreach (var block in blocks) act.Trace(Subject, block, WentWord);
    }

    /// <summary>SHA-256 over a line <c>number version sha256</c> for each version in a block, in the order in which they lie there.</summary>
    public static string HashOf(IEnumerable<(string Number, int Version, string Sha256)> held)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (number, version, sha256) in held)
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{number} {version} {sha256}\n")));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>How many a block held when it was stored, and the hash over them; null where the entry says none.</summary>
    public static (int Reports, string Sha256)? Read(string codes) =>
        codes.StartsWith(StoredWord, StringComparison.Ordinal) && codes[StoredWord.Length..].Split(HashWord) is [var count, var sha256]
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var reports)
            ? (reports, sha256)
            : null;
}
