namespace Homeward.Foundations.Places;

/// <summary>A law-enforcement agency of the FBI's list.</summary>
/// <param name="Ori">Nine characters; the agency's number.</param>
/// <param name="Type">As listed: City, County, State Police, Other State Agency, Tribal, University or College, Other.</param>
/// <param name="Fips">County of its seat.</param>
/// <param name="OtherFips">Further counties that it serves.</param>
/// <param name="At">Often the county's centre, as in the list; null if unknown.</param>
public sealed record Agency(
    string Ori, string Name, string Type, string State, string Fips, IReadOnlyList<string> OtherFips, GeoPoint? At)
{
    public IEnumerable<string> Counties => OtherFips.Prepend(Fips);
}

/// <summary>Real agencies, by ORI and by what people call them. Twenty cities named Springfield have a police.</summary>
public sealed class Agencies
{
    private readonly Dictionary<string, Agency> _byOri;
    private readonly Lazy<ILookup<string, Agency>> _byName;
    private readonly Lazy<ILookup<string, Agency>> _byFips;

    internal Agencies(ReferenceFolder folder, Counties counties)
    {
        All = [.. folder.Rows("agencies.csv").Select(row => new Agency(
            Ori: row.GetString(0), Name: row.GetString(1), Type: folder.Shared(row.GetFieldSpan(2)),
            State: folder.Shared(row.GetFieldSpan(3)), Fips: counties.FipsOf(row.GetFieldSpan(4)),
            OtherFips: row.GetFieldSpan(5).IsEmpty ? [] : row.Words(5), At: row.Point(6)))];
        _byOri = All.ToDictionary(agency => agency.Ori, StringComparer.OrdinalIgnoreCase);
        _byName = new(() => All.ToLookup(agency => Key(agency.Name), StringComparer.Ordinal));
        _byFips = new(() => All.SelectMany(agency => agency.Counties.Select(fips => (Fips: fips, Agency: agency)))
            .ToLookup(pair => pair.Fips, pair => pair.Agency, StringComparer.Ordinal));
    }

    public IReadOnlyList<Agency> All { get; }

    /// <summary>The agency with this ORI; the 7 characters of older lists stand for the 9 with "00".</summary>
    public Agency? WithOri(string? ori)
    {
        if (string.IsNullOrWhiteSpace(ori)) return null;
        var number = ori.Trim();
        return _byOri.GetValueOrDefault(number.Length == 7 ? number + "00" : number);
    }

    /// <summary>The agencies that serve a county, by ORI.</summary>
    public IReadOnlyList<Agency> InCounty(string fips) =>
        [.. _byFips.Value[fips].OrderBy(agency => agency.Ori, StringComparer.Ordinal)];

    /// <summary>All agencies that a text may mean (T-01), by ORI or by name: "Springfield PD", "Springfield PD, MO".</summary>
    /// <returns>In the order of state and ORI; more than one is for a person to choose from.</returns>
    public IReadOnlyList<Agency> Find(string? text, string? state = null)
    {
        if (WithOri(text) is { } agency) return [agency];
        if (string.IsNullOrWhiteSpace(text)) return [];
        var wanted = States.CodeOf(state);
        if (state is { Length: > 0 } && wanted is null) return [];
        if (wanted is null && text.LastIndexOf(',') is var comma and > 0 && States.CodeOf(text[(comma + 1)..]) is { } written)
            (text, wanted) = (text[..comma], written);
        return [.. _byName.Value[Key(text)].Where(agency => wanted is null || agency.State == wanted)
            .OrderBy(agency => agency.State, StringComparer.Ordinal).ThenBy(agency => agency.Ori, StringComparer.Ordinal)];
    }

    /// <summary>The agencies within a distance, nearest first.</summary>
    public IReadOnlyList<(Agency Agency, double Kilometres)> Near(GeoPoint point, double kilometresMax, int countMax) =>
        [.. All.Where(a => a.At is not null).Select(a => (Agency: a, Kilometres: a.At!.Value.KilometresTo(point)))
            .Where(near => near.Kilometres <= kilometresMax)
            .OrderBy(near => near.Kilometres).ThenBy(near => near.Agency.Ori, StringComparer.Ordinal).Take(countMax)];

    /// <summary>"Springfield PD", "Springfield Police Dept." and "Springfield Police" fold to one key.</summary>
    private static string Key(string name)
    {
        var words = PlaceNames.Key(name).Split(' ').Select(word => word switch
        {
            "pd" => "police department",
            "so" => "sheriffs office",
            "dept" => "department",
            "sheriff" => "sheriffs",
            "co" => "county",
            _ => word,
        });
        var key = string.Join(' ', words);
        if (key.EndsWith("sheriffs department", StringComparison.Ordinal)) return key[..^"department".Length] + "office";
        if (key.EndsWith(" sheriffs", StringComparison.Ordinal)) return key + " office";
        return key.EndsWith(" police", StringComparison.Ordinal) ? key + " department" : key;
    }
}
