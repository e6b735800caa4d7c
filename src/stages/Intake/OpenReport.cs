using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>Opens a report: the first time is on record with who and when, for the duty to report abuse runs from it .</summary>
/// <remarks>A change and not a look, because it starts a clock. A report that nobody opened is not shown to anybody.</remarks>
public static class OpenReport
{
    public sealed record Request(ReportId Id);
    public sealed record Receipt(ReportId Id, bool First);

    public sealed class Handler : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (!await act.Db.Set<ReportVersion>().AnyAsync(row => row.Id == request.Id, cancel))
                return Problem.Missing("There is no such report for you.");
            // Two who open it at the same instant: one of them is first, and neither sees an error.
            var (report, by, at) = (act.Db.Stored(request.Id.Value), act.Db.Stored(act.Actor.Id.Value), act.Db.Stored(act.Now));
            var first = await act.Db.Database.ExecuteSqlAsync(
                $"INSERT INTO report_openings (report_id, opened_by, opened_at) VALUES ({report}, {by}, {at}) ON CONFLICT DO NOTHING", cancel) == 1;
            if (first) act.Tell(new ReportOpened(request.Id, act.Actor.Id, act.Now));
            act.Trace("report", request.Id.Value, first ? "opened;first" : "opened");
            return new Receipt(request.Id, first);
        }
    }
}
