using System.Globalization;
using Homeward.Exchange.Alerts;

namespace Homeward.Intake.Alerts;

/// <summary>What an alert claims of the child, as far as it says it in parameters whose names this house knows.</summary>
/// <remarks>CAP names no parameters for AMBER; issuers make up their own. Those not known are shown as they stand, and nothing is guessed from free text.</remarks>
internal sealed record AlertClaims(IReadOnlyList<string> Names, int? Age, string? Sex, string? Plate, IReadOnlyList<AlertClaims.Claim> All)
{
    /// <param name="What">Plain words where the name is known, else the issuer's own.</param>
    public sealed record Claim(string What, string Value);

    private static readonly Dictionary<string, string> _words = new(StringComparer.Ordinal)
    {
        ["childname"] = Child, ["missingchildname"] = Child, ["victimname"] = Child, ["childage"] = AgeOf, ["age"] = AgeOf, ["victimage"] = AgeOf,
        ["childsex"] = SexOf, ["sex"] = SexOf, ["gender"] = SexOf, ["childgender"] = SexOf, ["vehicleplate"] = PlateOf, ["licenseplate"] = PlateOf,
        ["plate"] = PlateOf, ["vehicle"] = "Vehicle", ["vehicledescription"] = "Vehicle", ["clothing"] = "Clothing", ["childclothing"] = "Clothing",
        ["childdescription"] = "Description", ["hair"] = "Hair", ["eyes"] = "Eyes", ["height"] = "Height", ["weight"] = "Weight",
        ["suspect"] = Suspect, ["suspectname"] = Suspect, ["abductor"] = Suspect, ["lastseenplace"] = "Place last seen", ["lastseen"] = "Place last seen",
        ["lastseenat"] = "Time last seen", ["lastseentime"] = "Time last seen", ["circumstances"] = "Circumstances",
    };

    public const string Child = "Child", AgeOf = "Age", SexOf = "Sex", PlateOf = "Vehicle plate", Suspect = "Suspect, as the alert claims";

    public static AlertClaims Of(CapAlert alert)
    {
        var claims = alert.Infos.SelectMany(info => info.Parameters).Select(code => new Claim(_words.GetValueOrDefault(Key(code.List), code.List), code.Value))
            .Distinct().ToList();
        string? First(string what) => claims.Find(claim => claim.What == what)?.Value;
        int? age = int.TryParse(First(AgeOf), NumberStyles.None, CultureInfo.InvariantCulture, out var years) && years <= 120 ? years : null;
        var sex = First(SexOf)?.Trim().ToUpperInvariant() switch { "F" or "FEMALE" => "F", "M" or "MALE" => "M", _ => null };
        return new([.. claims.Where(claim => claim.What == Child).Select(claim => claim.Value.Trim()).Where(name => name.Length > 0)], age, sex, First(PlateOf), claims);
    }

    /// <summary>Everything that may name the child, folded, with blanks around: for whole words.</summary>
    public static string Text(CapAlert alert) =>
        $" {Kernel.Names.Fold(string.Join(' ', alert.Infos.SelectMany(info => new[] { info.Headline, info.Description, info.Instruction }.Concat(info.Parameters.Select(code => code.Value)))))} ";

    private static string Key(string name) => string.Concat(name.Where(char.IsAsciiLetter)).ToLowerInvariant();
}
