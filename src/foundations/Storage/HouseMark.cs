using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.Storage;

/// <summary>What a database says of itself: that it is an exercise, for one.</summary>
public sealed class HouseMark
{
    public const string Exercise = "exercise";

    public required string Name { get; init; }
    public required string Value { get; set; }
}

internal sealed class MarkStorage : IStoragePart
{
    public void Shape(ModelBuilder model) => model.Entity<HouseMark>(mark =>
    {
        mark.ToTable("house_marks");
        mark.HasKey(row => row.Name);
    });
}
