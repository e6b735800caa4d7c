using Homeward.Exchange.Alerts;
using Homeward.Foundations.Access;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Alerts;

/// <summary>Entries that an alert may speak of: by the NIC number or a name that stands in it. Proposed, never attached.</summary>
/// <remarks>The linkage of persons stands in Review, a later stage. Here it is asked only whose name is written in the alert; age and sex order the answers.</remarks>
internal static class AlertCandidates
{
    private const int RowsMax = 10;

    /// <param name="Why">What agrees and what does not, in words.</param>
    public sealed record Candidate(Entry Entry, int Score, IReadOnlyList<string> Why);

    /// <summary>The best first; open entries that the actor may reach.</summary>
    public static async Task<IReadOnlyList<Candidate>> FindAsync(Act act, CapAlert alert, CancellationToken cancel)
    {
        var (claims, text) = (AlertClaims.Of(alert), AlertClaims.Text(alert));
        var named = claims.Names.Select(Names.Fold).ToHashSet(StringComparer.Ordinal);
        var open = act.Seen(act.Db.Set<Entry>().AsNoTracking()).Where(row => row.State == EntryState.Entered || row.State == EntryState.Modified);
        var rows = await open.Select(row => new { row.Id, row.Nic, row.Names }).ToListAsync(cancel);
        var hits = new Dictionary<EntryId, (int Score, string Why)>();
        foreach (var row in rows)
        {
            if (text.Contains($" {Names.Fold(row.Nic)} ", StringComparison.Ordinal)) hits[row.Id] = (8, "the alert writes its NIC number");
            foreach (var (given, family, isAlias) in ChildRecord.Names(row.Names))
            {
                var name = Names.Fold($"{given} {family}");
                if (given.Length == 0 || family.Length == 0 || Names.IsPlaceholder(name)) continue;
                var kind = isAlias ? "an alias" : "the name";
                (int Score, string Why)? hit = named.Contains(name) ? (6, $"{kind} is the alert's name of the child")
                    : text.Contains($" {name} ", StringComparison.Ordinal) ? (4, $"{kind} stands in the alert's text") : null;
                if (hit is { } found && found.Score > hits.GetValueOrDefault(row.Id).Score) hits[row.Id] = found;
            }
        }
        var ids = hits.OrderByDescending(hit => hit.Value.Score).ThenBy(hit => hit.Key.Value).Take(1_000).Select(hit => hit.Key).ToList();
        var entries = await act.Db.Set<Entry>().AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync(cancel);
        return [.. entries.Select(entry => Judge(entry, hits[entry.Id], claims, alert.Key.SentAt))
            .OrderByDescending(one => one.Score).ThenBy(one => one.Entry.Id.Value).Take(RowsMax)];
    }

    private static Candidate Judge(Entry entry, (int Score, string Why) hit, AlertClaims claims, DateTimeOffset sentAt)
    {
        var (score, why) = (hit.Score, new List<string> { hit.Why });
        foreach (var line in AlertComparison.Of(claims, entry, sentAt).Where(line => line.Answer != AlertAnswer.Adds && line.What != AlertClaims.Child))
        {
            score += line.Answer == AlertAnswer.Agrees ? 1 : -3;
            why.Add($"{line.What.ToLowerInvariant()} {(line.Answer == AlertAnswer.Agrees ? "agrees" : "does not agree")}");
        }
        return new(entry, score, why);
    }
}
