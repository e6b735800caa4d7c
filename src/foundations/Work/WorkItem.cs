using System.Text.Json;
using System.Text.Json.Serialization;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.Work;

/// <summary>Something that must happen after an act stands: an event to deliver, or work that is due later.</summary>
/// <remarks>
/// Outbox and queue are one table: an event is work that is due at once. It is stored with the act, so that it is
/// neither lost nor done for an act that did not happen.
/// </remarks>
public sealed record WorkItem(Guid Id, string Kind, string Payload, DateTimeOffset CreatedAt, DateTimeOffset DueAt)
{
    /// <summary>Case-blind names, strong ids, and choices by their words only; the same in the queue, in the API and in files.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        // A number would pass for a choice that has no name.
        Converters = { new StrongIdJson(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private static readonly BulkTable _table = new("work", "id", "kind", "payload", "created_at", "due_at", "attempts");

    internal static WorkItem Of<TWork>(Guid id, TWork work, DateTimeOffset createdAt, DateTimeOffset dueAt) where TWork : notnull =>
        new(id, KindOf(typeof(TWork)), JsonSerializer.Serialize(work, Json), createdAt, dueAt);

    /// <summary>The name under which a kind of work is stored: its type's name, with the type it is nested in.</summary>
    internal static string KindOf(Type type) => type.DeclaringType is { } outer ? $"{outer.Name}.{type.Name}" : type.Name;

    internal static async Task StoreAsync(HomewardDb db, IReadOnlyList<WorkItem> items, CancellationToken cancel)
    {
        if (items.Count == 0) return;
        await _table.WriteAsync(db, items.Select(item => new object?[]
            { item.Id, item.Kind, item.Payload, item.CreatedAt, item.DueAt, 0 }), cancel);
    }
}

/// <summary>A row of the work table, as stored.</summary>
internal sealed class WorkRow
{
    public required Guid Id { get; init; }
    public required string Kind { get; init; }
    public required string Payload { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset DueAt { get; set; }
    public int Attempts { get; set; }
    public string? LastFault { get; set; }
    public DateTimeOffset? DoneAt { get; set; }
}

internal sealed class WorkStorage : IStoragePart
{
    public void Shape(ModelBuilder model) => model.Entity<WorkRow>(work =>
    {
        work.ToTable("work");
        work.HasKey(row => row.Id);
        // The pull reads only what is not done, in order of when it is due.
        work.HasIndex(row => new { row.DueAt, row.Id }).HasFilter("done_at IS NULL");
    });
}
