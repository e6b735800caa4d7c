using System.Net;
using Homeward.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;

namespace Homeward.Web;

/// <summary>Who really calls, and whether over TLS, where a proxy of ours stands in front: from this machine, or one that is named.</summary>
/// <remarks>What anybody else says of it is not believed: the address stands on record with every call of a provider.</remarks>
public static class BehindProxy
{
    /// <summary>Proxies beside those of this machine: addresses and networks, <c>10.0.0.7, 172.18.0.0/16</c>.</summary>
    public const string Variable = "HOMEWARD_PROXIES";

    private static string[] Named => (Environment.GetEnvironmentVariable(Variable) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <returns>What of the variable cannot be read, all at once; null when all can. Whoever serves asks before anything is put up.</returns>
    public static Problem? Misread()
    {
        var unread = Named.Where(proxy => !IPAddress.TryParse(proxy, out _) && !System.Net.IPNetwork.TryParse(proxy, out _)).Select(proxy => $"\"{proxy}\"").ToList();
        return unread.Count == 0 ? null : Problem.Of(
            "proxies-unfit", $"{Variable}: {string.Join(", ", unread)} {(unread.Count == 1 ? "is neither an address nor a network" : "are neither addresses nor networks")}.",
            "Write addresses and networks, parted by commas, as 10.0.0.7, 172.18.0.0/16; or leave it empty for a proxy on this machine.");
    }

    /// <exception cref="FormatException">One is neither an address nor a network: <see cref="Misread"/> tells it in time.</exception>
    internal static void UseCallersBehindProxy(this WebApplication app)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        foreach (var proxy in Named)
        {
            if (IPAddress.TryParse(proxy, out var address)) options.KnownProxies.Add(address);
            else if (System.Net.IPNetwork.TryParse(proxy, out var network)) options.KnownIPNetworks.Add(network);
            else throw new FormatException($"{Variable}: \"{proxy}\"");
        }
        app.UseForwardedHeaders(options);
    }
}
