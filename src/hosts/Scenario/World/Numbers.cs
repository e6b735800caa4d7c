using System.Globalization;
using Homeward.Kernel;

namespace Homeward.Scenario.World;

/// <summary>Numbers of records that look drawn at random and never meet: each index has one, and tells nothing of it.</summary>
internal static class Numbers
{
    // A prime below 900 million: multiplying by anything that is no multiple of it only reorders the range.
    private const ulong Prime = 899_999_963;

    private static ulong Of(Dice dice, string kind, long index)
    {
        Ensure.That(index >= 0 && index < (long)Prime);
        var (factor, offset) = (1 + (dice.Bits(kind) % (Prime - 1)), dice.Bits(kind + " offset") % Prime);
        return 100_000_000 + ((((ulong)index * factor) + offset) % Prime);
    }

    /// <summary>A CyberTipline number: nine digits.</summary>
    public static string Report(Dice dice, long index) => Of(dice, "report", index).ToString(CultureInfo.InvariantCulture);

    /// <summary>An NIC number: M and nine digits.</summary>
    public static string Nic(Dice dice, long index) => $"M{Of(dice, "nic", index).ToString(CultureInfo.InvariantCulture)}";

    /// <summary>A number at the clearinghouse: seven digits.</summary>
    public static string NcmecCase(string nic) => nic[3..];

    private const ulong ShortPrime = 999_983;

    /// <summary>A number of six digits after its letters: <c>C-000001</c>.</summary>
    /// <param name="index">Below 999,983, and the only one of its kind.</param>
    public static string Short(Dice dice, string letters, long index)
    {
        Ensure.That(index >= 0 && index < (long)ShortPrime);
        var (factor, offset) = (1 + (dice.Bits(letters) % (ShortPrime - 1)), dice.Bits(letters + " offset") % ShortPrime);
        return string.Create(CultureInfo.InvariantCulture, $"{letters}-{1 + ((((ulong)index * factor) + offset) % ShortPrime):000000}");
    }
}
