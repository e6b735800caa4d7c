using System.Buffers.Binary;
using System.Security.Cryptography;
using Homeward.Foundations.Access;
using Homeward.Foundations.Rules;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.Deciding;

/// <summary>Draws second readers. The house draws, by lot and from another unit; nobody chooses who checks them .</summary>
internal sealed class Readers(RuleBook rules)
{
    /// <summary>Whether a no below the threshold is one of those that are read again.</summary>
    /// <remarks>The lot hangs on the id alone: it can be drawn again by an auditor, and nobody can try twice.</remarks>
    public bool IsDrawn(Guid subject, DateTimeOffset at) =>
        Lot(subject, "second-reading") % 100 < (ulong)rules.On("second-reader-lot", DateOnly.FromDateTime(at.UtcDateTime)).Value;

    /// <summary>Draws a reader and leaves the reading for them.</summary>
    public async Task<SecondReading> DrawAsync(
        Act act, ReadingSubject subject, Guid id, ReadingCause cause, UserId firstReader, CancellationToken cancel)
    {
        var analysts = await act.Db.Set<User>().AsNoTracking().Where(user => user.Role == Role.Analyst && user.EndedAt == null).ToListAsync(cancel);
        var reading = new SecondReading
        {
            Id = act.Ids.Next<ReadingId>(), Subject = subject, SubjectId = id, Cause = cause, FirstReader = firstReader,
            AssignedTo = Draw(analysts, id, firstReader, act.Now), DrawnAt = act.Now, State = ReadingState.Waiting, Revision = act.Ids.Next(),
        };
        act.Db.Add(reading);
        act.Trace("second-reading", reading.Id.Value, $"drawn;cause={cause}");
        return reading;
    }

    /// <summary>From another unit where there is one; never the first reader; null when nobody is left.</summary>
    private static UserId? Draw(List<User> analysts, Guid subject, UserId firstReader, DateTimeOffset now)
    {
        var unit = analysts.SingleOrDefault(user => user.Id == firstReader) is { } first ? UnitOf(first.AsActor()) : "";
        var others = analysts.Where(user => user.Id != firstReader && user.IsActive(now)).OrderBy(user => user.Id.Value).ToList();
        var elsewhere = others.Where(user => UnitOf(user.AsActor()) != unit).ToList();
        var drawn = elsewhere.Count > 0 ? elsewhere : others;
        return drawn.Count == 0 ? null : drawn[(int)(Lot(subject, "reader") % (ulong)drawn.Count)].Id;
    }

    /// <summary>The agency that somebody works for; else the task force, the office, or the national unit.</summary>
    internal static string UnitOf(Actor person) => person.Agency ?? person.TaskForce ?? person.Office ?? "";

    private static ulong Lot(Guid subject, string purpose)
    {
        Span<byte> input = stackalloc byte[16 + 32];
        subject.TryWriteBytes(input, bigEndian: true, out _);
        var length = 16 + System.Text.Encoding.ASCII.GetBytes(purpose, input[16..]);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(input[..length], hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}
