using System.Security.Cryptography;
using System.Text;
using Homeward.Foundations.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;

namespace Homeward.Web;

/// <summary>Stylesheets, scripts, typeface and icons, under one address that is a fingerprint of them all.</summary>
/// <remarks>
/// One fingerprint for the folder and not one for each file: styles and scripts name each other by relative addresses, which
/// then stay as they are, and there are two dozen small files. What has its own address for good, such as the licences, is also
/// served from the root, for minutes only.
/// </remarks>
internal static class StaticAssets
{
    private const int FingerprintBytes = 6;
    private static readonly string _folder = Path.Combine(AppContext.BaseDirectory, "wwwroot");

    public static AssetFolder Find() => new($"/assets/{FingerprintOf(Directory.CreateDirectory(_folder))}/");

    public static void UseStaticAssets(this WebApplication app, AssetFolder assets)
    {
        var files = new PhysicalFileProvider(_folder);
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files, RequestPath = assets.Root.TrimEnd('/'),
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "public, max-age=31536000, immutable",
        });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "public, max-age=300",
        });
    }

    private static string FingerprintOf(DirectoryInfo folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(file => file.FullName, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(folder.FullName, file.FullName)));
            hash.AppendData(File.ReadAllBytes(file.FullName));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, FingerprintBytes));
    }
}
