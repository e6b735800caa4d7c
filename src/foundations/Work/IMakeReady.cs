using Homeward.Foundations.Storage;

namespace Homeward.Foundations.Work;

/// <summary>Something that a stage holds in memory and makes of what is stored: made as the house begins to serve, beside its deliveries.</summary>
/// <remarks>Whoever asks earlier makes it, waits for the one who does, or does without and says so. Which events wait, <see cref="IWaitForMemory{TEvent}"/> says.</remarks>
public interface IMakeReady
{
    /// <summary>From the moment of the call it is known that it is being made; the making itself goes on beside the caller.</summary>
    Task MakeReadyAsync(HomewardDb db, CancellationToken cancel);
}
