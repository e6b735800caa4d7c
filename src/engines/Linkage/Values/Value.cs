using Homeward.Kernel;

namespace Homeward.Linkage;

/// <summary>One value, read and folded once, however many records share it.</summary>
internal class Value(string text, string folded)
{
    /// <summary>As it was written; what an explanation shows.</summary>
    public string Text { get; } = text;

    /// <summary>The form that is compared.</summary>
    public string Folded { get; } = folded;

    public ulong Bag { get; } = LetterBag.Of(folded);

    /// <summary>See <see cref="StableHash"/>.</summary>
    public ulong Hash { get; } = StableHash.Of(folded);

    /// <summary>The codes of how its words sound; worked out when first asked for.</summary>
    public int[] Sounds => field ??= Soundex.CodesOf(Folded);

    /// <summary>Letters that are compared, and the first four of them: most comparisons end without a look at the string.</summary>
    public int Length { get; } = Math.Min(folded.Length, JaroWinkler.LettersMax);
    public ulong Head { get; } = HeadOf(folded);

    /// <summary>More than one word.</summary>
    public bool IsCompound { get; } = folded.Contains(' ', StringComparison.Ordinal);

    /// <summary>One bit for each word of three letters or more: without a bit in common there is no word in common.</summary>
    public ulong WordBag { get; } = WordBagOf(folded);

    /// <summary>The formal names that a given name may stand for.</summary>
    public int[] FormalNames
    {
        get;
        init
        {
            field = value;
            foreach (var name in value) FormalBag |= 1UL << (name & 63);
        }
    } = [];

    /// <summary>One bit for each formal name: without a bit in common there is none in common.</summary>
    public ulong FormalBag { get; private init; }

    /// <summary>The share of records or people with this value; NaN where nothing tells.</summary>
    public double Share { get; set; } = double.NaN;

    /// <summary>How many rows of a batch have the value; 0 outside of a batch.</summary>
    public int RowCount { get; set; }

    internal static ulong HeadOf(ReadOnlySpan<char> folded)
    {
        ulong head = 0;
        for (var i = 0; i < 4 && i < folded.Length; i++) head |= (ulong)folded[i] << (16 * i);
        return head;
    }

    internal static ulong WordBagOf(ReadOnlySpan<char> folded)
    {
        ulong bag = 0;
        foreach (var word in folded.Split(' '))
            if (folded[word].Length >= 3) bag |= 1UL << (int)(StableHash.Of(folded[word]) & 63);
        return bag;
    }
}

/// <summary>A day, known in full or in part, or a span of days.</summary>
internal sealed class DateValue(string text, string digits) : Value(text, digits)
{
    /// <summary>0 where unknown.</summary>
    public int Year { get; init; }
    public int Month { get; init; }
    public int Day { get; init; }

    /// <summary>First and last day that it may be, as day numbers; -1 where the digits are no date.</summary>
    public int First { get; init; } = -1;
    public int Last { get; init; } = -1;

    public bool IsDate => First >= 0;
    public bool IsFull => IsDate && First == Last;

    /// <returns>Days between the two at the nearest, 0 where they may be the same; -1 where one is no date.</returns>
    public int DaysFrom(DateValue other) => IsDate && other.IsDate
        ? Math.Max(0, Math.Max(First - other.Last, other.First - Last))
        : -1;
}

/// <summary>A number, or a range of them.</summary>
internal sealed class NumberValue(string text, string folded, double low, double high) : Value(text, folded)
{
    public double Low { get; } = low;
    public double High { get; } = high;

    public double DistanceFrom(NumberValue other) => Math.Max(0, Math.Max(Low - other.High, other.Low - High));
}

/// <summary>A town and its state, with its point where that is known.</summary>
internal sealed class PlaceValue(string text, string folded) : Value(text, folded)
{
    private const double EarthRadiusKm = 6371.0;

    public required string State { get; init; }

    /// <summary>Degrees; NaN where unknown.</summary>
    public double Latitude { get; init; } = double.NaN;
    public double Longitude { get; init; } = double.NaN;

    /// <returns>Kilometres along the great circle (haversine); NaN where a point is unknown.</returns>
    public double KilometresFrom(PlaceValue other)
    {
        if (double.IsNaN(Latitude) || double.IsNaN(other.Latitude)) return double.NaN;
        double sinLat = Math.Sin(Radians(other.Latitude - Latitude) / 2), sinLon = Math.Sin(Radians(other.Longitude - Longitude) / 2);
        var half = (sinLat * sinLat)
            + (Math.Cos(Radians(Latitude)) * Math.Cos(Radians(other.Latitude)) * sinLon * sinLon);
        return 2 * EarthRadiusKm * Math.Asin(Math.Min(1, Math.Sqrt(half)));
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}

/// <summary>Several values of one field; none of them is a set.</summary>
internal sealed class SetValue(Value[] members) : Value(string.Join(", ", members.Select(member => member.Text)), "")
{
    public Value[] Members { get; } = members;
}
