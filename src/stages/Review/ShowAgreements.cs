using Homeward.Foundations.Access;
using Homeward.Kernel;
using Homeward.Review.Casework;
using Homeward.Review.NoNexus;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>Agreements and channels with other countries, under which reports of no nexus go abroad.</summary>
public static class ListAgreements
{
    public sealed record Request;

    /// <param name="Holds">Whether it is in force today.</param>
    public sealed record Row(
        AgreementId Id, int Version, IReadOnlyList<string> Countries, string Body, string Basis, HandOverChannel Channel, DateOnly From, DateOnly? Until, string Source,
        bool Holds, string By, DateTimeOffset At);

    public sealed record Page(IReadOnlyList<Row> Rows);

    internal sealed class Handler : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var all = await AgreementBook.NewestAsync(act.Db, cancel);
            foreach (var one in all) act.Trace("agreement", one.Id.Value, "listed");
            return new Page(await RowsAsync(act, all, cancel));
        }
    }

    internal static async Task<IReadOnlyList<Row>> RowsAsync(Act act, IReadOnlyList<AgreementVersion> all, CancellationToken cancel)
    {
        var (names, day) = (await People.NamesAsync(act.Db, all.Select(one => one.By), cancel), DateOnly.FromDateTime(act.Now.UtcDateTime));
        return [.. all.Select(one => new Row(
            one.Id, one.Version, one.CountryList, one.Body, one.Basis, one.Channel, one.From, one.Until, one.Source, one.HoldsOn(day), names[one.By], one.At))];
    }
}

/// <summary>One agreement with all that was ever entered of it, and the packages that left under it.</summary>
public static class ShowAgreement
{
    private const int PackagesMax = 100;

    public sealed record Request(AgreementId Id);

    /// <param name="Version">Of the agreement, as it stood when the package left.</param>
    public sealed record Left(NexusPackageId Id, string Number, string To, int Version, DateTimeOffset At);

    /// <param name="Versions">The newest first; that one stands.</param>
    public sealed record Page(AgreementId Id, IReadOnlyList<ListAgreements.Row> Versions, IReadOnlyList<Left> Packages);

    internal sealed class Handler : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var versions = await act.Db.Set<AgreementVersion>().AsNoTracking().Where(row => row.Id == request.Id).OrderByDescending(row => row.Version).ToListAsync(cancel);
            if (versions.Count == 0) return Problem.Missing("There is no such agreement.");
            act.Trace("agreement", request.Id.Value, "shown");
            return new Page(request.Id, await ListAgreements.RowsAsync(act, versions, cancel), await LeftAsync(act, request.Id, cancel));
        }

        private static async Task<IReadOnlyList<Left>> LeftAsync(Act act, AgreementId id, CancellationToken cancel)
        {
            var rows = await act.Db.Set<NexusPackage>().AsNoTracking().Where(row => row.Agreement == id).OrderByDescending(row => row.HandedOverAt).ThenBy(row => row.Id)
                .Take(PackagesMax).Select(row => new { row.Id, row.Number, row.To, row.AgreementVersion, row.HandedOverAt }).ToListAsync(cancel);
            foreach (var row in rows) act.Trace("nexus-package", row.Id.Value, "listed");
            return [.. rows.Select(row => new Left(row.Id, row.Number, row.To, row.AgreementVersion!.Value, row.HandedOverAt!.Value))];
        }
    }
}
