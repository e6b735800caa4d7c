using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Foundations.Storage;

/// <summary>One part of the storage model: each foundation and each stage adds its own.</summary>
public interface IStoragePart
{
    void Shape(ModelBuilder model);
}

/// <summary>The composed model over SQLite or PostgreSQL. Stages reach their own rows with <c>Set&lt;T&gt;()</c>.</summary>
/// <remarks>Taken from a pool and given back with its scope: it holds nothing of its own.</remarks>
public sealed class HomewardDb(DbContextOptions<HomewardDb> options) : DbContext(options)
{
    public bool IsSqlite => Database.ProviderName?.EndsWith("Sqlite", StringComparison.Ordinal) == true;

    /// <summary>The transaction of the act that goes on; null where none does.</summary>
    internal ActTransaction? Act { get; set; }

    /// <summary>What this act has loaded or added, as it stands now, whether stored yet or not.</summary>
    /// <remarks>Asked for as EF has it, every tracked row is compared with what was loaded, each time.</remarks>
    public IEnumerable<TRow> Tracked<TRow>() where TRow : class
    {
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            return Set<TRow>().Local;
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var part in Parts()) part.Shape(modelBuilder);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            // Column names are the same on both databases and readable in both: snake_case, set in one place.
            foreach (var property in entity.GetProperties()) property.SetColumnName(SnakeCase.Of(property.Name));
            // Coarse indexes are PostgreSQL's. As fine ones they would cost SQLite more than who asks by them is worth.
            if (IsSqlite) foreach (var coarse in entity.GetIndexes().Where(index => index.FindAnnotation("Npgsql:IndexMethod")?.Value is "brin").ToList()) entity.RemoveIndex(coarse);
        }
    }

    private IEnumerable<IStoragePart> Parts()
    {
        var house = this.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider;
        Ensure.That(house is not null);
        return house.GetServices<IStoragePart>();
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
        configurationBuilder.Properties<PartialDate>().HaveConversion<PartialDateText>().HaveMaxLength(10);
        foreach (var id in AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => assembly.GetName().Name?.StartsWith("Homeward.", StringComparison.Ordinal) == true)
            .SelectMany(assembly => assembly.GetTypes())
            .Where(StrongId.IsStrongId))
        {
            configurationBuilder.Properties(id).HaveConversion((IsSqlite ? typeof(StrongIdBytes<>) : typeof(StrongIdGuid<>)).MakeGenericType(id));
        }
        if (!IsSqlite) return;
        // SQLite cannot order or compare DateTimeOffset, and knows no UUID: the provider would store 36 letters for each.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantMicroseconds>();
        configurationBuilder.Properties<Guid>().HaveConversion<IdBytes>();
        configurationBuilder.DefaultTypeMapping<Guid>().HasConversion<IdBytes>();
    }
}

/// <summary>Ids are stored as UUIDs.</summary>
public sealed class StrongIdGuid<TId>() : ValueConverter<TId, Guid>(id => id.Value, value => Read(value))
    where TId : struct, IStrongId<TId>
{
    private static TId Read(Guid value) => TId.From(value);
}

/// <summary>Ids in SQLite: the 16 bytes of the UUID as RFC 9562 writes them, which sort as the ids do.</summary>
public sealed class IdBytes() : ValueConverter<Guid, byte[]>(id => Of(id), bytes => From(bytes))
{
    public static byte[] Of(Guid id) => id.ToByteArray(bigEndian: true);
    public static Guid From(byte[] bytes) => new(bytes, bigEndian: true);
}

/// <inheritdoc cref="IdBytes"/>
public sealed class StrongIdBytes<TId>() : ValueConverter<TId, byte[]>(id => IdBytes.Of(id.Value), bytes => Read(bytes))
    where TId : struct, IStrongId<TId>
{
    private static TId Read(byte[] bytes) => TId.From(IdBytes.From(bytes));
}

/// <summary>Partial dates are stored as their text; it sorts as the dates do.</summary>
public sealed class PartialDateText() : ValueConverter<PartialDate, string>(
    date => date.ToString(), text => Read(text))
{
    private static PartialDate Read(string text) => PartialDate.TryParse(text, out var date) ? date : default;
}

/// <summary>Instants in SQLite: whole microseconds since 1970, UTC.</summary>
public sealed class InstantMicroseconds() : ValueConverter<DateTimeOffset, long>(
    instant => Of(instant), value => From(value))
{
    public static long Of(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
    public static DateTimeOffset From(long value) => DateTimeOffset.UnixEpoch.AddTicks(value * TimeSpan.TicksPerMicrosecond);
}

internal static class SnakeCase
{
    public static string Of(string name)
    {
        var snake = new System.Text.StringBuilder(name.Length + 8);
        for (var index = 0; index < name.Length; index++)
        {
            if (char.IsUpper(name[index]) && index > 0 && !char.IsUpper(name[index - 1])) snake.Append('_');
            snake.Append(char.ToLowerInvariant(name[index]));
        }
        return snake.ToString();
    }
}
