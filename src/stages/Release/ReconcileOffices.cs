using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Kernel;
using Homeward.Operations;
using Homeward.Release.Counting;
using Homeward.Release.Model;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Release;

/// <summary>The nation against the sum of its offices: equal, or the difference item by item (R-52).</summary>
public static class ReconcileOffices
{
    public sealed record Request(string? Initiative = null);

    /// <param name="Difference">Nation less offices, each with its reason.</param>
    /// <param name="NotReported">Offices that said nothing of the measure: the sum is "of 32 offices reporting" (T-36).</param>
    public sealed record Row(string Measure, int? Nation, int? Offices, IReadOnlyList<string> Difference, IReadOnlyList<string> NotReported)
    {
        public bool IsEqual => Nation == Offices || Nation == 0 && Offices is null;
    }

    /// <summary>An office that would say another number than the nation says of it.</summary>
    public sealed record Claim(string Office, int? National, int Claimed, string Why);
    public sealed record Page(string Initiative, DateTimeOffset AsOf, IReadOnlyList<Row> Rows, IReadOnlyList<Claim> Claims);

    internal sealed class Handler(IOperations operations, ITally tallies, Envelope envelope) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var found = await Chosen.InitiativeAsync(operations, act, request.Initiative, cancel);
            if (!found.TryGet(out var initiative, out var problem)) return problem;
            var tally = await tallies.CountAsync(act.Db, initiative, act.Now, cancel);
            act.Trace("initiative", initiative.Id.Value, "reconciled");
            return new Page(tally.Initiative, tally.AsOf, Reconciliation.Of(tally), await ClaimsAsync(tally, initiative, act, cancel));
        }

        private async Task<IReadOnlyList<Claim>> ClaimsAsync(Tally tally, InitiativeGist initiative, Act act, CancellationToken cancel)
        {
            var previews = await (
                from preview in act.Db.Set<OfficePreview>()
                join snapshot in act.Db.Set<CountSnapshot>() on preview.Snapshot equals snapshot.Id
                where snapshot.Initiative == initiative.Id && preview.ClaimedChildren != null
                orderby preview.At, preview.Id
                select preview).ToListAsync(cancel);
            return [.. previews.Select(preview => new Claim(preview.OfficeCode, tally.Office(preview.OfficeCode)?.Children.Value,
                preview.ClaimedChildren!.Value, envelope.OpenText($"preview/{StrongId.Text(preview.Id)}", preview.Explanation!)))];
        }
    }
}

internal static class Reconciliation
{
    public static IReadOnlyList<ReconcileOffices.Row> Of(Tally tally) =>
    [
        RowOf(tally, Measures.Total, line => line.Children), RowOf(tally, Measures.Adults, line => line.Adults),
        RowOf(tally, Measures.Traffickers, line => line.Arrests), RowOf(tally, Measures.Operations, line => line.Operations),
        RowOf(tally, Measures.Investigations, line => line.Investigations),
    ];

    private static ReconcileOffices.Row RowOf(Tally tally, string measure, Func<OfficeLine, Figure> of)
    {
        var nation = tally[measure];
        var figures = tally.Offices.Select(line => (line.WrittenAs, Figure: of(line))).ToList();
        var reporting = figures.Where(one => one.Figure.Value is not null).ToList();
        var counted = reporting.SelectMany(one => one.Figure.Behind).Select(item => item.Subject).ToHashSet(StringComparer.Ordinal);
        var difference = nation.Behind.Where(item => !counted.Contains(item.Subject))
            .Select(item => $"{string.Join(", ", item.Records)}: {(item.Office is null ? "no office" : $"office {item.Office} has no line")}").ToList();
        return new(measure, nation.Value, reporting.Count == 0 ? null : reporting.Sum(one => one.Figure.Value), difference,
            [.. figures.Where(one => one.Figure.Value is null).Select(one => one.WrittenAs)]);
    }
}
