using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Kernel;

namespace Homeward.Foundations.Audit;

/// <summary>Writes the trace: one chain for each writer, each entry bound to the one before by its hash.</summary>
/// <remarks>
/// Entries go in with the act's own transaction. A writer is borrowed for the length of one transaction, so that its
/// chain has no gap when a transaction is rolled back: the head moves only at commit, and a commit without answer ends it. Entries hold ids and codes,
/// no personal text, so that purge and shredding leave the chain whole.
/// </remarks>
public sealed class TraceBook(HouseClock clock, IIdSource ids)
{
    private static readonly BulkTable _table = new(
        "audit_entries", "chain", "seq", "at", "real_at", "actor_id", "role", "agency", "action", "kind", "outcome",
        "subject_type", "subject_id", "codes", "previous", "hash");

    private readonly ConcurrentBag<Writer> _idle = [];

    /// <summary>Writes one entry for each thing that the act touched, or one for the act itself.</summary>
    /// <param name="outcome"><c>done</c>, or the code of the refusal.</param>
    internal async Task<Pending> WriteAsync(HomewardDb db, Act act, string outcome, CancellationToken cancel)
    {
        var writer = _idle.TryTake(out var idle) ? idle : new Writer(StrongId.Text(ids.Next()), 0, new byte[32]);
        var lines = act.Lines.Count > 0 ? act.Lines : [new TraceLine("", Guid.Empty, "")];
        var head = writer;
        var rows = new List<object?[]>(lines.Count);
        var realAt = clock.RealNow;
        foreach (var line in lines)
        {
            var entry = new AuditEntry(
                head.Chain, head.Seq + 1, act.Now, realAt, act.Actor.Id.Value, act.Actor.Role.Slug(), act.Actor.Agency ?? "",
                act.UseCase.Action, act.UseCase.Kind.ToString(), outcome, line.SubjectType, line.SubjectId, line.Codes,
                head.Hash, []);
            var hash = entry.ComputeHash();
            rows.Add([entry.Chain, entry.Seq, entry.At, entry.RealAt, entry.ActorId, entry.Role, entry.Agency, entry.Action,
                entry.Kind, entry.Outcome, entry.SubjectType, entry.SubjectId, entry.Codes, entry.Previous, hash]);
            head = new Writer(head.Chain, entry.Seq, hash);
        }
        try
        {
            await _table.WriteLastAsync(db, rows, cancel);
        }
        catch
        {
            _idle.Add(writer);
            throw;
        }
        return new Pending(this, head);
    }

    /// <summary>The heads of the chains that this process writes, for a checkpoint.</summary>
    internal sealed record Writer(string Chain, long Seq, byte[] Hash);

    /// <summary>Entries that are written but not yet known to be committed.</summary>
    /// <remarks>
    /// Disposed without that knowledge, the writer is laid aside and its chain ends there: the answer to a commit may be
    /// lost though it stands, and who went on from the old head would then write the same numbers again, for ever in vain.
    /// </remarks>
    internal sealed class Pending(TraceBook book, Writer after) : IAsyncDisposable
    {
        private bool _committed;

        public void Commit() => _committed = true;

        public ValueTask DisposeAsync()
        {
            if (_committed) book._idle.Add(after);
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>One entry of the trace.</summary>
/// <param name="Seq">1, 2, 3 … within its chain, without a gap.</param>
/// <param name="At">The house's time; <paramref name="RealAt"/> is the real time beside it.</param>
/// <param name="Previous">Hash of the entry before; 32 zero bytes for the first.</param>
public sealed record AuditEntry(
    string Chain, long Seq, DateTimeOffset At, DateTimeOffset RealAt, Guid ActorId, string Role, string Agency,
    string Action, string Kind, string Outcome, string SubjectType, Guid SubjectId, string Codes, byte[] Previous, byte[] Hash)
{
    /// <summary>SHA-256 over the previous hash and every field, each with its length before it.</summary>
    public byte[] ComputeHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Previous);
        Span<byte> length = stackalloc byte[4];
        foreach (var field in new[]
        {
            Chain, Seq.ToString(System.Globalization.CultureInfo.InvariantCulture), Instants.Iso(At), Instants.Iso(RealAt),
            StrongId.Text(ActorId), Role, Agency, Action, Kind, Outcome, SubjectType, StrongId.Text(SubjectId), Codes,
        })
        {
            var bytes = Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }
        return hash.GetHashAndReset();
    }
}
