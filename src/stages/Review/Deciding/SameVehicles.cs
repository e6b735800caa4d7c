using Homeward.Foundations.Access;
using Homeward.Intake;

namespace Homeward.Review.Deciding;

/// <summary>Sought children whose entries name a vehicle that the report names by its plate.</summary>
/// <remarks>
/// A plate belongs to a vehicle and not to a person: a parent's car brings many to school, and two states give out the same plate. So it
/// is told to the reader, with where it stands on both sides, and it is no field of the linkage: it proposes no match and moves no score.
/// </remarks>
internal static class SameVehicles
{
    private const int EntriesMax = 20;
    private const string Kind = "plate";

    public static async Task<IReadOnlyList<ShowReport.SameVehicle>> OfAsync(Act act, IIntake intake, ReportGist report, IReadOnlyList<MatchProposal> matches, CancellationToken cancel)
    {
        var plates = report.Identifiers.Where(one => one.Kind == Kind).DistinctBy(one => one.Value).ToDictionary(one => one.Value, one => one.Path);
        var entries = plates.Count == 0 ? [] : await intake.EntriesNamingPlatesAsync(act.Db, plates.Keys, EntriesMax, cancel);
        foreach (var entry in entries) act.Trace("entry", entry.Id.Value, Kind);
        return [.. from entry in entries
                   from vehicle in entry.Vehicles
                   where plates.ContainsKey(vehicle.Plate)
                   select new ShowReport.SameVehicle(
                       vehicle.Plate, plates[vehicle.Plate], entry.Id, entry.Nic, vehicle.Says, matches.FirstOrDefault(match => match.Entry == entry.Id)?.Id)];
    }

    /// <summary>For a match's reader: the vehicles of the entry beside the plates of the report. Null where a side has none.</summary>
    public static ShowMatch.Line? Line(EntryGist entry, ReportGist report)
    {
        var plates = report.Identifiers.Where(one => one.Kind == Kind).Select(one => one.Value).Distinct().ToList();
        if (entry.Vehicles.Count == 0 && plates.Count == 0) return null;
        var isSame = entry.Vehicles.Any(vehicle => plates.Contains(vehicle.Plate));
        return new(
            "Vehicle", string.Join("; ", entry.Vehicles.Select(vehicle => vehicle.Says)), plates.Count == 0 ? "" : $"plate {string.Join(", plate ", plates)}", isSame ? "same" : "unknown",
            isSame ? "the report names the plate of a vehicle of the entry; a plate is a vehicle's and not a person's, so it weighs nothing in the score"
                : entry.Vehicles.Count > 0 && plates.Count > 0 ? "not compared: other plates speak for nothing" : "not known on both sides");
    }
}
