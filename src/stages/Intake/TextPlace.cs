using System.Globalization;
using Homeward.Kernel;

namespace Homeward.Intake;

/// <summary>How far the texts of reports were looked through for words, the newest first: from here a search goes on.</summary>
/// <param name="Block">The block of originals that is to be looked through next.</param>
/// <param name="Before">Of what lies in it, only what lies before this byte is left to look through.</param>
public readonly record struct TextPlace(Guid Block, int Before)
{
    /// <summary>What was stored later was looked through. Of what a purge moved, when it was moved.</summary>
    public DateTimeOffset StoredAt => TimeOrderedIds.TimeOf(Block);

    public static bool TryParse(string text, out TextPlace place)
    {
        place = default;
        if (text.Split('.') is not [var block, var before]
            || !Guid.TryParseExact(block, "N", out var id) || !int.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var offset)) return false;
        place = new(id, offset);
        return true;
    }

    /// <summary>As an address carries it; <see cref="TryParse"/> reads it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Block:N}.{Before}");
}
