using System.Collections.Concurrent;
using Homeward.Intake;

namespace Homeward.Review.Matching;

/// <summary>The services on which reports name accounts: where nobody says on which one an account is, it is looked for on each.</summary>
/// <remarks>There are some hundreds. Safe for many threads.</remarks>
internal sealed class KnownServices
{
    /// <summary>What outsiders write is bounded: of more services than that, the later ones are not asked for.</summary>
    private const int ServicesMax = 2_000;

    private readonly ConcurrentDictionary<string, bool> _services = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool>.AlternateLookup<ReadOnlySpan<char>> _spans;

    public KnownServices() => _spans = _services.GetAlternateLookup<ReadOnlySpan<char>>();

    public void Learn(ReportPerson person)
    {
        foreach (var account in person.ScreenNames) Learn(account);
        foreach (var account in person.AccountIds) Learn(account);
    }

    /// <summary>An account as reports may have it: as it is, or on each service where it names none.</summary>
    /// <param name="account"><c>service:name</c>; the service may be empty.</param>
    public IReadOnlyList<string> Everywhere(string account) =>
        account.StartsWith(':') ? [account, .. _services.Keys.Order(StringComparer.Ordinal).Select(service => service + account)] : [account];

    private void Learn(string account)
    {
        var service = account.AsSpan(0, Math.Max(0, account.IndexOf(':', StringComparison.Ordinal)));
        if (service.Length > 0 && !_spans.ContainsKey(service) && _services.Count < ServicesMax) _spans.TryAdd(service, true);
    }
}
