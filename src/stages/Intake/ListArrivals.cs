using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Intake.Model;
using Homeward.Intake.Retention;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>What people of the house dropped here, newest first: each leads back to its receipt.</summary>
public static class ListArrivals
{
    private const int RowsMax = 50;
    /// <summary>Of what came so much is named in a row: enough to know it again.</summary>
    private const int NamesMax = 3, ReportsMax = 5;
    public sealed record Request([Range(0, int.MaxValue)] int From = 0);
    public sealed record Row(Guid Id, DateTimeOffset At, string By, int Reports, int Files, int Refused)
    {
        /// <summary>Under which names it was dropped; <see cref="MoreNames"/> others are not listed.</summary>
        public IReadOnlyList<string> Names { get; init; } = [];
        public int MoreNames { get; init; }
        /// <summary>The reports that it brought; <see cref="MoreBrought"/> others are not listed.</summary>
        public IReadOnlyList<Report> Brought { get; init; } = [];
        public int MoreBrought { get; init; }
        /// <summary>Parts that were refused, and reports and alerts that were rejected: what the receipt lists as not read.</summary>
        public int NotRead { get; init; }
        /// <summary>It does not open: what is stored was changed or damaged.</summary>
        public bool IsDamaged { get; init; }
    }
    public sealed record Report(ReportId Id, string Number);
    public sealed record Page(IReadOnlyList<Row> Rows, int Total);

    public sealed class Handler(Envelope envelope) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var rows = await act.Db.Set<Arrival>().AsNoTracking().OrderByDescending(row => row.At).ThenBy(row => row.Id).Skip(request.From).Take(RowsMax)
                .ToListAsync(cancel);
            var ids = rows.Select(row => new UserId(row.ReceivedBy)).Distinct().ToList();
            var names = await act.Db.Set<User>().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Name, cancel);
            foreach (var row in rows) act.Trace("arrival", row.Id, "listed");
            var book = new ArrivalBook(envelope);
            return new Page(
                [.. rows.Select(row => Told(new Row(row.Id, row.At, names.GetValueOrDefault(new UserId(row.ReceivedBy), "the house"), row.Reports, row.Files, row.Refused), book.OpenOrNull(row)))],
                await act.Db.Set<Arrival>().CountAsync(cancel));
        }

        /// <summary>A package by its own name, and what was dropped by itself; reports first, then alerts, then files.</summary>
        private static Row Told(Row row, ArrivalContent? content)
        {
            if (content is null) return row with { IsDamaged = true, NotRead = row.Refused };
            var packages = content.Packages.Select(part => part.Path).ToList();
            var dropped = content.Reports.Select(part => part.Path).Concat(content.Alerts.Select(part => part.Path)).Concat(content.Files.Select(part => part.Path))
                .Concat(content.Refused.Select(part => part.Path)).Where(path => !packages.Exists(package => path.StartsWith(package + "/", StringComparison.Ordinal)));
            var all = packages.Concat(dropped).Distinct().ToList();
            var reports = content.Reports.Where(part => part.Id is not null).Select(part => new Report(part.Id!.Value, part.Number)).Distinct().ToList();
            return row with
            {
                Names = [.. all.Take(NamesMax)], MoreNames = Math.Max(0, all.Count - NamesMax), Brought = [.. reports.Take(ReportsMax)], MoreBrought = Math.Max(0, reports.Count - ReportsMax),
                NotRead = content.Refused.Count + content.Reports.Count(part => part.Id is null) + content.Alerts.Count(part => part.Id is null),
            };
        }
    }
}
