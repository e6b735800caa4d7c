using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Homeward.Kernel;
using Microsoft.AspNetCore.Http;

namespace Homeward.Foundations.Access;

/// <summary>Forms that were taken: one that comes a second time, by a double press on a slow line, is answered as the first was and changes nothing.</summary>
/// <remarks>
/// A form is known by its token, which is new on each page that is shown, and by every word in it: of two forms on one page,
/// and of one that was changed and sent again, each is its own. A form that was refused may come again.
/// This node's memory alone: a node that died between the two presses has forgotten the first. Safe for use from many threads.
/// </remarks>
internal sealed class SentForms(HouseClock clock)
{
    /// <summary>As long as a session idles at most .</summary>
    private static readonly TimeSpan _keptFor = TimeSpan.FromMinutes(30);
    private const int KeptMax = 100_000;

    private readonly ConcurrentDictionary<string, Lazy<Task<Result<object>>>> _sent = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(DateTimeOffset At, string Key)> _order = new();

    public static string KeyOf(Actor actor, HttpRequest request, IFormCollection form) => Convert.ToHexString(SHA256.HashData(
        JsonSerializer.SerializeToUtf8Bytes(new { By = actor.Id.ToString(), At = request.Path.Value, Fields = form.Select(field => new { field.Key, Values = field.Value.ToArray() }) })));

    /// <param name="does">Goes on to its end although whoever pressed first has hung up: a browser does so at the second press.</param>
    public async Task<Result<object>> OnceAsync(string key, Func<Task<Result<object>>> does)
    {
        Forget();
        var mine = new Lazy<Task<Result<object>>>(does);
        var first = _sent.GetOrAdd(key, mine);
        if (ReferenceEquals(first, mine)) _order.Enqueue((clock.RealNow, key));
        var isTaken = false;
        try
        {
            var answer = await first.Value;
            isTaken = answer.IsDone;
            return answer;
        }
        finally
        {
            if (!isTaken) _sent.TryRemove(KeyValuePair.Create(key, first));
        }
    }

    private void Forget()
    {
        while (_order.TryPeek(out var oldest) && (clock.RealNow - oldest.At > _keptFor || _order.Count > KeptMax) && _order.TryDequeue(out var gone)) _sent.TryRemove(gone.Key, out _);
    }
}
