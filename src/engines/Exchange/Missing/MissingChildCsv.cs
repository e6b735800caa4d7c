using System.Globalization;
using Homeward.Exchange.Lines;
using Homeward.Kernel;

namespace Homeward.Exchange.Missing;

/// <summary>The missing-child feed as CSV.</summary>
/// <remarks>
/// Lists stand in one cell, items by <c>;</c>: <c>names</c> as <c>given|family|name</c> or <c>…|alias</c>,
/// <c>screen_names</c> as <c>service|name</c> or the name alone, <c>vehicles</c> as <c>plate|state|plate year|vin|year|make|model|style|color</c>, of which the last may
/// be left off. <c>at_risk</c>, <c>dental</c> and <c>medical</c> are 1, 0 or empty. All else is as in the JSON lines. The columns from <c>race</c> on
/// need not be there.
/// </remarks>
internal static class MissingChildCsv
{
    public static CsvFormat<MissingChildEntry> Format { get; } = new(
        ["received", "status", "nic", "ncmec_case", "ori", "category", "case_type", "names", "born", "age_text", "sex",
         "height_in_min", "height_in_max", "weight_lb_min", "weight_lb_max", "marks", "last_seen_at", "last_seen_city",
         "last_seen_state", "last_seen_zip", "last_seen_county_fips", "custody", "phones", "emails", "screen_names",
         "at_risk", "indicators"],
        Read, Write, ["race", "eyes", "hair", "photo_taken", "dental", "medical", "vehicles"]);

    private static MissingChildEntry Read(CsvRow row)
    {
        var place = new EntryPlace(row.Text("last_seen_city"), row.Text("last_seen_state"), row.Text("last_seen_zip"),
            row.Fips("last_seen_county_fips"));
        var entry = new MissingChildEntry
        {
            Received = row.RequiredInstant("received"),
            Status = row.RequiredWord<EntryStatus>("status"),
            Nic = row.RequiredNic("nic"),
            NcmecCase = row.Text("ncmec_case"),
            Ori = row.Ori("ori"),
            Category = row.Text("category"),
            CaseType = row.Text("case_type"),
            Names = [.. Items(row, "names", 3).Select(item => new EntryName(
                OrNull(item.Parts, 0), OrNull(item.Parts, 1), IsAlias(row.Fields, item.At, OrNull(item.Parts, 2))))],
            Born = row.PartialDate("born"),
            AgeText = row.Text("age_text"),
            Sex = row.Sex("sex"),
            HeightInMin = row.Whole("height_in_min", MissingChildEntries.HeightInMin, MissingChildEntries.HeightInMax),
            HeightInMax = row.Whole("height_in_max", MissingChildEntries.HeightInMin, MissingChildEntries.HeightInMax),
            WeightLbMin = row.Whole("weight_lb_min", MissingChildEntries.WeightLbMin, MissingChildEntries.WeightLbMax),
            WeightLbMax = row.Whole("weight_lb_max", MissingChildEntries.WeightLbMin, MissingChildEntries.WeightLbMax),
            Marks = Cells.ReadList(row.Text("marks")),
            LastSeenAt = row.Instant("last_seen_at"),
            LastSeen = place == new EntryPlace(null, null, null, null) ? null : place,
            Custody = row.Word<Custody>("custody") ?? Custody.Unknown,
            Phones = Cells.ReadList(row.Text("phones")),
            Emails = Cells.ReadList(row.Text("emails")),
            ScreenNames = [.. Items(row, "screen_names", 2).Select(item => item.Parts is [var alone]
                ? new ServiceName(null, alone) : new ServiceName(OrNull(item.Parts, 0), row.Fields.Required(item.At, OrNull(item.Parts, 1))))],
            AtRisk = row.Flag("at_risk"),
            Indicators = Cells.ReadList(row.Text("indicators")),
            Race = row.Text("race"),
            Eyes = row.Text("eyes"),
            Hair = row.Text("hair"),
            PhotoTaken = row.PartialDate("photo_taken"),
            Dental = row.Flag("dental"),
            Medical = row.Flag("medical"),
            Vehicles = [.. Items(row, "vehicles", VehicleFields.Keys.Length).Select(item => VehicleFields.Read(
                row.Fields, item.At, key => OrNull(item.Parts, Array.IndexOf(VehicleFields.Keys, key))))],
            Silent = row.Silent,
        };
        row.Fields.Ordered("height_in_min", entry.HeightInMin, entry.HeightInMax);
        row.Fields.Ordered("weight_lb_min", entry.WeightLbMin, entry.WeightLbMax);
        VehicleFields.Bound(row.Fields, entry.Vehicles.Count);
        return entry;
    }

    /// <summary>The items of a cell, each with its place: <c>names[0]</c>. One with more parts than it can have is a fault; an empty one says nothing.</summary>
    private static List<(string At, string[] Parts)> Items(CsvRow row, string column, int partsMax)
    {
        List<(string At, string[] Parts)> items = [.. Cells.ReadParts(row.Text(column)).Where(parts => parts is not [""]).Select((parts, index) => ($"{column}[{index}]", parts))];
        foreach (var (at, parts) in items.Where(item => item.Parts.Length > partsMax))
            row.Fields.Fault(at, $"{parts.Length} parts where there are {partsMax} at most", "put a backslash before a | that belongs to a text");
        return items.FindAll(item => item.Parts.Length <= partsMax);
    }

    private static bool IsAlias(Fields fields, string at, string? kind)
    {
        if (kind is not null && !Enum.GetNames<MissingChildEntries.NameKind>().Contains(kind, StringComparer.OrdinalIgnoreCase))
            fields.Fault(at, "neither a name nor an alias", "write given|family|name or given|family|alias");
        return "alias".Equals(kind, StringComparison.OrdinalIgnoreCase);
    }

    private static string?[] Write(MissingChildEntry entry) =>
    [
        Instants.Iso(entry.Received), Words<EntryStatus>.Of(entry.Status), entry.Nic, entry.NcmecCase, entry.Ori,
        entry.Category, entry.CaseType,
        Cells.Parts(entry.Names.Select(name => new[] { name.Given, name.Family, name.IsAlias ? "alias" : "name" })),
        entry.Born.ToString(), entry.AgeText, entry.Sex, Number(entry.HeightInMin), Number(entry.HeightInMax),
        Number(entry.WeightLbMin), Number(entry.WeightLbMax), Cells.List(entry.Marks),
        entry.LastSeenAt is { } seen ? Instants.Iso(seen) : null, entry.LastSeen?.City, entry.LastSeen?.State,
        entry.LastSeen?.Zip, entry.LastSeen?.CountyFips, Words<Custody>.Of(entry.Custody), Cells.List(entry.Phones),
        Cells.List(entry.Emails), Cells.Parts(entry.ScreenNames.Select(name => new[] { name.Service, name.Name })),
        Flag(entry.AtRisk), Cells.List(entry.Indicators), entry.Race, entry.Eyes, entry.Hair, entry.PhotoTaken.ToString(), Flag(entry.Dental), Flag(entry.Medical),
        Cells.Parts(entry.Vehicles.Select(one => new[]
        {
            one.Plate, one.State, one.PlateYear, one.Vin, Number(one.Year), one.Make, one.Model, one.Style, one.Color,
        })),
    ];

    private static string? Flag(Stated stated) => stated switch { Stated.Yes => "1", Stated.No => "0", _ => null };

    private static string? OrNull(string[] parts, int index) =>
        index < parts.Length && parts[index].Length > 0 ? parts[index] : null;

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
