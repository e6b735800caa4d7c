namespace Homeward.Foundations.Places;

/// <summary>For how long a county has belonged to an office, and how we know.</summary>
/// <param name="ValidFrom">First day on record.</param>
/// <param name="ValidTo">Last day; null while it lasts.</param>
/// <param name="Basis">Code of the source, explained in data/SOURCES.md.</param>
public sealed record Tenure(string Fips, FieldOffice Office, DateOnly ValidFrom, DateOnly? ValidTo, string Basis)
{
    public bool Covers(DateOnly date) => ValidFrom <= date && (ValidTo ?? date) >= date;
}

/// <summary>Which office answers for which county, with dates: Tennessee went to Nashville on 2024-10-01.</summary>
public sealed class Territory
{
    private readonly Dictionary<string, List<Tenure>> _byFips = new(StringComparer.Ordinal);
    private readonly ILookup<string, Tenure> _byOffice;
    private readonly Counties _counties;

    internal Territory(ReferenceFolder folder, FieldOffices offices, Counties counties)
    {
        _counties = counties;
        var tenures = folder.Rows("field-office-counties.csv").Select(row => new Tenure(
            Fips: row.GetString(0),
            Office: offices.WithCode(row.GetString(1)) ?? throw new InvalidDataException($"{row.GetString(1)}: no such office"),
            ValidFrom: row.Day(2) ?? DateOnly.MinValue, ValidTo: row.Day(3),
            Basis: folder.Shared(row.GetFieldSpan(4)))).ToList();
        foreach (var tenure in tenures) _byFips.GetOrAdd(tenure.Fips).Add(tenure);
        _byOffice = tenures.ToLookup(tenure => tenure.Office.Code, StringComparer.Ordinal);
        BeginsOn = tenures.Min(tenure => tenure.ValidFrom);
    }

    /// <summary>The first day of the record: before it there is no answer.</summary>
    public DateOnly BeginsOn { get; }

    /// <summary>The office of a county on a day with its dates; null if the county or the day is not on record.</summary>
    public Tenure? TenureOf(string fips, DateOnly date) =>
        _byFips.TryGetValue(fips, out var tenures) ? tenures.Find(tenure => tenure.Covers(date)) : null;

    /// <summary>The office of a county on a day; null if the county or the day is not on record.</summary>
    public FieldOffice? OfficeOf(string fips, DateOnly date) => TenureOf(fips, date)?.Office;

    /// <summary>The counties of an office on a day, by FIPS: only counties that are in force then.</summary>
    public IReadOnlyList<County> CountiesOf(string officeCode, DateOnly date) =>
        [.. _byOffice[officeCode].Where(tenure => tenure.Covers(date))
            .Select(tenure => _counties.WithFips(tenure.Fips)).OfType<County>().Where(county => county.IsInForce(date))
            .OrderBy(county => county.Fips, StringComparer.Ordinal)];
}
