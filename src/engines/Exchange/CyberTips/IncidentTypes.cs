namespace Homeward.Exchange.CyberTips;

/// <summary>The eight incident types of the reporting form. NCMEC's own later type is another value.</summary>
public static class IncidentTypes
{
    public const string Material = "Child Pornography (possession, manufacture, and distribution)";
    public const string Trafficking = "Child Sex Trafficking";
    public const string Tourism = "Child Sex Tourism";
    public const string Molestation = "Child Sexual Molestation";
    public const string MisleadingDomain = "Misleading Domain Name";
    public const string MisleadingWords = "Misleading Words or Digital Images on the Internet";
    public const string Enticement = "Online Enticement of Children for Sexual Acts";
    public const string Unsolicited = "Unsolicited Obscene Material Sent to a Child";

    public static IReadOnlyList<string> All { get; } =
        [Material, Trafficking, Tourism, Molestation, MisleadingDomain, MisleadingWords, Enticement, Unsolicited];
}
