using Npgsql;

namespace Homeward.Foundations.Storage;

/// <summary>Where the data lives: a path is SQLite, <c>Host=…</c> or <c>postgres://…</c> is PostgreSQL.</summary>
public sealed record DatabaseTarget(bool IsSqlite, string ConnectionString, string Shown)
{
    private const int StatementsKept = 300;
    private const int ConnectSecondsMax = 5;

    /// <summary>What libpq calls otherwise than Npgsql does. The rest of an address is called as Npgsql calls it.</summary>
    private static readonly Dictionary<string, string> _keys = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sslmode"] = "SSL Mode", ["sslrootcert"] = "Root Certificate", ["sslcert"] = "SSL Certificate", ["sslkey"] = "SSL Key", ["sslpassword"] = "SSL Password",
        ["connect_timeout"] = "Timeout", ["application_name"] = "Application Name", ["target_session_attrs"] = "Target Session Attributes",
        ["channel_binding"] = "Channel Binding", ["dbname"] = "Database", ["user"] = "Username",
    };

    /// <exception cref="ArgumentException">PostgreSQL is named with a key or a value that it does not have.</exception>
    /// <exception cref="UriFormatException">The address is none.</exception>
    public static DatabaseTarget Parse(string text)
    {
        if (text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase))
            return Postgres(FromUri(new Uri(text)));
        // No file is called so; a password may stand in it, and must not become a folder's name.
        if (text.Contains("://", StringComparison.Ordinal)) throw new ArgumentException("the address begins neither with postgres:// nor with postgresql://");
        if (IsList(text)) return Postgres(new NpgsqlConnectionStringBuilder(text) is { Host: not null } named ? named : throw new ArgumentException("the list names no Host"));
        var path = Path.GetFullPath(text);
        return new(true, $"Data Source={path};Foreign Keys=True;Default Timeout=60;Pooling=False", path);
    }

    /// <summary>Keys and values of Npgsql, in any order: <c>Username=homeward;Host=db</c>.</summary>
    private static bool IsList(string text) =>
        text.Split('=', 2) is [var key, _] && (text.Contains(';', StringComparison.Ordinal) || key.Trim().ToUpperInvariant() is "HOST" or "SERVER");

    private static DatabaseTarget Postgres(NpgsqlConnectionStringBuilder builder)
    {
        builder.ApplicationName ??= "homeward";
        // An act is a dozen short statements of few texts: planned once for each connection, unless the owner says otherwise
        // (a pooler between that hands out a connection for each transaction wants "Max Auto Prepare=0").
        if (!builder.ShouldSerialize("Max Auto Prepare")) builder.MaxAutoPrepare = StatementsKept;
        // Nothing of the house outlasts its transaction, neither settings nor locks nor tables: there is nothing to take back when a connection changes hands.
        if (!builder.ShouldSerialize("No Reset On Close")) builder.NoResetOnClose = true;
        // Who waits is a person or a sender; both are better told soon that it does not answer.
        if (!builder.ShouldSerialize("Timeout")) builder.Timeout = ConnectSecondsMax;
        return new(false, builder.ConnectionString, $"{builder.Host}:{builder.Port}/{builder.Database}");
    }

    private static NpgsqlConnectionStringBuilder FromUri(Uri uri)
    {
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port > 0 ? uri.Port : 5432,
            Database = Uri.UnescapeDataString(uri.AbsolutePath.Trim('/')),
        };
        var user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0) builder.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1) builder.Password = Uri.UnescapeDataString(user[1]);
        // Nothing of it is passed over: who asks for TLS must not get a line in clear.
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = pair.Split('=', 2) is [var name, var said] ? (Uri.UnescapeDataString(name), Uri.UnescapeDataString(said)) : (pair, "");
            var known = _keys.GetValueOrDefault(key, key);
            builder[known] = known == "SSL Mode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }
        return builder is { Host.Length: > 0 } ? builder : throw new ArgumentException("the address names no host");
    }
}
