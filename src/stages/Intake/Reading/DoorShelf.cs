using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Reading;

/// <summary>Keeps tips and referrals with every message under their numbers, and alerts the duty officer where danger is claimed to be imminent (R-22).</summary>
internal sealed class DoorShelf(Envelope envelope, DutyBook duties)
{
    /// <summary>What became of a message.</summary>
    public enum Became { New, Version, Repeat, OfAnother }

    public Envelope Envelope => envelope;

    /// <summary>A tip or referral that is there, tracked, with the hash of each of its messages.</summary>
    public sealed record Book(Door Door, HashSet<string> Hashes);

    public async Task<Dictionary<string, Book>> FindAsync(HomewardDb db, IReadOnlyList<string> numbers, CancellationToken cancel)
    {
        var doors = await db.Set<Door>().Where(row => numbers.Contains(row.Number)).ToListAsync(cancel);
        var ids = doors.ConvertAll(door => door.Id);
        var hashes = (await db.Set<DoorMessage>().AsNoTracking().Where(row => ids.Contains(row.DoorId)).Select(row => new { row.DoorId, row.Sha256 }).ToListAsync(cancel))
            .ToLookup(row => row.DoorId, row => row.Sha256);
        return doors.ToDictionary(door => door.Number, door => new Book(door, [.. hashes[door.Id]]), StringComparer.Ordinal);
    }

    public async Task<Became> PutAsync(Act act, Dictionary<string, Book> books, ReadDoor read, CancellationToken cancel)
    {
        if (!books.TryGetValue(read.Door.Number, out var book))
        {
            await OpenAsync(act, read, cancel);
            books.Add(read.Door.Number, new Book(read.Door, [read.Sha256]));
            return Became.New;
        }
        if (!book.Door.IsOfSender(read.Door)) return Became.OfAnother;
        if (!book.Hashes.Add(read.Sha256)) return Became.Repeat;
        await ChangeAsync(act, book.Door, read, version: book.Hashes.Count, cancel);
        return Became.Version;
    }

    /// <summary>Stores one that is new.</summary>
    public async Task OpenAsync(Act act, ReadDoor read, CancellationToken cancel)
    {
        var door = read.Door;
        door.Claim = Sealed(door, read.Claim);
        act.Db.Add(door);
        Keep(act, door, read, version: 1);
        if (door.ImminentClaimed) await AlertAsync(act, door, $"door/{door.Number}", cancel);
        act.Trace("door", door.Id.Value, $"kind={door.Kind};about={door.About}");
        act.Tell(new DoorOpened(door.Id));
    }

    /// <summary>Stores what is said otherwise under its number. The newest by its sender's time stands; one that was overtaken is kept, and its claim of danger is heard.</summary>
    private async Task ChangeAsync(Act act, Door door, ReadDoor read, int version, CancellationToken cancel)
    {
        var before = await MessageAsync(act.Db, door.Id, door.Version, cancel);
        var differs = DoorDifference.Between(Open(before), read.Bytes).Count > 0;
        Keep(act, door, read, version);
        var stands = read.Door.ReceivedAt >= door.ReceivedAt;
        if (stands)
        {
            read.Door.Claim = Sealed(door, read.Claim);
            door.Take(read.Door, version);
        }
        // Whoever answered the alert before answered something else. One that still waits shows what is said now.
        if (read.Door.ImminentClaimed && differs && !await WaitsAsync(act, door, cancel)) await AlertAsync(act, door, $"door/{door.Number}/{version}", cancel);
        act.Trace("door", door.Id.Value, $"version={version};{(stands ? "stands" : "overtaken")}");
        if (stands && differs) act.Tell(new DoorChanged(door.Id, version));
    }

    public byte[] Open(DoorMessage message) => envelope.Open("originals", DoorMessage.Context(message.DoorId, message.Version), message.Original);

    private void Keep(Act act, Door door, ReadDoor read, int version) => act.Db.Add(new DoorMessage
    {
        DoorId = door.Id, Version = version, Sha256 = read.Sha256, Source = read.Door.Source, ReceivedAt = read.Door.ReceivedAt, CameAt = act.Now,
        Original = envelope.Seal("originals", DoorMessage.Context(door.Id, version), read.Bytes),
    });

    private byte[]? Sealed(Door door, string? claim) => string.IsNullOrWhiteSpace(claim) ? null : envelope.SealText($"door/{door.Id}", claim);

    private Task AlertAsync(Act act, Door door, string key, CancellationToken cancel) =>
        duties.StartAsync(act, WaitingAlerts.Rule, key, "door", door.Id.Value, new DutyOwner(Role.Supervisor), act.Now, cancel);

    private static async Task<bool> WaitsAsync(Act act, Door door, CancellationToken cancel) =>
        act.Db.Tracked<Duty>().Any(duty => duty.Rule == WaitingAlerts.Rule && duty.SubjectId == door.Id.Value && duty.State == DutyState.Open)
        || await act.Db.Set<Duty>().AnyAsync(duty => duty.Rule == WaitingAlerts.Rule && duty.SubjectId == door.Id.Value && duty.State == DutyState.Open, cancel);

    /// <summary>Of this act, where it brought the message, else from the store.</summary>
    private static async Task<DoorMessage> MessageAsync(HomewardDb db, DoorId door, int version, CancellationToken cancel) =>
        db.Tracked<DoorMessage>().SingleOrDefault(row => row.DoorId == door && row.Version == version)
        ?? await db.Set<DoorMessage>().AsNoTracking().SingleAsync(row => row.DoorId == door && row.Version == version, cancel);
}
