using Homeward.Exchange.Lines;

namespace Homeward.Exchange.Missing;

/// <summary>A vehicle in which the child may be, as the entry describes it. At least one of its parts is stated.</summary>
/// <param name="Plate">As somebody wrote it (NCIC: LIC); compared as in <see cref="Plates"/>, where it can be.</param>
/// <param name="State">Two letters of the state or country that gave the plate out (LIS).</param>
/// <param name="PlateYear">The year in which the plate expires, or <c>NX</c> for one that does not (LIY).</param>
/// <param name="Vin">As in <see cref="Vins"/>.</param>
/// <param name="Year">Of the vehicle (VYR); 1885 to 2100.</param>
/// <param name="Make">By code or word (VMA); so are <paramref name="Model"/> (VMO), <paramref name="Style"/> (VST) and <paramref name="Color"/> (VCO).</param>
public sealed record EntryVehicle(
    string? Plate = null, string? State = null, string? PlateYear = null, string? Vin = null, int? Year = null, string? Make = null, string? Model = null,
    string? Style = null, string? Color = null);

/// <summary>Reads a vehicle's parts, of a JSON object or of a CSV cell alike, and names each fault.</summary>
internal static class VehicleFields
{
    /// <summary>Of one entry.</summary>
    public const int VehiclesMax = 20;
    private const int YearMin = 1885, YearMax = 2100;

    /// <summary>The parts in their order in a CSV cell.</summary>
    public static readonly string[] Keys = ["plate", "state", "plateYear", "vin", "year", "make", "model", "style", "color"];

    /// <param name="at">Which vehicle: <c>vehicles[0]</c>.</param>
    public static EntryVehicle Read(Fields fields, string at, Func<string, string?> text)
    {
        var before = fields.Faults.Count;
        var said = Keys.ToDictionary(key => key, text);
        if (fields.Faults.Count == before && said.Values.All(string.IsNullOrWhiteSpace))
            fields.Fault(at, "says nothing of a vehicle", "give its plate, its VIN or how it looks, or leave it out");
        var year = fields.Whole($"{at}.year", said["year"], YearMin, YearMax);
        return new(
            fields.Plate($"{at}.plate", said["plate"]), fields.StateCode($"{at}.state", said["state"]), fields.PlateYear($"{at}.plateYear", said["plateYear"]),
            fields.Vin($"{at}.vin", said["vin"], year), year, fields.Text($"{at}.make", said["make"]), fields.Text($"{at}.model", said["model"]),
            fields.Text($"{at}.style", said["style"]), fields.Text($"{at}.color", said["color"]));
    }

    public static void Bound(Fields fields, int count)
    {
        if (count > VehiclesMax) fields.Fault("vehicles", $"more than {VehiclesMax} vehicles", "name those in which the child may be");
    }
}
