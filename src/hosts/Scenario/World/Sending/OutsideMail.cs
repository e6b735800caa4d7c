using Homeward.Exchange;
using Homeward.Exchange.Missing;
using Homeward.Scenario.World.Partners;
using Homeward.Scenario.World.People;
using Homeward.Scenario.World.Plan;
using Homeward.Scenario.World.Towns;
using Homeward.Scenario.World.Truth;

namespace Homeward.Scenario.World.Sending;

/// <summary>All that outsiders send by themselves, whatever the house does, in the order in which it arrives.</summary>
/// <remarks>The text of a report is made when it is asked for: twenty thousand of them are written as July goes by.</remarks>
internal sealed class OutsideMail
{
    private readonly DescribeReport _describe;
    private readonly List<(DateTimeOffset At, string Key, Func<Sent> Make)> _items = [];
    private int _next;

    public OutsideMail(WorldPlan plan, WorldTruth truth, PartnerRolls partners, InventPeople people, Scenes scenes)
    {
        _describe = new(plan, people, scenes);
        var reports = new BuildReports(plan, truth).Build();
        foreach (var report in reports)
            _items.Add((report.ArrivesAt, $"{report.Number}{(int)report.Manner}", () => Text(report)));
        ReportSendings = reports.Count;
        Reports = reports.Select(report => report.Number).Distinct().Count();
        foreach (var entry in truth.Entries) Add(entry, plan);
        foreach (var tip in new BuildTips(plan, truth, partners, people, scenes).Build()) _items.Add((tip.At, tip.Body, () => tip));
        _items.Sort(static (one, other) => one.At != other.At ? one.At.CompareTo(other.At) : string.CompareOrdinal(one.Key, other.Key));
    }

    /// <summary>Distinct numbers.</summary>
    public int Reports { get; }
    /// <summary>Repeats and corrected versions included.</summary>
    public int ReportSendings { get; }

    /// <summary>What arrives up to an instant, itself included, and has not been given yet.</summary>
    public IEnumerable<Sent> Until(DateTimeOffset at)
    {
        for (; _next < _items.Count && _items[_next].At <= at; _next++) yield return _items[_next].Make();
    }

    private void Add(EntryPlan entry, WorldPlan plan)
    {
        Message(EntryStatus.Entered, entry.ReceivedAt);
        if (entry.ModifiedAt is { } modified) Message(EntryStatus.Modified, modified);
        if (entry.ClearedAt is { } cleared) Message(EntryStatus.Cleared, cleared);

        void Message(EntryStatus status, DateTimeOffset at)
        {
            var whole = new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
            if (whole < plan.LastSend) _items.Add((whole, $"{entry.Nic}{(int)status}", () => Lines.Of(DescribeEntry.Of(entry, status, whole))));
        }
    }

    private Sent Text(ReportPlan report)
    {
        var text = Lines.Of(_describe.Of(report));
        if (report.Manner == Manner.Malformed) text = Broken(text, report);
        return new(RawFolder.ReportPath(report.ArrivesAt, report.Number, report.Form), report.ArrivesAt, text);
    }

    /// <summary>Cut off in the middle, as by a lost connection, or with one sign too few.</summary>
    private static string Broken(string text, ReportPlan report) => report.Dice.Chance(0.5, "cut")
        ? text[..report.Dice.Between(text.Length / 4, text.Length * 3 / 4, "cut at")]
        : text.Remove(text.LastIndexOfAny(['>', '}']), 1);
}
