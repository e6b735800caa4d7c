using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Review.Casework;
using Homeward.Review.NoNexus;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>Packages of reports of no nexus: what lies in the house, what runs out first on top, then what left it.</summary>
public static class ListPackages
{
    internal const int RowsMax = 100;

    /// <param name="Left">What has left the house or was withdrawn, the newest first, instead of what waits.</param>
    /// <param name="From">How many of the list are passed over.</param>
    public sealed record Request(bool Left = false, [Range(0, int.MaxValue)] int From = 0);

    public sealed record Row(
        NexusPackageId Id, string Number, NexusWay Way, string To, NexusPackageState State, int Reports, DateTimeOffset DecidedAt, string DecidedBy,
        DateTimeOffset DueAt, DateTimeOffset? HandedOverAt);

    /// <param name="Waiting">How many lie in the house.</param>
    /// <param name="Total">How many the asked list has.</param>
    public sealed record Page(IReadOnlyList<Row> Rows, int Waiting, int Late, int Total, string Says);

    internal sealed class Handler(Foundations.Rules.RuleBook rules) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var (all, now) = (act.Db.Set<NexusPackage>().AsNoTracking(), act.Now);
            var waiting = all.Where(row => row.State == NexusPackageState.Waiting);
            var asked = request.Left
                ? all.Where(row => row.State != NexusPackageState.Waiting).OrderByDescending(row => row.DecidedAt).ThenBy(row => row.Id)
                : waiting.OrderBy(row => row.DueAt).ThenBy(row => row.Id);
            var rows = await asked.Skip(request.From).Take(RowsMax).Select(row => new
            {
                row.Id, row.Number, row.Way, row.To, row.State, row.DecidedAt, row.DecidedBy, row.DueAt, row.HandedOverAt,
                Reports = act.Db.Set<NexusPackageReport>().Count(report => report.Package == row.Id),
            }).ToListAsync(cancel);
            var names = await People.NamesAsync(act.Db, rows.Select(row => row.DecidedBy), cancel);
            foreach (var row in rows) act.Trace("nexus-package", row.Id.Value, "listed");
            return new Page(
                [.. rows.Select(row => new Row(
                    row.Id, row.Number, row.Way, row.To, row.State, row.Reports, row.DecidedAt, names[row.DecidedBy], row.DueAt, row.HandedOverAt))],
                await waiting.CountAsync(cancel), await waiting.CountAsync(row => row.DueAt <= now, cancel), await asked.CountAsync(cancel),
                rules.On(PackageBook.Rule, DateOnly.FromDateTime(now.UtcDateTime)).Says);
        }
    }
}

/// <summary>One package: what leaves and what stays, the reports in it and how they stand, its hash, and who handed it over when and how.</summary>
public static class ShowPackage
{
    public sealed record Request(NexusPackageId Id);

    public sealed record Packed(ReportId Id, string Number, PackedState State);

    /// <summary>An agreement in force.</summary>
    /// <param name="Fits">It is with the country that the package goes to, as far as its receiver's words begin with it.</param>
    public sealed record Choice(AgreementId Id, IReadOnlyList<string> Countries, string Body, string Basis, HandOverChannel Channel, bool Fits);

    /// <param name="Readings">How many of the reports another still reads again: it leaves after them.</param>
    /// <param name="HasContent">False once a report in it was purged, or it was withdrawn.</param>
    public sealed record Page(
        NexusPackageId Id, string Number, NexusWay Way, string To, NexusPackageState State, string DecidedBy, DateTimeOffset DecidedAt, DateTimeOffset DueAt,
        string DueSays, int Drawn, string Sha256, int Bytes, bool HasContent, IReadOnlyList<string> Goes, IReadOnlyList<string> Stays,
        IReadOnlyList<Packed> Reports, int Readings, HandOverChannel? Channel, string? Basis, string? HandedOverBy, DateTimeOffset? HandedOverAt,
        string? Receipt, string? ReceiptBy, DateTimeOffset? ReceiptAt, AgreementId? Agreement, int? AgreementVersion)
    {
        /// <summary>Under which it may go, while it waits to go abroad: those for its country first.</summary>
        public IReadOnlyList<Choice> Agreements { get; init; } = [];

        /// <summary>Reports were taken back or changed since it was drawn: it does not leave as it is.</summary>
        public bool IsStale => Reports.Any(report => report.State != PackedState.Stands);
    }

    internal sealed class Handler(Foundations.Rules.RuleBook rules) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (await act.Db.Set<NexusPackage>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == request.Id, cancel) is not { } row)
                return Problem.Missing("There is no such package for you.");
            var reports = await PackageBook.StandingsAsync(act.Db, row, cancel);
            var names = await People.NamesAsync(act.Db, new[] { row.DecidedBy, row.HandedOverBy, row.ReceiptBy }.OfType<UserId>(), cancel);
            act.Trace("nexus-package", row.Id.Value, "shown");
            foreach (var report in reports) act.Trace("report", report.Row.Report.Value, "listed");
            return new Page(
                row.Id, row.Number, row.Way, row.To, row.State, names[row.DecidedBy], row.DecidedAt, row.DueAt,
                rules.On(PackageBook.Rule, DateOnly.FromDateTime(row.DecidedAt.UtcDateTime)).Says, row.Drawn, row.Sha256, row.Bytes, row.Content is not null,
                PackageContent.Goes(row.Way), PackageContent.Stays(row.Way), [.. reports.Select(one => new Packed(one.Row.Report, one.Row.Number, one.State))],
                row.State == NexusPackageState.Waiting ? await PackageBook.ReadingsAsync(act.Db, row.Id, cancel) : 0, row.Channel, row.Basis,
                row.HandedOverBy is { } by ? names[by] : null, row.HandedOverAt, row.Receipt, row.ReceiptBy is { } receiver ? names[receiver] : null, row.ReceiptAt,
                row.Agreement, row.AgreementVersion)
            {
                Agreements = row is { State: NexusPackageState.Waiting, Way: NexusWay.Referred }
                    ? [.. (await AgreementBook.ForAsync(act, row.To, cancel)).Select(one => Shown(one.Agreement, one.Fits))] : [],
            };
        }

        private static Choice Shown(AgreementVersion one, bool fits) => new(one.Id, one.CountryList, one.Body, one.Basis, one.Channel, fits);
    }
}

/// <summary>The package itself, byte for byte as its hash says, to be taken where it is handed over. Taking it is not handing it over.</summary>
public static class DownloadPackage
{
    public sealed record Request(NexusPackageId Id);
    public sealed record Page(string Name, string MediaType, byte[] Bytes) : IFileAnswer;

    internal sealed class Handler(PackageBook book) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (await act.Db.Set<NexusPackage>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == request.Id, cancel) is not { } package)
                return Problem.Missing("There is no such package for you.");
            if (package.Content is null) return Problem.Missing("What this package said is no longer kept. Its number, its receiver and its hash are.");
            act.Trace("nexus-package", package.Id.Value, $"taken-out;drawn={package.Drawn}");
            return new Page($"{package.Number}.json", "application/json", book.Open(package));
        }
    }
}
