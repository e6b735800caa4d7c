using System.Text.Json;
using Homeward.Exchange.Lines;

namespace Homeward.Exchange.Missing;

/// <summary>The clearinghouse's feed of missing-child entries: JSON lines, or the same as CSV.</summary>
public static class MissingChildEntries
{
    internal const int HeightInMin = 10, HeightInMax = 96, WeightLbMin = 1, WeightLbMax = 700;

    /// <summary><c>missing/entries.jsonl</c>.</summary>
    public static JsonLineFormat<MissingChildEntry> Json { get; } = new(Read, Write);

    /// <summary>The same for spreadsheets; see <see cref="MissingChildCsv"/> for the columns.</summary>
    public static CsvFormat<MissingChildEntry> Csv => MissingChildCsv.Format;

    private static MissingChildEntry Read(JsonRow row)
    {
        var entry = new MissingChildEntry
        {
            Received = row.RequiredInstant("received"),
            Status = row.RequiredWord<EntryStatus>("status"),
            Nic = row.RequiredNic("nic"),
            NcmecCase = row.Text("ncmecCase"),
            Ori = row.Ori("ori"),
            Category = row.Text("category"),
            CaseType = row.Text("caseType"),
            Names = row.Objects("names", static name => new EntryName(
                name.Text("given"), name.Text("family"), name.Word<NameKind>("kind") == NameKind.Alias)),
            Born = row.PartialDate("born"),
            AgeText = row.Text("ageText"),
            Sex = row.Sex("sex"),
            HeightInMin = row.Whole("heightInMin", HeightInMin, HeightInMax),
            HeightInMax = row.Whole("heightInMax", HeightInMin, HeightInMax),
            WeightLbMin = row.Whole("weightLbMin", WeightLbMin, WeightLbMax),
            WeightLbMax = row.Whole("weightLbMax", WeightLbMin, WeightLbMax),
            Race = row.Text("race"),
            Eyes = row.Text("eyes"),
            Hair = row.Text("hair"),
            PhotoTaken = row.PartialDate("photoTaken"),
            Dental = row.Flag("dental"),
            Medical = row.Flag("medical"),
            Marks = row.Texts("marks"),
            LastSeenAt = row.Instant("lastSeenAt"),
            LastSeen = row.Object("lastSeen") is { } place
                ? new(place.Text("city"), place.Text("state"), place.Text("zip"), place.Fips("countyFips")) : null,
            Custody = row.Word<Custody>("custody") ?? Custody.Unknown,
            Phones = row.Texts("phones"),
            Emails = row.Texts("emails"),
            ScreenNames = row.Objects("screenNames", JsonLineWriting.ScreenName),
            Vehicles = row.Objects("vehicles", static vehicle => VehicleFields.Read(vehicle.Fields, vehicle.Path, vehicle.Text)),
            AtRisk = row.Flag("atRisk"),
            Indicators = row.Texts("indicators"),
        };
        row.Ordered("heightInMin", entry.HeightInMin, entry.HeightInMax);
        row.Ordered("weightLbMin", entry.WeightLbMin, entry.WeightLbMax);
        VehicleFields.Bound(row.Fields, entry.Vehicles.Count);
        return entry;
    }

    private static void Write(Utf8JsonWriter json, MissingChildEntry entry)
    {
        json.Instant("received", entry.Received);
        json.Word<EntryStatus>("status", entry.Status);
        json.WriteString("nic", entry.Nic);
        json.Text("ncmecCase", entry.NcmecCase);
        json.Text("ori", entry.Ori);
        json.Text("category", entry.Category);
        json.Text("caseType", entry.CaseType);
        json.Objects("names", entry.Names, static (json, name) =>
        {
            json.Text("given", name.Given);
            json.Text("family", name.Family);
            json.Word<NameKind>("kind", name.IsAlias ? NameKind.Alias : NameKind.Name);
        });
        json.Date("born", entry.Born);
        json.Text("ageText", entry.AgeText);
        json.Text("sex", entry.Sex);
        json.Whole("heightInMin", entry.HeightInMin);
        json.Whole("heightInMax", entry.HeightInMax);
        json.Whole("weightLbMin", entry.WeightLbMin);
        json.Whole("weightLbMax", entry.WeightLbMax);
        json.Text("race", entry.Race);
        json.Text("eyes", entry.Eyes);
        json.Text("hair", entry.Hair);
        json.Date("photoTaken", entry.PhotoTaken);
        json.Flag("dental", entry.Dental);
        json.Flag("medical", entry.Medical);
        json.Texts("marks", entry.Marks);
        json.Instant("lastSeenAt", entry.LastSeenAt);
        if (entry.LastSeen is { } place)
        {
            json.WriteStartObject("lastSeen");
            json.Text("city", place.City);
            json.Text("state", place.State);
            json.Text("zip", place.Zip);
            json.Text("countyFips", place.CountyFips);
            json.WriteEndObject();
        }
        json.Word<Custody>("custody", entry.Custody);
        json.Texts("phones", entry.Phones);
        json.Texts("emails", entry.Emails);
        json.ScreenNames(entry.ScreenNames);
        json.Objects("vehicles", entry.Vehicles, static (json, vehicle) =>
        {
            json.Text("plate", vehicle.Plate);
            json.Text("state", vehicle.State);
            json.Text("plateYear", vehicle.PlateYear);
            json.Text("vin", vehicle.Vin);
            json.Whole("year", vehicle.Year);
            json.Text("make", vehicle.Make);
            json.Text("model", vehicle.Model);
            json.Text("style", vehicle.Style);
            json.Text("color", vehicle.Color);
        });
        json.Flag("atRisk", entry.AtRisk);
        json.Texts("indicators", entry.Indicators);
    }

    internal enum NameKind { Name, Alias }
}
