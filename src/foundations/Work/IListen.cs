using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;

namespace Homeward.Foundations.Work;

/// <summary>Hears of one kind of event or work. Runs in a transaction of its own with the delivery's mark: exactly once.</summary>
/// <remarks>What it does is the house's doing; what needs a person it may only propose.</remarks>
public interface IListen<in TEvent>
{
    Task HearAsync(TEvent happened, Act act, CancellationToken cancel);
}

/// <summary>A listener whose work begins with what no transaction can hold: it is done before the transaction, alone.</summary>
/// <remarks>It is done again when it fails, when the transaction does, and on each node: it must be of no harm the second time.</remarks>
public interface IPrepare<in TEvent> : IListen<TEvent>
{
    Task PrepareAsync(TEvent happened, CancellationToken cancel);
}

/// <summary>A listener that can work out beforehand what takes long, so that its act is short: in bulk, while the act before it is stored.</summary>
/// <remarks>
/// What was worked out is kept by the listener and is no more than a good guess: what happened since may have made it wrong, or it may
/// be gone. The act sees to that, and does all by itself where nobody worked ahead.
/// </remarks>
public interface IWorkAhead<in TEvent> : IListen<TEvent>
{
    Task WorkAheadAsync(TEvent happened, HomewardDb db, CancellationToken cancel);
}

/// <summary>A listener that needs what the house makes ready as it begins to serve (<see cref="IMakeReady"/>) and that takes long.</summary>
/// <remarks>Its events wait meanwhile, and nothing else does: an act that waited would hold up all who store something.</remarks>
public interface IWaitForMemory<in TEvent> : IListen<TEvent>
{
    /// <summary>It is being made ready. False also where nobody makes it: then the act does.</summary>
    bool MustWait { get; }
}

/// <summary>A job that the house does again and again, on the house's clock.</summary>
public interface ISchedule
{
    string Name { get; }
    TimeSpan Every { get; }
    Task<Turn> RunAsync(Act act, CancellationToken cancel);
}

/// <summary>How a turn of a schedule ended.</summary>
public enum Turn
{
    /// <summary>All that waited was done: the next turn comes in its time.</summary>
    Done,

    /// <summary>As much was done as one act should hold, and more may wait: the next turn is now, in an act of its own. Only of what this turn did is none found again, else it has no end.</summary>
    MoreWaits,
}

public static class Turns
{
    /// <param name="done">What this turn did.</param>
    /// <param name="atOnce">The most that one turn does.</param>
    public static Turn After(int done, int atOnce) => done < atOnce ? Turn.Done : Turn.MoreWaits;
}
