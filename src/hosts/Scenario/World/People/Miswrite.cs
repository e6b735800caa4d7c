using Homeward.Kernel;

namespace Homeward.Scenario.World.People;

/// <summary>How a name or a date is written by someone who does not quite know it.</summary>
internal static class Miswrite
{
    private static readonly (string Right, string Wrong)[] Sounds =
        [("ph", "f"), ("ck", "k"), ("ee", "ea"), ("ie", "y"), ("y", "ie"), ("ll", "l"), ("nn", "n"), ("tt", "t"), ("ss", "s"),
         ("ou", "u"), ("c", "k"), ("z", "s"), ("a", "e"), ("o", "a")];

    /// <summary>One slip: a sound written otherwise, two letters exchanged, or one left out. Never the name itself.</summary>
    public static string Name(string name, Dice dice)
    {
        var start = dice.Below(Sounds.Length, "sound");
        for (var i = 0; i < Sounds.Length && dice.Chance(0.6, "by sound"); i++)
        {
            var (right, wrong) = Sounds[(start + i) % Sounds.Length];
            var at = name.IndexOf(right, 1, StringComparison.Ordinal);
            if (at > 0) return name[..at] + wrong + name[(at + right.Length)..];
        }
        if (name.Length < 4) return name + name[^1];
        var place = dice.Between(1, name.Length - 2, "place");
        var swapped = name[..place] + name[place + 1] + name[place] + name[(place + 2)..];
        return swapped != name && dice.Chance(0.5, "exchange") ? swapped : name[..place] + name[(place + 1)..];
    }

    /// <summary>Day and month exchanged where that is another date; else the day a digit off. Never the date itself.</summary>
    public static PartialDate Born(DateOnly born) =>
        PartialDate.Of(born).TrySwap(out var swapped) ? swapped.Value
        // No date exchanges for a day after the 12th, or for one that is its month's number: 3 March.
        : PartialDate.Of(born.Day > 12 ? born.AddDays(-10) : born.AddDays(1));
}
