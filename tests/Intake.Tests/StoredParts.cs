using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Tests;

/// <summary>What is stored of reports' parts, and how a test makes it say otherwise.</summary>
internal static class StoredParts
{
    public static Task<List<ReportParts>> PartsAsync(this TestHouse house, ReportId? report = null) => house.WithDbAsync(async db =>
        (await db.Set<ReportVersion>().AsNoTracking().Where(row => report == null || row.Id == report).OrderBy(row => row.Id).ThenBy(row => row.Version).ToListAsync()).ConvertAll(row => row.Parts));

    /// <summary>Stores other parts, and by what they are looked up, as if they had been drawn so.</summary>
    public static Task AlterPartsAsync(this TestHouse house, Func<ReportVersion, bool> which, Func<ReportParts, ReportParts> alter) => house.WithDbAsync(async db =>
    {
        foreach (var version in (await db.Set<ReportVersion>().AsNoTracking().ToListAsync()).Where(which))
        {
            var parts = alter(version.Parts);
            var packed = PackedParts.Pack(parts);
            await ReportRows.ForgetLooksAsync(db, version, CancellationToken.None);
            await db.Set<ReportVersion>().Where(row => row.Id == version.Id && row.Version == version.Version).ExecuteUpdateAsync(set => set.SetProperty(row => row.Packed, packed));
            db.AddRange(parts.LooksIn(version.Generation).Select(look => new ReportIdentifierRow { Look = look, ReportId = version.Id, Version = version.Version }));
        }
        return await db.SaveChangesAsync();
    });
}
