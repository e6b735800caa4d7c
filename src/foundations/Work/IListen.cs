using Homeward.Foundations.Access;

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

/// <summary>A job that the house does again and again, on the house's clock.</summary>
public interface ISchedule
{
    string Name { get; }
    TimeSpan Every { get; }
    Task RunAsync(Act act, CancellationToken cancel);
}
