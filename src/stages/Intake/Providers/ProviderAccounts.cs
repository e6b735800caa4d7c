using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Intake.Providers;

/// <summary>Knows providers by their HTTP Basic credentials.</summary>
/// <remarks>
/// Checking a password takes milliseconds on purpose, and a client sends it with each call: one that was right is
/// remembered, as a keyed hash of the header, and its account is read again every few seconds. Of many calls that come
/// at once one reads it and the others wait: else each took a connection of its own, and all of them stayed open.
/// Safe for use from many threads.
/// </remarks>
internal sealed class ProviderAccounts(IServiceProvider services, HouseClock clock) : IDisposable
{
    private static readonly TimeSpan _keptFor = TimeSpan.FromSeconds(5);
    private const int KnownMax = 10_000;
    private const int CheckedAtOnceMax = 2;
    /// <summary>Stands in for an account that is not there: both take the same time.</summary>
    private static readonly string _nobody = Passwords.Keep("nobody");
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, Known> _known = new();
    private readonly SemaphoreSlim _checking = new(CheckedAtOnceMax, CheckedAtOnceMax);

    /// <summary>What is known of a header: read, or being read.</summary>
    private sealed record Known(TimeSpan ReadAt, Lazy<Task<ProviderAccount?>> Account);

    /// <summary>What a header is remembered by; kept with the connection that it came by, for a client sends the same with each call.</summary>
    private sealed record Asked(string Header, string Key);

    /// <param name="header">The Authorization header.</param>
    /// <param name="connection">What is kept as long as the connection; null where nothing is.</param>
    /// <returns>The account; null when nobody is known by that.</returns>
    public async Task<ProviderAccount?> FindAsync(string? header, IDictionary<object, object?>? connection, CancellationToken cancel)
    {
        if (KeyOf(header, connection) is not { } key) return null;
        // By uptime: a clock that is set back must not keep an account that was ended.
        var now = clock.RunFor;
        var known = _known.GetValueOrDefault(key);
        if (known is null || now - known.ReadAt >= _keptFor)
        {
            var (before, (name, password)) = (known, Read(header)!.Value);
            var read = new Known(now, new(() => CheckAsync(name, password, before)));
            if (_known.Count >= KnownMax) _known.Clear();
            known = before is not null && _known.TryUpdate(key, read, before) ? read : _known.GetOrAdd(key, read);
        }
        ProviderAccount? account = null;
        try
        {
            account = await known.Account.Value.WaitAsync(cancel);
        }
        finally
        {
            // What was wrong or could not be read is asked anew.
            if (account is null && known.Account.Value.IsCompleted) _known.TryRemove(new(key, known));
        }
        return account;
    }

    /// <returns>Null where the header is none that can be read.</returns>
    private string? KeyOf(string? header, IDictionary<object, object?>? connection)
    {
        // Over HTTP/2 one connection carries several calls at once.
        if (connection is not null)
            lock (connection)
                if (connection.TryGetValue(typeof(Asked), out var kept) && kept is Asked asked && asked.Header == header) return asked.Key;
        if (Read(header) is null) return null;
        var key = Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(header!)));
        if (connection is not null)
            lock (connection) connection[typeof(Asked)] = new Asked(header!, key);
        return key;
    }

    /// <summary>For all who wait for it: the one who came first may hang up.</summary>
    private async Task<ProviderAccount?> CheckAsync(string name, string password, Known? before)
    {
        var account = await LoadAsync(name);
        if (before?.Account.Value is { IsCompletedSuccessfully: true } was && (await was)?.Secret is { } secret && secret == account?.Secret) return account;
        await _checking.WaitAsync();
        try
        {
            return await Task.Run(() => Passwords.Fits(password, account?.Secret ?? _nobody)) ? account : null;
        }
        finally
        {
            _checking.Release();
        }
    }

    /// <summary>The account whose name a header gives, whatever the password: to tell its people that somebody tried.</summary>
    public async Task<ProviderAccount?> NamedAsync(string? header) => Read(header) is var (name, _) ? await LoadAsync(name) : null;

    /// <summary>At once, and not when what is remembered grows old.</summary>
    public void Forget() => _known.Clear();

    /// <summary>The machine at the other end, as the authorization table and the trace know it.</summary>
    public static Actor ActorOf(ProviderAccount account) => new(new UserId(account.Id), account.Name, Role.Provider, null, null, null);

    private async Task<ProviderAccount?> LoadAsync(string name)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
        var account = await db.Set<ProviderAccount>().AsNoTracking().SingleOrDefaultAsync(row => row.Name == name);
        var now = clock.GetUtcNow();
        return account is not null && (account.EndedAt is not { } ended || now < ended) ? account : null;
    }

    /// <summary>RFC 7617: the scheme in any case, base 64 of name, colon, password; the password may hold colons.</summary>
    private static (string Name, string Password)? Read(string? header)
    {
        const string Scheme = "Basic ";
        if (header is null || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[Scheme.Length..].Trim(), bytes, out var count)) return null;
        var text = Encoding.UTF8.GetString(bytes, 0, count);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        // PostgreSQL stores no zero character, nor looks for one.
        return colon < 0 || text.Contains('\0', StringComparison.Ordinal) ? null : (text[..colon], text[(colon + 1)..]);
    }

    public void Dispose() => _checking.Dispose();
}
