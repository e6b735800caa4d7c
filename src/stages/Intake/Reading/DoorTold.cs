using Homeward.Foundations.Places;
using Homeward.Intake.Model;

namespace Homeward.Intake.Reading;

/// <summary>What a tip or a referral states, as a person reads it.</summary>
internal static class DoorTold
{
    /// <summary>Empty where no name is stated.</summary>
    public static string Name(Door door) => $"{door.Given} {door.Family}".Trim();

    /// <summary>As much of the place as a row of a list needs; null where neither town nor ZIP is stated.</summary>
    public static string? Town(Door door) => PlaceQuery.Town(door.City, door.State, door.Zip);

    /// <summary>Null where no place is stated.</summary>
    public static string? Place(Door door) => string.Join(", ", new[]
    {
        door.Street, door.City, door.State, door.Zip, door.CountyFips is { Length: > 0 } county ? $"county {county}" : null,
        door.Latitude is { } latitude && door.Longitude is { } longitude ? FormattableString.Invariant($"{latitude}, {longitude}") : null,
    }.Where(part => !string.IsNullOrEmpty(part))) is { Length: > 0 } place ? place : null;
}
