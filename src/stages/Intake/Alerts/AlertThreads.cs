using Homeward.Exchange.Alerts;

namespace Homeward.Intake.Alerts;

/// <summary>Which messages make one alert: a first issue with all that answers it, directly or through others.</summary>
/// <remarks>
/// CAP 1.2 lets a message refer to several earlier ones. Where these are of one alert it is that alert's; where they are of several it
/// belongs to each of them and makes them none the less several: each speaks of its own child. It follows from the names that
/// all messages bear, whatever order they came in. What refers to nothing that is here waits together with whatever shares a name with it.
/// </remarks>
internal static class AlertThreads
{
    /// <param name="References">None of a first issue: what it answers is another alert.</param>
    public sealed record Said(CapKey Key, CapKind Kind, IReadOnlyList<CapKey> References)
    {
        public static Said Of(CapAlert message) => new(message.Key, message.Kind, message.Kind == CapKind.Alert ? [] : message.References);

        /// <summary>The names by which others find it.</summary>
        public IEnumerable<CapKey> Names => References.Prepend(Key);
    }

    /// <summary>One alert's messages.</summary>
    /// <param name="Root">Its first issue; null while that is not here.</param>
    public sealed record Thread(CapKey? Root, IReadOnlySet<CapKey> Messages);

    /// <returns>Those with a first issue first; each message stands in at least one.</returns>
    public static IReadOnlyList<Thread> Of(IReadOnlyCollection<Said> messages)
    {
        var byKey = messages.ToDictionary(message => message.Key);
        var rooted = new Dictionary<CapKey, HashSet<CapKey>>();
        var rootless = new List<Said>();
        foreach (var message in messages)
        {
            var roots = RootsOf(message, byKey);
            if (roots.Count == 0) rootless.Add(message);
            foreach (var root in roots)
            {
                if (!rooted.TryGetValue(root, out var thread)) rooted[root] = thread = [];
                thread.Add(message.Key);
            }
        }
        return
        [
            .. rooted.OrderBy(one => (one.Key.SentAt, one.Key.Identifier, one.Key.Sender)).Select(one => new Thread(one.Key, one.Value)),
            .. Joined(rootless).Select(thread => new Thread(null, thread.Select(message => message.Key).ToHashSet())),
        ];
    }

    private static HashSet<CapKey> RootsOf(Said message, Dictionary<CapKey, Said> byKey)
    {
        var (roots, seen, open) = (new HashSet<CapKey>(), new HashSet<CapKey> { message.Key }, new Stack<Said>([message]));
        while (open.TryPop(out var one))
        {
            if (one.Kind == CapKind.Alert) roots.Add(one.Key);
            foreach (var key in one.References)
                if (seen.Add(key) && byKey.TryGetValue(key, out var earlier)) open.Push(earlier);
        }
        return roots;
    }

    private static List<List<Said>> Joined(List<Said> messages)
    {
        var threads = new List<(HashSet<CapKey> Names, List<Said> Messages)>();
        foreach (var message in messages)
        {
            var (names, all) = (message.Names.ToHashSet(), new List<Said> { message });
            foreach (var thread in threads.Where(thread => thread.Names.Overlaps(names)).ToList())
            {
                names.UnionWith(thread.Names);
                all.AddRange(thread.Messages);
                threads.Remove(thread);
            }
            threads.Add((names, all));
        }
        return threads.ConvertAll(thread => thread.Messages);
    }
}
