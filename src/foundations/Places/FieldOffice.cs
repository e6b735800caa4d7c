namespace Homeward.Foundations.Places;

/// <summary>An FBI field office ("division") as it stands on record.</summary>
/// <param name="Code">Two letters, e.g. <c>KC</c>. Never a state: <c>MO</c> is Mobile, <c>CO</c> is Columbia SC.</param>
/// <param name="Name">The name as the field says it: "Kansas City", "Washington Field Office".</param>
/// <param name="City">Where the office sits; its state is <paramref name="State"/>.</param>
/// <param name="Circuits">Federal circuits that its territory touches: "8" and "10" for Kansas City.</param>
/// <param name="States">States and territories that it serves, in whole or in part.</param>
/// <param name="Districts">Judicial districts that it serves, e.g. "MOWD".</param>
/// <param name="Aliases">Other names by which people call it; its code and name are not among them.</param>
/// <param name="Zone">IANA time zone of its city, in which its windows and days run.</param>
/// <param name="ValidFrom">First day on record. 2000-01-01 is where our data begins, not the founding.</param>
/// <param name="ValidTo">Last day, null while it is open.</param>
/// <param name="Successor">Code of the office that took its territory.</param>
public sealed record FieldOffice(
    string Code, string Name, string City, string State, GeoPoint At,
    IReadOnlyList<string> Circuits, IReadOnlyList<string> States, IReadOnlyList<string> Districts,
    IReadOnlyList<string> Aliases, string Zone, DateOnly ValidFrom, DateOnly? ValidTo, string? Successor)
{
    /// <summary>True if the office is open on at least one day of the window, both ends included.</summary>
    public bool IsOpenWithin(DateOnly from, DateOnly to) => ValidFrom <= to && (ValidTo is not { } end || end >= from);

    public bool IsOpenOn(DateOnly date) => IsOpenWithin(date, date);

    public override string ToString() => Name;
}
