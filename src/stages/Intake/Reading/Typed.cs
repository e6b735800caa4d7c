using Homeward.Exchange;
using Homeward.Exchange.CyberTips;

namespace Homeward.Intake.Reading;

/// <summary>What a text that somebody types may be, in the forms in which reports are kept.</summary>
internal static class Typed
{
    public static IReadOnlyList<ReportIdentifier> Read(string text)
    {
        var found = new List<ReportIdentifier>();
        Add("email", NormalForms.Email(text));
        foreach (var number in NormalForms.Phones(text)) Add("phone", number);
        Add("ip", NormalForms.Ip(text));
        Add("plate", Plates.Normal(text));
        if (MayBeUrl(text)) Add("url", NormalForms.Url(text));
        // "service:name" as the house writes it, and a name of which nobody says on which service it is.
        var hasScheme = text.Contains("://", StringComparison.Ordinal);
        if (!hasScheme && text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
        {
            Add("screen-name", ScreenNames.Of(text[..colon], text[(colon + 1)..]));
            Add("account-id", NormalForms.AccountId(text[(colon + 1)..], text[..colon]));
        }
        else if (!hasScheme) Add("screen-name", ScreenNames.Of(null, text));
        // An ID may hold a colon of its own.
        Add("account-id", NormalForms.AccountId(text, null));
        return found;

        void Add(string kind, string? value)
        {
            if (value is not null) found.Add(new ReportIdentifier(kind, value, ""));
        }
    }

    /// <summary>With its scheme, or as pages show it: a host with a dot in it, whatever follows. A name may look so too.</summary>
    private static bool MayBeUrl(string text)
    {
        if (text.Contains("://", StringComparison.Ordinal)) return true;
        var host = text.AsSpan().Trim();
        var end = host.IndexOfAny("/?#");
        if (end >= 0) host = host[..end];
        return host.IndexOf('.') is > 0 and var dot && dot < host.Length - 1 && !host.Contains('@');
    }
}
