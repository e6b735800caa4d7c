using Homeward.Foundations.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Homeward.Access.Tests;

/// <summary>One cell's worth of the matrix: how a route is asked and which action it needs.</summary>
internal sealed record Cell(string Method, string Path, string Pattern, string Action)
{
    public bool IsApi => Method == "POST" || Path.StartsWith("/api/", StringComparison.Ordinal);
}

/// <summary>The matrix is made from the routes themselves, so that a route that is added tomorrow is in it.</summary>
internal static class Matrix
{
    /// <summary>What may be reached without an action, each with its reason. Whoever adds to it says why.</summary>
    public static readonly IReadOnlyDictionary<string, string> OpenToAll = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["sign-in"] = "nobody is signed in before it",
        ["sign-in/options"] = "nobody is signed in before it",
        ["sign-in/passkey"] = "nobody is signed in before it",
        ["join/{Id}/{Code}"] = "the invited have no passkey yet; the code in the address is the key",
        ["join/{id}/{code}/options"] = "the invited have no passkey yet; the code in the address is the key",
        ["me/passkeys/options"] = "everybody who is signed in has passkeys, and nobody else is answered",
        ["me/passkeys"] = "everybody who is signed in has passkeys, and nobody else is answered",
        ["demo/sign-in"] = "in a demo anybody may sign in as a role; elsewhere it is not mapped",
        ["sign-out"] = "it only ends a session",
        ["about"] = "the licences of the data ask for it",
        ["status/{Code:int}"] = "says what went wrong",
        ["health/live"] = "for the machine that watches",
        ["health/ready"] = "for the machine that watches",
        ["ispws/{**call}"] = "providers sign in on every call, by accounts of their own: tests/Providers.Tests",
        ["openapi/v1.json"] = "describes the API and holds nothing of a case",
    };

    /// <summary>Endpoints that name no action and stand in no list: each is a hole.</summary>
    public static IEnumerable<string> Holes(IEnumerable<RouteEndpoint> endpoints) =>
        endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<NeedsAction>() is null)
            .Select(endpoint => endpoint.RoutePattern.RawText!.Trim('/'))
            .Where(pattern => !OpenToAll.ContainsKey(pattern) && !pattern.StartsWith("_framework/", StringComparison.Ordinal))
            .Distinct();

    public static IReadOnlyList<Cell> Cells(IEnumerable<RouteEndpoint> endpoints) =>
        [.. from endpoint in endpoints
            let needs = endpoint.Metadata.GetMetadata<NeedsAction>()
            where needs is not null
            let methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
            let method = methods.Contains("GET") || methods.Count == 0 ? "GET" : methods[0]
            select new Cell(method, PathOf(endpoint.RoutePattern), endpoint.RoutePattern.RawText!, needs.Action)];

    /// <summary>An address of the route: ids are ids of nothing.</summary>
    private static string PathOf(RoutePattern pattern) => "/" + string.Join('/', pattern.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart parameter when parameter.ParameterPolicies.Any(policy => policy.Content is "int" or "long") => "7",
            _ => "0190f3c2a5d07e3f8a4b000000000001",
        }))));
}
