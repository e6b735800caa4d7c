using System.Globalization;

namespace Homeward.Bench;

/// <summary>Names and towns as frequent as they are in the United States, from the tables in <c>data/</c>.</summary>
/// <remarks>Only counts of names: no real person stands behind a combination. Sources: data/SOURCES.md.</remarks>
internal sealed class NameUrns
{
    private static readonly Lazy<NameUrns> _loaded = new(() => new(Path.Combine(AppContext.BaseDirectory, "data")));

    private readonly Urn<string> _surnames;
    private readonly Urn<string> _towns;
    private readonly Urn<(bool IsFemale, int From, int To)> _births;
    private readonly Dictionary<(bool IsFemale, int From), Urn<string>> _given;
    private readonly Dictionary<string, string[]> _nicknames;

    private NameUrns(string folder)
    {
        _surnames = new([.. Rows(folder, "surnames.csv").Select(row => (row[0], Number(row[1])))]);
        _towns = new([.. Rows(folder, "places.csv").Where(row => row.Length == 8 && row[7] == "incorporated" && Number(row[6]) > 0)
            .Select(row => (row[0], Number(row[6])))]);
        var given = Rows(folder, "given-names.csv").GroupBy(row => (IsFemale: row[1] == "F", From: (int)Number(row[2]), To: (int)Number(row[3]))).ToList();
        _births = new([.. given.Select(names => (names.Key, names.Sum(row => Number(row[4]))))]);
        _given = given.ToDictionary(names => (names.Key.IsFemale, names.Key.From), names => new Urn<string>([.. names.Select(row => (row[0], Number(row[4])))]));
        _nicknames = Rows(folder, "nicknames.csv").GroupBy(row => row[0], row => row[1]).ToDictionary(names => names.Key, names => names.ToArray(), StringComparer.Ordinal);
    }

    public static NameUrns Loaded => _loaded.Value;

    public (bool IsFemale, int From, int To) Birth(ref Dice dice) => _births.Draw(ref dice);
    public string Given((bool IsFemale, int From, int To) birth, ref Dice dice) => _given[(birth.IsFemale, birth.From)].Draw(ref dice);
    public string Town(ref Dice dice) => _towns.Draw(ref dice);

    /// <summary>A short form of a given name; the name itself where none is known.</summary>
    public string Nickname(string given, ref Dice dice) => _nicknames.TryGetValue(given, out var names) ? names[dice.Below(names.Length)] : given;

    /// <summary>Mostly one of the 8,000 tabulated names; else a rare one put together of two, or both with a hyphen.</summary>
    public string Surname(ref Dice dice)
    {
        var (name, kind) = (_surnames.Draw(ref dice), dice.Share());
        if (kind < 0.78) return name;
        var other = _surnames.Draw(ref dice);
        return kind < 0.95 ? name[..((name.Length + 1) / 2)] + other[(other.Length / 2)..].ToLowerInvariant() : $"{name}-{other}";
    }

    private static IEnumerable<string[]> Rows(string folder, string file) =>
        File.ReadLines(Path.Combine(folder, file)).Skip(1).Select(line => line.Split(','));

    private static double Number(string text) =>
        text.Length == 0 ? 0 : double.Parse(text, CultureInfo.InvariantCulture);
}
