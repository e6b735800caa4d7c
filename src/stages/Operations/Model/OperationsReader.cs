using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Operations.Model;

/// <summary>What later stages read of Operations.</summary>
internal sealed class OperationsReader(OperationBook book) : IOperations
{
    public async Task<InitiativeGist?> InitiativeAsync(HomewardDb db, InitiativeId id, CancellationToken cancel) =>
        (await db.Set<Initiative>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel))?.Gist;

    public async Task<InitiativeGist?> InitiativeByNameAsync(HomewardDb db, string name, CancellationToken cancel)
    {
        var key = Names.Fold(name);
        return (await db.Set<Initiative>().AsNoTracking().SingleOrDefaultAsync(row => row.NameKey == key, cancel))?.Gist;
    }

    public async Task<InitiativeGist?> CurrentAsync(HomewardDb db, CancellationToken cancel) =>
        (await db.Set<Initiative>().AsNoTracking().OrderByDescending(row => row.OpenedAt).ThenBy(row => row.Id).FirstOrDefaultAsync(cancel))?.Gist;

    public async Task<IReadOnlyList<InitiativeGist>> InitiativesAsync(HomewardDb db, CancellationToken cancel) =>
        [.. (await db.Set<Initiative>().AsNoTracking().OrderBy(row => row.From).ThenBy(row => row.Id).ToListAsync(cancel)).Select(row => row.Gist)];

    public async Task<OperationGist?> OperationAsync(HomewardDb db, OperationId id, CancellationToken cancel) =>
        (await GistsAsync(db, db.Set<Operation>().Where(row => row.Id == id), cancel)).SingleOrDefault();

    public async Task<OperationGist?> ByReferenceAsync(HomewardDb db, string reference, CancellationToken cancel) =>
        (await GistsAsync(db, db.Set<Operation>().Where(row => row.Reference == reference), cancel)).SingleOrDefault();

    public Task<IReadOnlyList<OperationGist>> OfInitiativeAsync(HomewardDb db, InitiativeId id, CancellationToken cancel) =>
        GistsAsync(db, db.Set<Operation>().Where(row => row.Initiative == id), cancel);

    private async Task<IReadOnlyList<OperationGist>> GistsAsync(HomewardDb db, IQueryable<Operation> rows, CancellationToken cancel)
    {
        var found = await rows.AsNoTracking().OrderBy(row => row.PlannedFrom).ThenBy(row => row.Id).ToListAsync(cancel);
        if (found.Count == 0) return [];
        var ids = rows.Select(row => row.Id);
        var agencies = (await db.Set<OperationAgency>().AsNoTracking().Where(row => ids.Contains(row.Operation)).OrderBy(row => row.AgencyOri).ToListAsync(cancel))
            .ToLookup(row => row.Operation, row => row.AgencyOri);
        var leads = (await db.Set<OperationLead>().AsNoTracking().Where(row => ids.Contains(row.Operation)).OrderBy(row => row.Referral).ThenBy(row => row.Lead).ToListAsync(cancel))
            .ToLookup(row => row.Operation);
        return [.. found.Select(row => new OperationGist(
            row.Id, row.Reference, row.Initiative, row.Kind, row.State, row.OfficeCode ?? "", row.TaskForce ?? "", book.PlaceOf(row), row.PlannedFrom, row.PlannedTo,
            row.StartedAt, row.ClosedAt, [.. agencies[row.Id]], [.. leads[row.Id].Select(one => one.Referral).Distinct()],
            [.. leads[row.Id].Select(one => one.Lead)], row.VictimSpecialist,
            row.OtherOffices.Split('\n', StringSplitOptions.RemoveEmptyEntries)))];
    }
}
