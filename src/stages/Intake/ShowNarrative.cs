using Homeward.Exchange.CyberTips;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>Opens a report's free text, for whoever needs it: folded until asked for, and each time on record.</summary>
public static class ShowNarrative
{
    public sealed record Request(ReportId Id, int Version);
    public sealed record Text(TextKind Kind, string Words, string Path);
    public sealed record Page(IReadOnlyList<Text> Texts);

    public sealed class Handler(Envelope envelope) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var shown = await act.Db.Set<ReportVersion>()
                .SingleOrDefaultAsync(row => row.Id == request.Id && row.Version == request.Version, cancel);
            if (shown is null) return Problem.Missing("There is no such report for you.");
            if (!await act.Db.Set<ReportOpening>().AnyAsync(row => row.ReportId == request.Id, cancel))
                return Problem.Of("not-opened", "Nobody has opened this report yet.", $"Open it first: POST /intake/reports/{request.Id}/open.");
            if (!(await ReadOriginals.OfAsync(act.Db, envelope, shown, cancel)).TryGet(out var report, out var damaged)) return damaged;
            act.Trace("report", shown.Id.Value, $"narrative;version={shown.Version}");
            return new Page([.. report.Texts.Select(text => new Text(text.Kind, text.Text, text.Path))]);
        }
    }
}
