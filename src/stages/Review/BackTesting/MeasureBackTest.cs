using Homeward.Foundations.Rules;
using Homeward.Foundations.Storage;
using Homeward.Intake;
using Homeward.Review.Ranking;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.BackTesting;

/// <summary>What is to be measured.</summary>
internal sealed record BackTestQuestion(Guid Initiative, DateOnly From, DateOnly To, RiskRuleSet Tried, RiskRuleSet InForce, DateTimeOffset AsOf);

/// <summary>Asks what a version of the rules would have found first, of what an initiative in truth came to.</summary>
/// <remarks>
/// What is known is the house's own: reports that people confirmed, leads that rest on them, outcomes of these leads. A
/// report that was never matched is not known to be worthless. Reads past the writer, some reports at a time.
/// </remarks>
internal sealed class MeasureBackTest(IIntake intake, RuleBook rules, IEnumerable<ITellOutcomes> outcomes)
{
    /// <summary>A child's first report that stands so much of the queue further down is named.</summary>
    private const double MovedFrom = 0.1;
    private const int MovedMax = 100;
    private const int AskedAtOnce = 1_000;

    private sealed record Child(string Key, LeadId Lead, string LeadNumber, string Kind, IReadOnlyList<Guid> Reports);

    public async Task<BackTestResult> RunAsync(HomewardDb db, BackTestQuestion question, Action<int> progress, CancellationToken cancel)
    {
        var children = await ChildrenAsync(db, question, cancel);
        var wanted = children.SelectMany(child => child.Reports).Distinct().ToDictionary(id => id, _ => -1);
        var (opens, closes) = (Midnight(question.From), Midnight(question.To.AddDays(1)));
        var (signals, groups) = await new SignalReader(intake).ReadAsync(db, opens, closes, await ReadTwiceAsync(db, cancel), wanted, progress, cancel);
        var held = Array.ConvertAll(signals, signal => signal.Held);
        var inForce = QueueReplay.Ranks(held, question.InForce);
        var isOther = question.Tried.Version != question.InForce.Version;
        var tried = isOther ? QueueReplay.Ranks(held, question.Tried) : inForce;

        var here = children.Select(child => (Child: child, Places: child.Reports.Select(id => wanted[id]).Where(place => place >= 0).ToList()))
            .Where(one => one.Places.Count > 0).ToList();
        List<GainCurve> curves =
        [
            QueueReplay.Curve("arrival", [.. here.Select(one => one.Places.Min() + 1)], signals.Length),
            QueueReplay.Curve(question.InForce.Version, [.. here.Select(one => one.Places.Min(place => inForce[place]))], signals.Length),
        ];
        if (isOther) curves.Add(QueueReplay.Curve(question.Tried.Version, [.. here.Select(one => one.Places.Min(place => tried[place]))], signals.Length));
        var moved = here.Select(one => (one.Child, Place: one.Places.MinBy(place => tried[place]),
                Before: one.Places.Min(place => isOther ? inForce[place] : place + 1), After: one.Places.Min(place => tried[place])))
            .Where(one => one.After - one.Before > MovedFrom * signals.Length)
            .OrderByDescending(one => one.After - one.Before).ThenBy(one => one.Child.LeadNumber, StringComparer.Ordinal).Take(MovedMax).ToList();
        var reportAt = wanted.Where(pair => pair.Value >= 0).ToDictionary(pair => pair.Value, pair => pair.Key);
        var numbers = await NumbersAsync(db, [.. moved.Select(one => reportAt[one.Place])], cancel);
        var firsts = here.Select(one => one.Places.MinBy(place => tried[place])).ToList();
        return new BackTestResult(
            signals.Length, here.Count, here.SelectMany(one => one.Places).Distinct().Count(), children.Count - here.Count, curves,
            isOther ? question.InForce.Version : "arrival",
            [.. moved.Select(one => new MovedChild(one.Child.LeadNumber, one.Child.Lead, numbers[reportAt[one.Place]], ReportId.From(reportAt[one.Place]),
                one.Child.Kind, one.Before, one.After))],
            AboveOf(signals, question.Tried), AboveOf(signals, question.InForce), signals.Count(FairnessMeasure.NamesAChild),
            FairnessMeasure.Of(signals, tried, firsts, groups, (int)rules.On("small-cell", DateOnly.FromDateTime(question.AsOf.UtcDateTime)).Value));
    }

    /// <summary>The queue is one for all offices: its days are those of UTC.</summary>
    private static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    private static int AboveOf(Signal[] signals, RiskRuleSet rules) =>
        signals.Count(signal => rules.IsAbove(rules.RiskOf(new(signal.Held)), float.IsNaN(signal.TopWeight) ? null : signal.TopWeight));

    /// <summary>Found children, each once, with the reports that their leads rest on.</summary>
    private async Task<IReadOnlyList<Child>> ChildrenAsync(HomewardDb db, BackTestQuestion question, CancellationToken cancel)
    {
        if (outcomes.FirstOrDefault() is not { } tells) return [];
        var found = (await tells.FoundAsync(db, question.Initiative, question.AsOf, cancel)).ToDictionary(one => one.Lead, one => one.Kind);
        var ids = found.Keys.ToList();
        var leads = await db.Set<Lead>().AsNoTracking().Where(lead => ids.Contains(lead.Id)).OrderBy(lead => lead.RaisedAt).ThenBy(lead => lead.Id)
            .Select(lead => new { lead.Id, lead.Number, lead.Child }).ToListAsync(cancel);
        var reports = (await db.Set<LeadEvidence>().AsNoTracking().Where(row => ids.Contains(row.Lead) && row.Report != null && row.WithdrawnAt == null)
            .Select(row => new { row.Lead, row.Report }).ToListAsync(cancel)).ToLookup(row => row.Lead, row => row.Report!.Value.Value);
        return [.. leads.GroupBy(lead => lead.Child?.Value ?? lead.Id.Value).Select(same => new Child(
            same.Key.ToString("N"), same.First().Id, same.First().Number, found[same.First().Id],
            [.. same.SelectMany(lead => reports[lead.Id]).Distinct()]))];
    }

    private static async Task<IReadOnlySet<Guid>> ReadTwiceAsync(HomewardDb db, CancellationToken cancel)
    {
        var readings = await db.Set<SecondReading>().AsNoTracking().Select(row => new { row.Subject, row.SubjectId }).ToListAsync(cancel);
        var reports = readings.Where(row => row.Subject == ReadingSubject.Report).Select(row => row.SubjectId).ToHashSet();
        foreach (var some in readings.Where(row => row.Subject == ReadingSubject.Match).Select(row => MatchId.From(row.SubjectId)).Chunk(AskedAtOnce))
            reports.UnionWith((await db.Set<MatchProposal>().AsNoTracking().Where(match => some.Contains(match.Id)).Select(match => match.ReportId).ToListAsync(cancel))
                .Select(id => id.Value));
        return reports;
    }

    private static async Task<Dictionary<Guid, string>> NumbersAsync(HomewardDb db, List<Guid> reports, CancellationToken cancel)
    {
        var ids = reports.ConvertAll(ReportId.From);
        return await db.Set<QueueItem>().AsNoTracking().Where(item => ids.Contains(item.Id)).ToDictionaryAsync(item => item.Id.Value, item => item.Number, cancel);
    }
}
