namespace Homeward.Scenario.Cast;

/// <summary>What people mean to do later: a call to be made, a form to be typed. Kept in order of when.</summary>
public sealed class Promises
{
    private readonly PriorityQueue<Func<CancellationToken, Task>, (DateTimeOffset, long)> _waiting = new();
    private long _order;

    public void Later(DateTimeOffset at, Func<CancellationToken, Task> act) => _waiting.Enqueue(act, (at, _order++));

    /// <summary>Keeps all whose time has come, in order; what they promise in turn is kept too if its time has come.</summary>
    public async Task KeepDueAsync(DateTimeOffset now, CancellationToken cancel)
    {
        while (_waiting.TryPeek(out var act, out var key) && key.Item1 <= now)
        {
            _waiting.Dequeue();
            await act(cancel);
        }
    }
}
