using Homeward.Exchange;
using Homeward.Exchange.Lines;
using Homeward.Exchange.Outcomes;
using Homeward.Foundations.Places;

namespace Homeward.World.Tests;

/// <summary>Figures counted from the lines alone, the plainest way there is.</summary>
internal sealed class Recount
{
    private readonly Dictionary<string, (DateTimeOffset Start, DateTimeOffset End)> _windows;

    public Recount(Played played)
    {
        Children = Read(played, RawFolder.Children, FieldOutcomes.Children);
        Adults = Read(played, RawFolder.Adults, FieldOutcomes.Adults);
        Arrests = Read(played, RawFolder.Arrests, FieldOutcomes.Arrests);
        Investigations = Read(played, RawFolder.Investigations, FieldOutcomes.Investigations);
        Courts = Read(played, RawFolder.Courts, FieldOutcomes.Courts);
        var plan = played.World.Plan;
        _windows = Gazetteer.Default.Offices.All.Where(office => office.IsOpenWithin(plan.From, plan.To)).ToDictionary(office => office.Code, office => Zones.Window(
            office.ValidFrom > plan.From ? office.ValidFrom : plan.From,
            office.ValidTo is { } end && end < plan.To ? end : plan.To, Zones.ZoneOf(office)));
    }

    public IReadOnlyList<ChildOutcome> Children { get; }
    public IReadOnlyList<AdultOutcome> Adults { get; }
    public IReadOnlyList<ArrestOutcome> Arrests { get; }
    public IReadOnlyList<InvestigationOutcome> Investigations { get; }
    public IReadOnlyList<CourtOutcome> Courts { get; }
    public IEnumerable<IFieldOutcome> All => [.. Children, .. Adults, .. Arrests, .. Investigations, .. Courts];

    /// <summary>One line for each child: the first of the strongest kind, inside the window, without labor.</summary>
    public IEnumerable<ChildOutcome> CountedChildren => Children
        .Where(line => line.Exploitation != Exploitation.Labor && IsInWindow(line))
        .GroupBy(line => line.BiometricRef ?? line.Record)
        .Select(child => child.OrderBy(line => line.Kind).ThenBy(line => line.At).First());

    public int Counted(string office, ChildOutcomeKind kind) => CountedChildren.Count(line => line.Office == office && line.Kind == kind);
    public int AdultsOf(string office) => Adults.Count(line => line.Office == office && line.Kind == AdultOutcomeKind.Identified && IsInWindow(line));
    public int ArrestsOf(string office) => Arrests
        .Where(line => line.Office == office && line.Kind == ArrestKind.Trafficking && IsInWindow(line)).DistinctBy(line => line.FbiNumber).Count();
    public int InvestigationsOf(string office) => Investigations
        .Where(line => line.Office == office && IsInWindow(line)).DistinctBy(line => line.CaseNumber).Count();

    public bool IsInWindow(IFieldOutcome line) => _windows[line.Office] is var (start, end) && line.At >= start && line.At < end;

    private static List<T> Read<T>(Played played, string path, JsonLineFormat<T> format) where T : class =>
        [.. played.Sends.Where(sent => sent.Path == path).Select(sent => format.ReadLine(sent.Body).Value)];
}
