using System.Globalization;
using Homeward.Exchange;
using Homeward.Exchange.Missing;

namespace Homeward.Intake.Reading;

/// <summary>The vehicles of an entry as the house keeps them: one a line, their parts parted by tabs.</summary>
internal static class EntryVehicles
{
    private const int Parts = 9;

    public static string Join(IEnumerable<EntryVehicle> vehicles) => Lists.Join(vehicles.Select(one => Lists.Item(
        one.Plate, one.State?.ToUpperInvariant(), one.PlateYear, one.Vin?.ToUpperInvariant(), one.Year?.ToString(CultureInfo.InvariantCulture), one.Make, one.Model,
        one.Style, one.Color)));

    public static IReadOnlyList<EntryVehicle> Split(string joined) => [.. Lists.Split(joined).Select(line =>
    {
        var parts = line.Split('\t');
        Kernel.Ensure.That(parts.Length == Parts);
        string? At(int index) => parts[index].Length > 0 ? parts[index] : null;
        return new EntryVehicle(
            At(0), At(1), At(2), At(3), int.TryParse(parts[4], NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : null, At(5), At(6), At(7), At(8));
    })];

    /// <summary>The plates in the form in which they are compared; those that have none are left out.</summary>
    public static IReadOnlyList<string> Plates(string joined) =>
        [.. Split(joined).Select(one => one.Plate).OfType<string>().Select(Exchange.Plates.Normal).OfType<string>().Distinct()];

    /// <summary>The vehicles that bear a plate, in words.</summary>
    public static IReadOnlyList<string> Bearing(string joined, string plate) =>
        [.. Split(joined).Where(one => one.Plate is { } text && Exchange.Plates.Normal(text) == plate).Select(Words)];

    /// <summary>"BLU 2012 FORD FOCUS 4D, plate 123ABC (KS, until 2020), VIN 1M8…": what is not stated is left out.</summary>
    public static string Words(EntryVehicle vehicle)
    {
        var (looks, plate) = (Looks(vehicle), PlateWords(vehicle));
        return string.Join(", ", new[] { looks, plate.Length > 0 ? $"plate {plate}" : "", vehicle.Vin is null ? "" : $"VIN {vehicle.Vin}" }.Where(part => part.Length > 0));
    }

    public static string Looks(EntryVehicle vehicle) => string.Join(' ', new[]
    {
        vehicle.Color, vehicle.Year?.ToString(CultureInfo.InvariantCulture), vehicle.Make, vehicle.Model, vehicle.Style,
    }.OfType<string>());

    private static string PlateWords(EntryVehicle vehicle)
    {
        var around = PlateAround(vehicle);
        return $"{vehicle.Plate}{(around.Length > 0 ? $" ({around})" : "")}".Trim();
    }

    /// <summary>Who gave the plate out, and until when it holds.</summary>
    public static string PlateAround(EntryVehicle vehicle) => string.Join(", ", new[]
    {
        vehicle.State, vehicle.PlateYear switch { null => null, "NX" => "does not expire", var year => $"until {year}" },
    }.OfType<string>());
}
