using System.Numerics;

namespace Homeward.Linkage;

/// <summary>Dates as eight digits in one word, the year's first in the lowest byte: what they have in common without a loop.</summary>
internal static class Digits
{
    private const ulong Year = 0xFFFF_FFFF, Month = 0xFFFF_0000_0000, Day = 0xFFFF_0000_0000_0000;
    private const ulong UnknownYear = 0x3030_3030, UnknownMonth = 0x3030_0000_0000, UnknownDay = 0x3030_0000_0000_0000;

    /// <summary>As <see cref="Likenesses"/> tells it of dates; 00 is "not known".</summary>
    public static bool Hold(Likeness likeness, ulong left, ulong right)
    {
        var differ = left ^ right;
        return likeness switch
        {
            Likeness.DayMonthSwapped => (differ & Year) == 0 && (left & Day) != UnknownDay
                && (left & Month) << 16 == (right & Day) && (left & Day) >> 16 == (right & Month) && (left & Month) << 16 != (left & Day),
            Likeness.SameMonth => (differ & (Year | Month)) == 0 && (left & Year) != UnknownYear && (left & Month) != UnknownMonth,
            Likeness.SameAnniversary => (differ & (Month | Day)) == 0 && (left & Day) != UnknownDay,
            _ => (differ & Year) == 0 && (left & Year) != UnknownYear,
        };
    }

    /// <returns>True when the one becomes the other with at most one or two edits: see <see cref="Edits.Within"/>.</returns>
    public static bool Within(ulong left, ulong right, int max) => EditsBetween(left, right) <= max;

    /// <returns>How many edits make the one out of the other, where these are at most two; else three.</returns>
    public static int EditsBetween(ulong left, ulong right)
    {
        var differ = left ^ right;
        var changed = ChangedBytes(differ);
        var count = BitOperations.PopCount(changed);
        if (count <= 1) return count;
        // Neighbours that are each other's: two changed places for one edit.
        if (count <= 4 && count - SwappedNeighbours(left, right, changed) is <= 2 and var edits) return edits;
        return IsShifted(left, right, differ) ? 2 : 3;
    }

    /// <summary>The digits in four bits each, the year's first in the lowest; 0 stays 0.</summary>
    public static uint Packed(ulong digits)
    {
        digits &= 0x0F0F_0F0F_0F0F_0F0F;
        digits = (digits | (digits >> 4)) & 0x00FF_00FF_00FF_00FF;
        digits = (digits | (digits >> 8)) & 0x0000_FFFF_0000_FFFF;
        return (uint)(digits | (digits >> 16));
    }

    /// <summary>The lowest bit of each byte that is not 0.</summary>
    private static ulong ChangedBytes(ulong differ)
    {
        differ |= differ >> 4;
        differ |= differ >> 2;
        differ |= differ >> 1;
        return differ & 0x0101_0101_0101_0101;
    }

    private static int SwappedNeighbours(ulong left, ulong right, ulong changed)
    {
        var swapped = 0;
        for (var at = 0; at < 56; at += 8)
        {
            if ((changed >> at & 0x0101) != 0x0101) continue;
            if ((byte)(left >> at) != (byte)(right >> (at + 8)) || (byte)(left >> (at + 8)) != (byte)(right >> at)) continue;
            swapped++;
            at += 8;
        }
        return swapped;
    }

    /// <summary>A digit left out in one place and one put in at another: between them all digits are shifted by one.</summary>
    private static bool IsShifted(ulong left, ulong right, ulong differ)
    {
        int first = BitOperations.TrailingZeroCount(differ) / 8 * 8, last = (63 - BitOperations.LeadingZeroCount(differ)) / 8 * 8;
        var width = last - first;
        var mask = width == 64 ? ulong.MaxValue : (1UL << width) - 1;
        return (((left >> first >> 8) ^ (right >> first)) & mask) == 0 || (((right >> first >> 8) ^ (left >> first)) & mask) == 0;
    }
}
