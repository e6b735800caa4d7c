using Microsoft.AspNetCore.Http;

namespace Homeward.Foundations.Access;

/// <summary>Addresses within this house, as a form or a browser tells them: nobody is led elsewhere by what was sent.</summary>
public static class LocalAddress
{
    /// <summary>Tells in a form on which page it stands: a form that came back stands at the address that it was sent to.</summary>
    public const string PageField = "__page";

    /// <returns>What was said, where it is a path of this house; else null.</returns>
    public static string? Of(string? said) =>
        said is ['/', ..] && !said.StartsWith("//", StringComparison.Ordinal) && !said.Contains('\\') && !said.Any(char.IsControl) ? said : null;

    /// <summary>The page on which a form stands, as the form or else the browser says; null where neither does.</summary>
    public static string? PageOf(HttpRequest request, IFormCollection form) => Of(form[PageField].FirstOrDefault()) ?? Of(Referer(request));

    private static string? Referer(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var from) && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase) ? from.PathAndQuery : null;
}
