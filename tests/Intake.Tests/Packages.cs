using System.IO.Compression;
using System.Text;
using Homeward.Exchange.CyberTips;
using Homeward.Exchange.CyberTips.Json;
using Homeward.Foundations.Access;
using Homeward.Intake.Packages;
using Homeward.Kernel;
using Homeward.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Intake.Tests;

/// <summary>Packages made up for a test, and the ways to drop them.</summary>
internal static class Packages
{
    public static byte[] Json(string number, string phone = "(816) 555-0100", Func<CyberTipReport, CyberTipReport>? but = null) =>
        CyberTipJsonWriter.Write((but ?? (same => same))(Given.Report(number, ReportForm.AgencyJson, phone)));

    public static byte[] Zip(params (string Path, byte[] Bytes)[] files)
    {
        using var package = new MemoryStream();
        using (var zip = new ZipArchive(package, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, bytes) in files)
            {
                using var entry = zip.CreateEntry(path).Open();
                entry.Write(bytes);
            }
        }
        return package.ToArray();
    }

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static async Task<Result<ReceivePackage.Receipt>> DropAsync(this TestHouse house, Actor actor, params (string Name, byte[] Bytes)[] files) =>
        await house.Services.GetRequiredService<PackageArrivals>().ReceiveAsync(
            actor, files.ToAsyncEnumerable().Select(file => new PackageArrivals.Dropped(file.Name, new MemoryStream(file.Bytes))), CancellationToken.None);

    public static async Task<ShowArrival.Page> ReceiptAsync(this TestHouse house, Actor actor, params (string Name, byte[] Bytes)[] files) =>
        (await house.DoAsync<ShowArrival.Request, ShowArrival.Page>(actor, new((await house.DropAsync(actor, files)).Value.Id))).Value;
}
