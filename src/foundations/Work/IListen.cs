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

/// <summary>A job that the house does again and again, on the house's clock.</summary>
public interface ISchedule
{
    string Name { get; }
    TimeSpan Every { get; }
    Task RunAsync(Act act, CancellationToken cancel);
}
