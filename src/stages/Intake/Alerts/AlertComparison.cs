using System.Globalization;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Kernel;

namespace Homeward.Intake.Alerts;

/// <summary>Whether the alert says what the entry says, something else, or something that the entry does not say.</summary>
public enum AlertAnswer { Adds, Agrees, Contradicts }

/// <param name="What">Which fact, in plain words or as the issuer names it.</param>
/// <param name="Entry">What the entry says of it; null when nothing.</param>
public sealed record AlertLine(string What, string Alert, string? Entry, AlertAnswer Answer);

/// <summary>Holds an alert beside an entry, line by line. Neither is changed.</summary>
internal static class AlertComparison
{
    public static IReadOnlyList<AlertLine> Of(AlertClaims claims, EntryFacts entry, DateTimeOffset sentAt)
    {
        var names = ChildRecord.Names(entry.Names).Select(name => $"{name.Given} {name.Family}".Trim()).Where(name => name.Length > 0).ToList();
        var day = DateOnly.FromDateTime(sentAt.UtcDateTime);
        return [.. claims.All.Select(claim => claim.What switch
        {
            AlertClaims.Child => Line(claim, names.Count == 0 ? null : string.Join("; ", names), names.Exists(name => Names.Fold(name) == Names.Fold(claim.Value))),
            AlertClaims.AgeOf when claims.Age is { } age && entry.Born.AgeOn(day) is { } born =>
                Line(claim, born.Min == born.Max ? Number(born.Min) : $"{born.Min} to {born.Max}", age >= born.Min && age <= born.Max),
            AlertClaims.BornOf when !claims.Born.IsUnknown && !entry.Born.IsUnknown =>
                Line(claim, entry.Born.ToString(), claims.Born.Earliest <= entry.Born.Latest && entry.Born.Earliest <= claims.Born.Latest),
            AlertClaims.SexOf when claims.Sex is { } sex && entry.Sex is not null => Line(claim, entry.Sex, sex == entry.Sex),
            AlertClaims.PlateOf or AlertClaims.Vehicle when entry.Vehicles.Length > 0 => VehicleLine(claim, entry.Vehicles),
            _ => new AlertLine(claim.What, claim.Value, null, AlertAnswer.Adds),
        })];
    }

    /// <summary>Another vehicle contradicts nothing: a child may be in the one or in the other.</summary>
    private static AlertLine VehicleLine(AlertClaims.Claim claim, string vehicles) => new(
        claim.What, claim.Value, string.Join("; ", EntryVehicles.Split(vehicles).Select(EntryVehicles.Words)),
        AlertClaims.Plates(claim).Intersect(EntryVehicles.Plates(vehicles)).Any() ? AlertAnswer.Agrees : AlertAnswer.Adds);

    private static AlertLine Line(AlertClaims.Claim claim, string? entry, bool agrees) =>
        new(claim.What, claim.Value, entry, entry is null ? AlertAnswer.Adds : agrees ? AlertAnswer.Agrees : AlertAnswer.Contradicts);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
