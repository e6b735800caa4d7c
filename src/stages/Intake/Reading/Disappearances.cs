using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Reading;

/// <summary>What a message says of where an entry stands.</summary>
/// <param name="Version">Of the message.</param>
/// <param name="At">When it was received, by its own word.</param>
/// <param name="IsOfHouse">People here decided it; else its agency says so.</param>
/// <param name="IsSilentOnCase">It came in a table without the case number: that it names none means nothing.</param>
internal readonly record struct Standing(int Version, EntryState State, DateTimeOffset At, string? NcmecCase, bool IsOfHouse, bool IsSilentOnCase);

/// <summary>One time that a child was missing: entered, and perhaps found. Its clocks, duties and clearing are its own.</summary>
/// <remarks>What is recorded of it names one of its messages: a later one may show that it began earlier, or that it was two.</remarks>
internal sealed class Disappearance
{
    private readonly List<int> _versions = [];
    private bool _isCleared;

    /// <summary>Since when the entry is there: the oldest message, whenever that came.</summary>
    public required DateTimeOffset EnteredAt { get; init; }
    /// <summary>When the child was found or the entry taken out; null while the child is sought.</summary>
    public DateTimeOffset? EndedAt { get; private set; }
    /// <summary>Its messages by their times.</summary>
    public IReadOnlyList<int> Versions => _versions;
    public EntryState State { get; private set; }
    /// <summary>As its newest message says.</summary>
    public string? NcmecCase { get; private set; }
    /// <summary>People here decided that the child was located.</summary>
    public bool IsDecidedHere { get; private set; }

    /// <summary>One that the message makes begin; null when it belongs to the one before.</summary>
    public static Disappearance? BegunBy(Standing message, Disappearance? before) => before is null || before.IsFollowedBy(message) ? new() { EnteredAt = message.At } : null;

    public void Take(Standing message)
    {
        _versions.Add(message.Version);
        if (!message.IsSilentOnCase) NcmecCase = message.NcmecCase;
        IsDecidedHere |= message.IsOfHouse;
        _isCleared |= message.State == EntryState.Cleared;
        // An edit changes facts: what people here decided stays until the agency enters the child anew.
        if (message.State == EntryState.Modified && IsDecidedHere) return;
        State = message.State;
        EndedAt = State is EntryState.Located or EntryState.Cleared ? EndedAt ?? message.At : null;
    }

    /// <summary>The child was found and is entered anew, or the agency goes on with an entry that it had taken out.</summary>
    private bool IsFollowedBy(Standing message) => !message.IsOfHouse && message.State switch
    {
        EntryState.Entered => State is EntryState.Located or EntryState.Cleared,
        EntryState.Modified => _isCleared && !IsDecidedHere,
        _ => false,
    };
}

/// <summary>Parts an entry's messages into the times that the child was missing.</summary>
internal static class Disappearances
{
    /// <returns>The oldest first, and at least one; the last says how the entry stands. The order in which an agency's messages came does not matter.</returns>
    public static IReadOnlyList<Disappearance> Of(IEnumerable<Standing> messages)
    {
        var all = new List<Disappearance>();
        foreach (var message in InOrder(messages))
        {
            if (Disappearance.BegunBy(message, all.LastOrDefault()) is { } begun) all.Add(begun);
            all[^1].Take(message);
        }
        Ensure.That(all.Count > 0);
        return all;
    }

    public static IReadOnlyList<Disappearance> Of(IEnumerable<EntryMessage> messages) =>
        Of(messages.Select(row => new Standing(row.Version, row.State, row.ReceivedAt, row.NcmecCase, row.Source == EntryMessage.House, row.IsSilentOn(EntryFacts.NcmecCaseColumn))));

    public static async Task<IReadOnlyList<Disappearance>> OfAsync(HomewardDb db, EntryId entry, CancellationToken cancel) =>
        (await OfAsync(db, [entry], cancel))[entry];

    public static async Task<IReadOnlyDictionary<EntryId, IReadOnlyList<Disappearance>>> OfAsync(HomewardDb db, IReadOnlyCollection<EntryId> entries, CancellationToken cancel) =>
        (await StandingsAsync(db, entries, cancel)).ToDictionary(group => group.Key, group => Of(group.Select(one => one.Said)));

    /// <summary>Stored ones, with the hash of each.</summary>
    public static async Task<ILookup<EntryId, (Standing Said, string Sha256)>> StandingsAsync(HomewardDb db, IReadOnlyCollection<EntryId> entries, CancellationToken cancel) =>
        (await db.Set<EntryMessage>().AsNoTracking().Where(row => entries.Contains(row.EntryId))
            .Select(row => new { row.EntryId, row.Version, row.State, row.ReceivedAt, row.NcmecCase, row.Source, row.Sha256, row.Silent }).ToListAsync(cancel))
        .ToLookup(row => row.EntryId, row => (
            new Standing(row.Version, row.State, row.ReceivedAt, row.NcmecCase, row.Source == EntryMessage.House, EntryMessage.IsSilent(row.Silent, EntryFacts.NcmecCaseColumn)), row.Sha256));

    /// <summary>By their own times; what people here decided follows all that was known by then, though the child was found before it.</summary>
    private static IEnumerable<Standing> InOrder(IEnumerable<Standing> messages)
    {
        var known = DateTimeOffset.MinValue;
        var placed = new List<(DateTimeOffset At, Standing Message)>();
        foreach (var message in messages.OrderBy(one => one.Version))
        {
            if (message.At > known) known = message.At;
            placed.Add((message.IsOfHouse ? known : message.At, message));
        }
        return placed.OrderBy(one => one.At).ThenBy(one => one.Message.Version).Select(one => one.Message);
    }
}
