using System.Text.Json;
using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.Places;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Operations.Model;

/// <summary>What several verbs of an operation share: find it, seal and open its texts, lapse its approval, end its duties.</summary>
internal sealed class OperationBook(Envelope envelope, DutyBook duties)
{
    public const string VerifyRule = "verify-place";

    /// <summary>The operation, tracked; null for what is not there and for what the actor may not see.</summary>
    public static async Task<Operation?> FindAsync(Act act, OperationId id, CancellationToken cancel)
    {
        var operation = await act.Db.Set<Operation>().AsTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);
        return operation is not null && act.Covers(operation) ? operation : null;
    }

    public static Problem Missing { get; } = Problem.Missing("There is no such operation for you.");

    public byte[] Seal(OperationId id, string part, string text) => envelope.SealText($"operation/{id}/{part}", text);
    public string? Open(OperationId id, string part, byte[]? text) => text is null ? null : envelope.OpenText($"operation/{id}/{part}", text);
    public byte[] SealJson<T>(OperationId id, string part, T value) => Seal(id, part, JsonSerializer.Serialize(value, WorkItem.Json));

    public PlaceQuery PlaceOf(Operation operation) =>
        JsonSerializer.Deserialize<PlaceQuery>(Open(operation.Id, "place", operation.Place)!, WorkItem.Json) ?? new PlaceQuery();

    public List<PlaceSource> SourcesOf(Operation operation) =>
        JsonSerializer.Deserialize<List<PlaceSource>>(Open(operation.Id, "basis", operation.BasisText)!, WorkItem.Json) ?? [];

    /// <summary>The clock of R-75 begins so long before the operation that it ends with its beginning.</summary>
    public Task StartVerifyClockAsync(Act act, Operation operation, TimeSpan before, CancellationToken cancel) => duties.StartAsync(
        act, VerifyRule, VerifyKey(operation), "operation", operation.Id.Value,
        new DutyOwner(Role.Coordinator, operation.OfficeCode, operation.TaskForce), operation.PlannedFrom - before, cancel);

    public Task ProveVerifiedAsync(Act act, Operation operation, string proof, CancellationToken cancel) =>
        duties.ProveAsync(act, VerifyRule, VerifyKey(operation), act.Now, EvidenceGrade.SelfAttested, proof, cancel);

    /// <summary>What the operation owed is ended by what became of it.</summary>
    public async Task EndDutiesAsync(Act act, Operation operation, string why, CancellationToken cancel)
    {
        var open = await act.Db.Set<Duty>().AsTracking().Where(row => row.SubjectId == operation.Id.Value && row.State == DutyState.Open)
            .OrderBy(row => row.DueAt).ThenBy(row => row.Id).ToListAsync(cancel);
        foreach (var duty in open) Ensure.That(duties.Prove(act, duty, act.Now, EvidenceGrade.Document, why).IsDone);
    }

    /// <summary>Something changed that the approval rested on: it must be given again (T-52).</summary>
    public static void LapseApproval(Act act, Operation operation)
    {
        operation.Revision = act.Ids.Next();
        if (operation.State != OperationState.Approved) return;
        (operation.State, operation.ApprovedBy, operation.ApprovedAt, operation.Exigency) = (OperationState.Planned, null, null, null);
        act.Trace("operation", operation.Id.Value, "approval-lapsed");
        Notices.Leave(act, new NoticeTo(Role.Coordinator, TaskForce: operation.TaskForce), "approval-lapsed", operation.Link);
    }

    private static string VerifyKey(Operation operation) => $"operation/{operation.Id}/{operation.Version}";
}
