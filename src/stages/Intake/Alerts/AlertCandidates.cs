using Homeward.Exchange.Alerts;
using Homeward.Foundations.Access;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Alerts;

/// <summary>Entries that an alert may speak of: whose NIC number, name or vehicle stands in it, and who is like the child that it describes. Proposed, never attached.</summary>
/// <remarks>The linkage of persons stands in Review, a later stage, which is asked through <see cref="ILinkChildren"/>: it forgives how a name is spelled, and says field by field why.</remarks>
internal sealed class AlertCandidates(IEnumerable<ILinkChildren> linkages)
{
    private const int RowsMax = 10, EntriesMax = 1_000;
    private const int WrittenNic = 8, NamesTheChild = 6, NameInText = 4, SamePlate = 3;

    /// <param name="Score">Of what is written in the alert; 0 for an entry that is only like the child.</param>
    /// <param name="Why">What agrees and what does not, in words.</param>
    /// <param name="Likeness">What the linkage of persons says; null when it does not propose the entry.</param>
    /// <param name="SharesPlate">The alert names the plate of a vehicle that the entry names.</param>
    public sealed record Candidate(Entry Entry, int Score, IReadOnlyList<string> Why, LikeEntry? Likeness, bool SharesPlate = false);

    /// <summary>The best first; open entries that the actor may reach. One whose number is written leads, then one with the same plate, then likeness counts.</summary>
    public async Task<IReadOnlyList<Candidate>> FindAsync(Act act, CapAlert alert, CancellationToken cancel)
    {
        var claims = AlertClaims.Of(alert);
        var likely = new Dictionary<EntryId, LikeEntry>();
        if (claims.Names.Count > 0)
            foreach (var linkage in linkages)
                foreach (var one in await linkage.FindAsync(act.Db, claims.Said(alert.Key.SentAt), cancel)) likely.TryAdd(one.Entry, one);
        var written = await FindWrittenAsync(act, alert, cancel);
        var plated = await FindPlatedAsync(act, alert, [.. written.Select(one => one.Entry.Id)], cancel);
        var missing = likely.Keys.Except(written.Concat(plated).Select(one => one.Entry.Id)).ToList();
        var alike = await act.Seen(act.Db.Set<Entry>().AsNoTracking()).Where(Entry.IsOpen).Where(row => missing.Contains(row.Id)).ToListAsync(cancel);
        return [.. written.Concat(plated).Concat(alike.Select(entry => new Candidate(entry, 0, ["like the child that the alert describes"], null)))
            .Select(one => one with { Likeness = likely.GetValueOrDefault(one.Entry.Id) })
            .OrderByDescending(one => one.Score >= WrittenNic).ThenByDescending(one => one.SharesPlate).ThenByDescending(one => one.Likeness?.Weight ?? double.MinValue)
            .ThenByDescending(one => one.Score).ThenBy(one => one.Entry.Id.Value).Take(RowsMax)];
    }

    /// <summary>Those whose NIC number or name is written in the alert.</summary>
    public static async Task<IReadOnlyList<Candidate>> FindWrittenAsync(Act act, CapAlert alert, CancellationToken cancel)
    {
        var (claims, text) = (AlertClaims.Of(alert), AlertClaims.Text(alert));
        var named = claims.Names.Select(Names.Fold).ToHashSet(StringComparer.Ordinal);
        var open = act.Seen(act.Db.Set<Entry>().AsNoTracking()).Where(Entry.IsOpen);
        var rows = await open.Select(row => new { row.Id, row.Nic, row.Names }).ToListAsync(cancel);
        var hits = new Dictionary<EntryId, (int Score, string Why)>();
        foreach (var row in rows)
        {
            if (text.Contains($" {Names.Fold(row.Nic)} ", StringComparison.Ordinal)) hits[row.Id] = (WrittenNic, "the alert writes its NIC number");
            foreach (var (given, family, isAlias) in ChildRecord.Names(row.Names))
            {
                var name = Names.Fold($"{given} {family}");
                if (given.Length == 0 || family.Length == 0 || Names.IsPlaceholder(name)) continue;
                var kind = isAlias ? "an alias" : "the name";
                (int Score, string Why)? hit = named.Contains(name) ? (NamesTheChild, $"{kind} is the alert's name of the child")
                    : text.Contains($" {name} ", StringComparison.Ordinal) ? (NameInText, $"{kind} stands in the alert's text") : null;
                if (hit is { } found && found.Score > hits.GetValueOrDefault(row.Id).Score) hits[row.Id] = found;
            }
        }
        var ids = hits.OrderByDescending(hit => hit.Value.Score).ThenBy(hit => hit.Key.Value).Take(EntriesMax).Select(hit => hit.Key).ToList();
        var entries = await act.Db.Set<Entry>().AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync(cancel);
        var plates = AlertClaims.Plates(alert);
        return [.. entries.Select(entry => Judge(entry, hits[entry.Id], claims, plates, alert.Key.SentAt))
            .OrderByDescending(one => one.Score).ThenBy(one => one.Entry.Id.Value).Take(RowsMax)];
    }

    /// <summary>Those that name a vehicle with a plate which the alert names, beside those that are found already.</summary>
    /// <remarks>A plate says who drives and not who the child is: so it proposes, and never ends the clock of an entry owed, as a written name does.</remarks>
    private static async Task<IReadOnlyList<Candidate>> FindPlatedAsync(Act act, CapAlert alert, List<EntryId> found, CancellationToken cancel)
    {
        var plates = AlertClaims.Plates(alert);
        if (plates.Count == 0) return [];
        var entries = await act.Seen(act.Db.Set<Entry>().AsNoTracking()).Where(Entry.IsOpen)
            .Where(row => !found.Contains(row.Id) && act.Db.Set<EntryPlate>().Any(one => one.EntryId == row.Id && plates.Contains(one.Plate)))
            .OrderBy(row => row.Id).Take(EntriesMax).ToListAsync(cancel);
        return [.. entries.Select(entry => Judge(entry, null, AlertClaims.Of(alert), plates, alert.Key.SentAt)).Where(one => one.SharesPlate)];
    }

    private static Candidate Judge(Entry entry, (int Score, string Why)? hit, AlertClaims claims, IReadOnlyList<string> plates, DateTimeOffset sentAt)
    {
        var (score, why) = (hit?.Score ?? 0, new List<string>());
        if (hit is { } found) why.Add(found.Why);
        var shared = EntryVehicles.Plates(entry.Vehicles).Intersect(plates).ToList();
        foreach (var plate in shared)
        {
            score += SamePlate;
            why.Add($"the alert names plate {plate}, which the entry gives as: {string.Join("; ", EntryVehicles.Bearing(entry.Vehicles, plate))}");
        }
        foreach (var line in AlertComparison.Of(claims, entry, sentAt).Where(line =>
            line.Answer != AlertAnswer.Adds && line.What is not (AlertClaims.Child or AlertClaims.PlateOf or AlertClaims.Vehicle)))
        {
            score += line.Answer == AlertAnswer.Agrees ? 1 : -3;
            why.Add($"{line.What.ToLowerInvariant()} {(line.Answer == AlertAnswer.Agrees ? "agrees" : "does not agree")}");
        }
        return new(entry, score, why, null, shared.Count > 0);
    }
}
