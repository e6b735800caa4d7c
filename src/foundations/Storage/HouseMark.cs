using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.Storage;

/// <summary>What a database says of itself: that it is an exercise, for one.</summary>
public sealed class HouseMark
{
    public const string Exercise = "exercise";
    /// <summary>The fingerprint of the keys under which it is written.</summary>
    public const string Keys = "keys";

    /// <summary>With a purpose behind it, that of one envelope key.</summary>
    public const string KeyOf = "keys/";
    /// <summary>The folder of its sealed files.</summary>
    public const string Blobs = "blobs";
    /// <summary>The name of the record of its last checkpoint, beside the key that signs.</summary>
    public const string Trace = "trace";

    public required string Name { get; init; }
    public required string Value { get; set; }
}

/// <summary>Reads and writes what a database says of itself.</summary>
public static class HouseMarks
{
    public static Task<string?> MarkAsync(this HomewardDb db, string name, CancellationToken cancel) =>
        db.Set<HouseMark>().AsNoTracking().Where(mark => mark.Name == name).Select(mark => mark.Value).SingleOrDefaultAsync(cancel);

    /// <summary>Writes a mark that is not there yet; nodes that start together may each try.</summary>
    /// <returns>What stands: this, or what was there first.</returns>
    public static async Task<string> KeepMarkAsync(this HomewardDb db, string name, string value, CancellationToken cancel)
    {
        await db.Database.ExecuteSqlAsync($"INSERT INTO house_marks (name, value) VALUES ({name}, {value}) ON CONFLICT (name) DO NOTHING", cancel);
        return (await db.MarkAsync(name, cancel))!;
    }
}

internal sealed class MarkStorage : IStoragePart
{
    public void Shape(ModelBuilder model) => model.Entity<HouseMark>(mark =>
    {
        mark.ToTable("house_marks");
        mark.HasKey(row => row.Name);
    });
}
