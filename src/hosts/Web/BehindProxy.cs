using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;

namespace Homeward.Web;

/// <summary>Who really calls, and whether over TLS, where a proxy of ours stands in front: from this machine, or one that is named.</summary>
/// <remarks>What anybody else says of it is not believed: the address stands on record with every call of a provider.</remarks>
internal static class BehindProxy
{
    /// <summary>Proxies beside those of this machine: addresses and networks, <c>10.0.0.7, 172.18.0.0/16</c>.</summary>
    public const string Variable = "HOMEWARD_PROXIES";

    /// <exception cref="FormatException">One is neither an address nor a network.</exception>
    public static void UseCallersBehindProxy(this WebApplication app)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        foreach (var proxy in (Environment.GetEnvironmentVariable(Variable) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPAddress.TryParse(proxy, out var address)) options.KnownProxies.Add(address);
            else if (System.Net.IPNetwork.TryParse(proxy, out var network)) options.KnownIPNetworks.Add(network);
            else throw new FormatException($"{Variable}: \"{proxy}\" is neither an address nor a network such as 172.18.0.0/16.");
        }
        app.UseForwardedHeaders(options);
    }
}
