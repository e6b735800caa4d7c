using Homeward.Kernel;

namespace Homeward.Foundations.Places;

/// <summary>Names with how often they occur, to be drawn by weight.</summary>
public sealed class WeightedNames
{
    private readonly long[] _upTo;

    internal WeightedNames(IEnumerable<(string Name, int Count)> names)
    {
        var list = names.ToList();
        Ensure.That(list.Count > 0);
        Names = [.. list.Select(name => name.Name)];
        _upTo = new long[list.Count];
        long sum = 0;
        for (var i = 0; i < list.Count; i++) _upTo[i] = sum += list[i].Count;
    }

    /// <summary>The names, most frequent first.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The name at a point of the distribution, 0 inclusive to 1 exclusive: feed it a seeded random number.</summary>
    public string Pick(double at)
    {
        Ensure.That(at is >= 0 and < 1);
        var sought = (long)(at * _upTo[^1]);
        var index = Array.BinarySearch(_upTo, sought + 1);
        return Names[index >= 0 ? index : ~index];
    }

    /// <summary>Share of the table's people who bear the name; 0 if it is not in it.</summary>
    public double FrequencyOf(string name)
    {
        for (var i = 0; i < Names.Count; i++)
            if (string.Equals(Names[i], name, StringComparison.OrdinalIgnoreCase))
                return (double)(_upTo[i] - (i == 0 ? 0 : _upTo[i - 1])) / _upTo[^1];
        return 0;
    }
}

/// <summary>Frequent given names, surnames and nicknames, for the invented people of exercises.</summary>
public sealed class InventedNames
{
    private readonly List<(int From, int To, WeightedNames Female, WeightedNames Male)> _bands = [];
    private readonly ILookup<string, string> _nicknames;

    internal InventedNames(ReferenceFolder folder)
    {
        Surnames = new(folder.Rows("names/surnames.csv").Select(row => (row.GetString(0), row.Count(1) ?? 0)));
        var given = folder.Rows("names/given-names.csv").Select(row => (
            Name: row.GetString(0), Sex: row.GetString(1),
            From: row.Count(2) ?? 0, To: row.Count(3) ?? 0, Count: row.Count(4) ?? 0));
        foreach (var band in given.GroupBy(name => (name.From, name.To)).OrderBy(band => band.Key))
        {
            var bySex = band.ToLookup(name => name.Sex, name => (name.Name, name.Count));
            _bands.Add((band.Key.From, band.Key.To, new(bySex["F"]), new(bySex["M"])));
        }
        _nicknames = folder.Rows("names/nicknames.csv")
            .ToLookup(row => row.GetString(0), row => row.GetString(1), StringComparer.OrdinalIgnoreCase);
    }

    public WeightedNames Surnames { get; }

    /// <summary>Given names of girls or boys born about a year; years off the table take the nearest band.</summary>
    public WeightedNames Given(bool female, int birthYear)
    {
        var band = _bands.MinBy(b => birthYear < b.From ? b.From - birthYear : birthYear > b.To ? birthYear - b.To : 0);
        return female ? band.Female : band.Male;
    }

    /// <summary>Short and pet forms of a given name; empty if none is known.</summary>
    public IEnumerable<string> NicknamesOf(string given) => _nicknames[given];
}
