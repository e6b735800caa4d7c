using Homeward.Foundations.Storage;

namespace Homeward.Foundations.Work;

/// <summary>Something that a stage holds in memory and makes of what is stored: made when the house begins to serve, before anybody waits for it.</summary>
/// <remarks>Whoever asks earlier makes it, or waits for the one who does.</remarks>
public interface IMakeReady
{
    Task MakeReadyAsync(HomewardDb db, CancellationToken cancel);
}
