using System.Globalization;

namespace Homeward.Bench;

/// <summary>A record of an invented person. An empty field is one that is not known.</summary>
/// <param name="Cluster">The truth: records of one person have the same number.</param>
internal readonly record struct MadeRecord(
    long Id, long Cluster, string FirstName, string Surname, string Born, string City, string Email);

/// <summary>Makes lists of invented people with duplicates and errors, and the truth.</summary>
/// <remarks>
/// Any record can be made on its own from seed and number, so that 50 million need no more memory than one,
/// and all processors can make them. Records come in slots of 64, each with its own cut into persons; a
/// permutation of the slots parts those of one person. Shape of the clusters and kinds of errors follow Febrl
/// (Christen 2008) and the sets that Splink is shown with: about two records a person, every field wrong,
/// missing or changed in some, names and towns as frequent as they are.
/// </remarks>
internal sealed class PeopleMaker
{
    private const int SlotsPerGroup = 64;

    private readonly NameUrns _names = NameUrns.Loaded;
    private readonly ulong _seed;
    private readonly long _step;

    public PeopleMaker(long count, ulong seed)
    {
        (Count, _seed) = (count, seed);
        // Coprime to the count: every slot is met once.
        _step = (long)(count * 0.6180339887) | 1;
        while (Gcd(_step, count) != 1) _step += 2;
    }

    public long Count { get; }

    /// <summary>The record at a place, from 0 to below <see cref="Count"/>.</summary>
    public MadeRecord this[long index]
    {
        get
        {
            var slot = (long)(((UInt128)(ulong)index * (ulong)_step + (ulong)(Count / 3)) % (ulong)Count);
            var (cluster, copy) = PersonAt(slot);
            var person = new Dice(_seed, (ulong)cluster << 1);
            var (record, birth) = Invent(cluster, ref person);
            var errors = new Dice(_seed, ((ulong)slot << 1) | 1);
            return Spoil(record with { Id = index }, birth, copy == 0 ? 0.3 : 1, ref errors);
        }
    }

    /// <summary>A cluster is named by its first slot; sizes 1, 2, 3 … with 45, 25, 14, 8, 4 % and a tail.</summary>
    private (long Cluster, int Copy) PersonAt(long slot)
    {
        var (group, place) = (slot / SlotsPerGroup, (int)(slot % SlotsPerGroup));
        var dice = new Dice(~_seed, (ulong)group);
        for (var start = 0; ;)
        {
            var share = dice.Share();
            var size = share < 0.45 ? 1 : share < 0.70 ? 2 : share < 0.84 ? 3 : share < 0.92 ? 4 : share < 0.96 ? 5 : 6 + dice.Below(4);
            if (place < start + size || start + size >= SlotsPerGroup) return ((group * SlotsPerGroup) + start, place - start);
            start += size;
        }
    }

    private (MadeRecord, (bool IsFemale, int From, int To)) Invent(long cluster, ref Dice dice)
    {
        var birth = _names.Birth(ref dice);
        var (first, surname) = (_names.Given(birth, ref dice), _names.Surname(ref dice));
        var year = birth.From + dice.Below(birth.To - birth.From + 1);
        // Some are entered in every register with the first of January.
        var day = dice.Falls(0.01) ? new DateOnly(year, 1, 1) : new DateOnly(year, 1, 1).AddDays(dice.Below(365));
        var email = dice.Falls(0.75) ? Email(first, surname, year, ref dice) : "";
        return (new(0, cluster, first, surname, Written(day), _names.Town(ref dice), email), birth);
    }

    private static readonly string[] _posts = ["mail", "post", "inbox", "letter", "quickmail", "homenet", "skynet", "valley", "harbor", "union", "state", "city"];

    private static string Email(string first, string surname, int year, ref Dice dice)
    {
        var (given, family) = (first.ToLowerInvariant(), surname.ToLowerInvariant());
        var post = _posts[Math.Min(dice.Below(_posts.Length), dice.Below(_posts.Length))];
        var user = dice.Below(4) switch
        {
            0 => $"{given}.{family}{dice.Below(100)}",
            1 => $"{given[0]}{family}{year % 100:00}{dice.Below(10)}",
            2 => $"{given}{dice.Below(10_000)}",
            _ => $"{family}.{given[0]}{dice.Below(1000)}",
        };
        return $"{user}@{post}.example";
    }

    private MadeRecord Spoil(MadeRecord record, (bool IsFemale, int From, int To) birth, double rate, ref Dice dice)
    {
        var (_, _, first, surname, born, city, email) = record;
        if (dice.Falls(0.06 * rate)) first = _names.Nickname(first, ref dice);
        if (dice.Falls(0.06 * rate)) first = Slips.Word(first, ref dice);
        if (dice.Falls(0.01 * rate)) first = first[..1];
        if (dice.Falls((birth.IsFemale ? 0.05 : 0.005) * rate)) surname = _names.Surname(ref dice);
        if (dice.Falls(0.07 * rate)) surname = Slips.Word(surname, ref dice);
        if (dice.Falls(0.015 * rate)) (first, surname) = (surname, first);
        if (dice.Falls(0.08 * rate)) born = SpoiltDay(born, ref dice);
        if (dice.Falls(0.15 * rate)) city = _names.Town(ref dice);
        if (dice.Falls(0.04 * rate)) city = Slips.Word(city, ref dice);
        if (email.Length > 0 && dice.Falls(0.08 * rate)) email = Email(first, surname, birth.From, ref dice);
        if (email.Length > 0 && dice.Falls(0.05 * rate)) email = Slips.Word(email, ref dice);
        return record with
        {
            FirstName = Unless(0.03, first, ref dice), Surname = Unless(0.02, surname, ref dice), Born = Unless(0.04, born, ref dice),
            City = Unless(0.06, city, ref dice), Email = Unless(0.2, email, ref dice),
        };

        string Unless(double missing, string text, ref Dice dice) => dice.Falls(missing * rate) ? "" : text;
    }

    private static string SpoiltDay(string born, ref Dice dice)
    {
        var day = DateOnly.ParseExact(born, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return dice.Below(10) switch
        {
            0 or 1 when day.Day <= 12 => Written(new(day.Year, day.Day, day.Month)),
            2 => Written(day.AddYears(dice.Below(2) == 0 ? 1 : -1)),
            3 => Written(new(day.Year, 1, 1)),
            4 => Written(day.AddDays(dice.Below(2) == 0 ? 1 : -1)),
            // A digit of year, month or day is another: the day may be none that exists.
            _ => Slips.Digit(born, 2 + dice.Below(8), ref dice),
        };
    }

    private static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static long Gcd(long one, long other) => other == 0 ? one : Gcd(other, one % other);
}

/// <summary>Slips of hand and ear.</summary>
internal static class Slips
{
    private static readonly string[] _rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
    private static readonly (string One, string Other)[] _sounds =
        [("ph", "f"), ("ck", "k"), ("ie", "y"), ("ll", "l"), ("nn", "n"), ("tt", "t"), ("ea", "ee"), ("c", "k"), ("s", "z"), ("i", "y"), ("ei", "ie"), ("mm", "m")];

    /// <summary>A letter left out, doubled, hit beside, two exchanged, or a sound written otherwise.</summary>
    public static string Word(string word, ref Dice dice)
    {
        if (word.Length < 3) return word;
        var at = 1 + dice.Below(word.Length - 1);
        switch (dice.Below(5))
        {
            case 0: return word.Remove(at, 1);
            case 1: return word.Insert(at, word[at].ToString());
            case 2 when at + 1 < word.Length: return $"{word[..at]}{word[at + 1]}{word[at]}{word[(at + 2)..]}";
            case 3:
                var (one, other) = _sounds[dice.Below(_sounds.Length)];
                var found = word.IndexOf(one, 1, StringComparison.Ordinal);
                if (found > 0) return string.Concat(word.AsSpan(0, found), other, word.AsSpan(found + one.Length));
                break;
        }
        return $"{word[..at]}{Beside(word[at], ref dice)}{word[(at + 1)..]}";
    }

    /// <summary>Another digit at a place; a sign that is no digit stays.</summary>
    public static string Digit(string text, int at, ref Dice dice)
    {
        if (!char.IsAsciiDigit(text[at])) at--;
        var digit = (char)('0' + ((text[at] - '0' + 1 + dice.Below(9)) % 10));
        return $"{text[..at]}{digit}{text[(at + 1)..]}";
    }

    private static char Beside(char letter, ref Dice dice)
    {
        foreach (var row in _rows)
        {
            var at = row.IndexOf(char.ToLowerInvariant(letter), StringComparison.Ordinal);
            if (at < 0) continue;
            return row[at == 0 ? 1 : at == row.Length - 1 || dice.Below(2) == 0 ? at - 1 : at + 1];
        }
        return (char)('a' + dice.Below(26));
    }
}
