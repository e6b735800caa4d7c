using Homeward.Scenario.World.Plan;
using Homeward.Scenario.World.Truth;

namespace Homeward.Scenario.World.Field;

/// <summary>One office in the field: what it still owes, and which operations it ran.</summary>
internal sealed class OfficeDesk(OfficePlan office, IReadOnlyList<DueAct> acts, IReadOnlyList<TruthChild> metByChance)
{
    /// <summary>All is done when this share of the pledged operations has run: some are always called off.</summary>
    private const double Briskness = 0.8;
    /// <summary>The share of the pledged operations after which those met by chance have all been met.</summary>
    private const double Luck = 0.5;

    private int _actsTaken, _met, _operations, _proactive;

    public OfficePlan Office => office;

    /// <summary>When what is still owed is told without waiting for more operations.</summary>
    public DateTimeOffset ClosesAt { get; } = office.Window.At(0.96);

    /// <summary>The operation of this office that began last; null while none ran inside its window.</summary>
    public OperationRun? LastOperation { get; private set; }

    /// <summary>Takes note of an operation and gives the acts that fall to it.</summary>
    public IReadOnlyList<DueAct> Take(OperationRun operation)
    {
        _operations++;
        if (LastOperation is null || operation.StartsAt > LastOperation.StartsAt) LastOperation = operation;
        return Next(Due(acts.Count, _operations, Briskness));
    }

    /// <summary>The children whom a proactive operation comes upon.</summary>
    public IReadOnlyList<TruthChild> Meet()
    {
        var from = _met;
        _met = Math.Max(_met, Due(metByChance.Count, ++_proactive, Luck));
        return [.. metByChance.Skip(from).Take(_met - from)];
    }

    /// <summary>All acts that nobody has done yet.</summary>
    public IReadOnlyList<DueAct> TakeRest() => Next(acts.Count);

    private List<DueAct> Next(int upTo)
    {
        var taken = acts.Skip(_actsTaken).Take(upTo - _actsTaken).ToList();
        _actsTaken = Math.Max(_actsTaken, upTo);
        return taken;
    }

    private int Due(int count, int run, double of) =>
        (int)Math.Ceiling(count * Math.Min(1, run / Math.Max(1, office.Operations * of)));
}
