using Homeward.Exchange;
using Homeward.Exchange.Lines;
using Homeward.Exchange.Partners;
using Homeward.Foundations.Access;
using Homeward.Foundations.Partners;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Scenario.World;

namespace Homeward.Scenario.Cast;

/// <summary>Brings what outsiders sent to the use case that takes it: the same ones as for an import from a folder.</summary>
/// <remarks>Outcomes are not for the mail room: officers enter them (<see cref="FieldDesk"/>).</remarks>
/// <param name="refused">Told of each line and each alert that was rejected, and of all of a batch that was refused.</param>
/// <param name="unread">Told of what lines say and nobody reads, some lines at a time.</param>
/// <param name="doubted">Told of each value that cannot be so, of lines that were taken.</param>
public sealed class MailRoom(Stagehand stage, Actor partnerClerk, Actor feed, Action<RefusedLine>? refused = null, Action<UnreadField>? unread = null, Action<DoubtedValue>? doubted = null)
{
    private const int BatchMax = 1000;
    private readonly Dictionary<string, int> _linesSeen = new(StringComparer.Ordinal);

    /// <summary>How much was taken and how much was rejected, by kind of file.</summary>
    public SortedDictionary<string, (int Taken, int Rejected)> Tallies { get; } = new(StringComparer.Ordinal);

    /// <summary>What of it was new and what was there already, by kind of file; of partners' lists nobody tells.</summary>
    public SortedDictionary<string, BatchReceipt> Splits { get; } = new(StringComparer.Ordinal);

    /// <summary>Partner lists first, then everything else in order; big batches are cut.</summary>
    public async Task TakeAsync(IReadOnlyList<Sent> sends, CancellationToken cancel)
    {
        if (sends.Any(sent => sent.Path.StartsWith("partners/", StringComparison.Ordinal))) await TakePartnersAsync(sends, cancel);
        await TakeLinesAsync(RawFolder.MissingEntries, sends, lines => TakeEntriesAsync(lines, cancel));
        foreach (var batch in sends.Where(sent => sent.Path.StartsWith(RawFolder.Reports + "/", StringComparison.Ordinal)).Chunk(BatchMax))
            await TakeReportsAsync([.. batch.Select(sent => RawOriginal.Of(sent.Path, sent.Body))], cancel);
        await TakeLinesAsync(RawFolder.HotlineTips, sends, lines => TakeTipsAsync(lines, cancel));
        await TakeLinesAsync(RawFolder.AgencyReferrals, sends, lines => TakeReferralsAsync(lines, cancel));
    }

    /// <summary>Lines of the feed of missing children's entries.</summary>
    public async Task TakeEntriesAsync(IReadOnlyList<RawLine> lines, CancellationToken cancel)
    {
        var answer = await stage.DoAsync<ReceiveEntries.Request, ReceiveEntries.Receipt>(feed, new(lines), cancel);
        CountLines("missing", lines, answer.TryGet(out var taken, out var problem)
            ? new BatchReceipt(taken.New, taken.Versions, taken.Repeats, taken.Rejected, taken.Refused, taken.Unread, taken.Doubted) : problem);
    }

    /// <summary>Lines of the hotline's feed.</summary>
    public async Task TakeTipsAsync(IReadOnlyList<RawLine> lines, CancellationToken cancel) =>
        CountLines("tips", lines, await stage.DoAsync<ReceiveTips.Request, BatchReceipt>(feed, new(lines), cancel));

    /// <summary>Lines of agencies' referrals.</summary>
    public async Task TakeReferralsAsync(IReadOnlyList<RawLine> lines, CancellationToken cancel) =>
        CountLines("referrals", lines, await stage.DoAsync<ReceiveAgencyReferrals.Request, BatchReceipt>(feed, new(lines), cancel));

    /// <summary>Reports byte for byte, as files hold them.</summary>
    public async Task TakeReportsAsync(IReadOnlyList<RawOriginal> originals, CancellationToken cancel)
    {
        var taken = await stage.DoAsync<ReceiveReports.Request, ReceiveReports.Receipt>(feed, new(originals), cancel);
        if (taken.TryGet(out var receipt, out var problem)) Count("reports", new BatchReceipt(receipt.New, receipt.Versions, receipt.Repeats, receipt.Rejected));
        else TellRefused("reports", [.. originals.Select(one => (one.Path, 0))], problem);
    }

    /// <summary>AMBER alerts byte for byte, as files hold them; what became of each is told.</summary>
    public async Task<IReadOnlyList<ReceiveAlerts.Told>> TakeAlertsAsync(IReadOnlyList<RawOriginal> originals, CancellationToken cancel)
    {
        var answer = await stage.DoAsync<ReceiveAlerts.Request, ReceiveAlerts.Receipt>(feed, new(originals), cancel);
        if (!answer.TryGet(out var receipt, out var problem))
        {
            TellRefused("alerts", [.. originals.Select(one => (one.Path, 0))], problem);
            return [];
        }
        Count("alerts", new BatchReceipt(receipt.New, receipt.Versions, receipt.Repeats, receipt.Rejected));
        foreach (var told in receipt.Told.Where(told => told.Id is null))
            refused?.Invoke(new(told.Path, told.Line, [told.Fault()]));
        return receipt.Told;
    }

    private async Task TakeLinesAsync(string path, IReadOnlyList<Sent> sends, Func<IReadOnlyList<RawLine>, Task> take)
    {
        var lines = new List<RawLine>();
        foreach (var sent in sends.Where(sent => sent.Path == path))
            lines.Add(new RawLine(path, sent.Body, _linesSeen[path] = _linesSeen.GetValueOrDefault(path) + 1));
        foreach (var batch in lines.Chunk(BatchMax)) await take(batch);
    }

    private async Task TakePartnersAsync(IReadOnlyList<Sent> sends, CancellationToken cancel)
    {
        var agencies = Rows(PartnerLists.Agencies, RawFolder.Agencies);
        var forces = Rows(PartnerLists.TaskForces, RawFolder.TaskForces);
        var seats = Rows(PartnerLists.Members, RawFolder.Members);
        var receipt = await stage.MustAsync<ImportPartners.Request, ImportPartners.Receipt>(partnerClerk, new(
            [.. agencies.Select(row => new ImportPartners.AgencyLine(row.Ori, row.Name, row.Type, row.State, row.CountyFips, row.IsInvented))],
            [.. forces.Select(row => new ImportPartners.TaskForceLine(row.Code, row.Name, row.Office, row.PledgedOperations))],
            [.. seats.Select(row => new ImportPartners.SeatLine(row.TaskForce, row.Ori, row.From, row.To))]), cancel);
        Count("partners", agencies.Count + forces.Count + seats.Count, receipt.Refused.Count);
        foreach (var one in receipt.Refused) refused?.Invoke(new("partners", 0, [new Rejection(0, 0, "", one, "mend the lists and import them again")]));

        List<T> Rows<T>(CsvFormat<T> format, string path) where T : class
        {
            var rows = new List<T>();
            foreach (var sent in sends.Where(sent => sent.Path == path))
            {
                using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(sent.Body));
                foreach (var row in format.Read(stream))
                {
                    if (row.Outcome.TryGet(out var value, out var faults))
                    {
                        rows.Add(value);
                        foreach (var column in row.Outcome.Unread) unread?.Invoke(new(path, column, 1));
                        continue;
                    }
                    Count("partners", 0, 1);
                    refused?.Invoke(new(path, row.Line, faults));
                }
            }
            return rows;
        }
    }

    private void CountLines(string kind, IReadOnlyList<RawLine> lines, Result<BatchReceipt> answer)
    {
        if (!answer.TryGet(out var receipt, out var problem))
        {
            TellRefused(kind, [.. lines.Select(line => (line.Source, line.Line))], problem);
            return;
        }
        Count(kind, receipt);
        foreach (var line in receipt.Refused ?? []) refused?.Invoke(line);
        foreach (var field in receipt.Unread ?? []) unread?.Invoke(field);
        foreach (var value in receipt.Doubted ?? []) doubted?.Invoke(value);
    }

    /// <summary>Of a batch that the house refused as a whole nothing is stored, not even that it came: so each of it is told. It is taken when it comes again.</summary>
    private void TellRefused(string kind, IReadOnlyList<(string Source, int Line)> batch, Problem problem)
    {
        Count(kind, 0, batch.Count);
        foreach (var (source, line) in batch)
            refused?.Invoke(new(source, line, [new Rejection(line, 0, "", problem.What, problem.Mend.Length > 0 ? problem.Mend : "import it again")]));
    }

    /// <summary>Adds to what was taken and rejected.</summary>
    public void Count(string kind, BatchReceipt receipt)
    {
        var so = Splits.GetValueOrDefault(kind) ?? new BatchReceipt(0, 0, 0, 0);
        Splits[kind] = new(so.New + receipt.New, so.Versions + receipt.Versions, so.Repeats + receipt.Repeats, so.Rejected + receipt.Rejected);
        Count(kind, receipt.New + receipt.Versions + receipt.Repeats, receipt.Rejected);
    }

    private void Count(string kind, int taken, int rejected)
    {
        var so = Tallies.GetValueOrDefault(kind);
        Tallies[kind] = (so.Taken + taken, so.Rejected + rejected);
    }
}
