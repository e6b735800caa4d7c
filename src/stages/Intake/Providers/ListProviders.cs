using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Providers;

/// <summary>The providers that send for themselves, and what came of what each sent.</summary>
public static class ListProviders
{
    private const int RowsMax = 500;
    public sealed record Request;
    public sealed record Row(
        Guid Id, string Name, string Company, DateTimeOffset FromAt, DateTimeOffset? EndedAt, int Open, int Finished, int Retracted, int Expired, int Refused);

    /// <param name="At">Where the line stands; null when this house takes nothing from providers.</param>
    public sealed record Page(string? At, IReadOnlyList<Row> Rows);

    public sealed class Handler(HouseOptions house) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var accounts = await act.Db.Set<ProviderAccount>().OrderBy(row => row.EndedAt != null).ThenBy(row => row.Name).Take(RowsMax).ToListAsync(cancel);
            var counts = (await act.Db.Set<Submission>().GroupBy(row => new { row.AccountId, row.State })
                .Select(group => new { group.Key.AccountId, group.Key.State, Count = group.Count() }).ToListAsync(cancel))
                .ToDictionary(row => (row.AccountId, row.State), row => row.Count);
            var refused = await act.Db.Set<RefusedCall>().GroupBy(row => row.AccountId).Select(group => new { group.Key, Count = group.Sum(row => row.Calls) })
                .ToDictionaryAsync(row => row.Key, row => row.Count, cancel);
            foreach (var account in accounts) act.Trace("provider-account", account.Id, "listed");
            return new Page(house.ClearingHouse?.Path, [.. accounts.Select(row => new Row(
                row.Id, row.Name, row.Company, row.FromAt, row.EndedAt, Of(row, SubmissionState.Open), Of(row, SubmissionState.Finished),
                Of(row, SubmissionState.Retracted), Of(row, SubmissionState.Expired), refused.GetValueOrDefault(row.Id)))]);

            int Of(ProviderAccount account, SubmissionState state) => counts.GetValueOrDefault((account.Id, state));
        }
    }
}
