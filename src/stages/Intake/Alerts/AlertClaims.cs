using System.Globalization;
using Homeward.Exchange.Alerts;
using Homeward.Foundations.Places;
using Homeward.Kernel;

namespace Homeward.Intake.Alerts;

/// <summary>What an alert claims of the child, as far as it says it in parameters whose names this house knows.</summary>
/// <remarks>CAP names no parameters for AMBER; issuers make up their own. Those not known are shown as they stand, and nothing is guessed from free text.</remarks>
internal sealed record AlertClaims(IReadOnlyList<string> Names, PartialDate Born, int? Age, string? Sex, (string City, string State)? LastSeen, IReadOnlyList<AlertClaims.Claim> All)
{
    /// <param name="What">Plain words where the name is known, else the issuer's own.</param>
    public sealed record Claim(string What, string Value);

    private static readonly Dictionary<string, string> _words = new(StringComparer.Ordinal)
    {
        ["childname"] = Child, ["missingchildname"] = Child, ["victimname"] = Child, ["childage"] = AgeOf, ["age"] = AgeOf, ["victimage"] = AgeOf,
        ["childdob"] = BornOf, ["dob"] = BornOf, ["dateofbirth"] = BornOf, ["birthdate"] = BornOf, ["childdateofbirth"] = BornOf, ["childsex"] = SexOf, ["sex"] = SexOf, ["gender"] = SexOf, ["childgender"] = SexOf, ["vehicleplate"] = PlateOf, ["licenseplate"] = PlateOf,
        ["plate"] = PlateOf, ["vehicle"] = Vehicle, ["vehicledescription"] = Vehicle, ["clothing"] = "Clothing", ["childclothing"] = "Clothing",
        ["childdescription"] = "Description", ["hair"] = "Hair", ["eyes"] = "Eyes", ["height"] = "Height", ["weight"] = "Weight",
        ["suspect"] = Suspect, ["suspectname"] = Suspect, ["abductor"] = Suspect, ["lastseenplace"] = PlaceOf, ["lastseen"] = PlaceOf, ["lastseenlocation"] = PlaceOf,
        ["lastseenat"] = "Time last seen", ["lastseentime"] = "Time last seen", ["circumstances"] = "Circumstances",
    };

    /// <summary>Of one message. Whoever names more names none.</summary>
    private const int PlatesMax = 20;

    public const string Child = "Child", AgeOf = "Age", BornOf = "Born", PlaceOf = "Place last seen", SexOf = "Sex", PlateOf = "Vehicle plate", Vehicle = "Vehicle", Suspect = "Suspect, as the alert claims";

    public static AlertClaims Of(CapAlert alert)
    {
        var claims = alert.Infos.SelectMany(info => info.Parameters).Select(code => new Claim(_words.GetValueOrDefault(Key(code.List), code.List), code.Value))
            .Distinct().ToList();
        string? First(string what) => claims.Find(claim => claim.What == what)?.Value;
        int? age = int.TryParse(First(AgeOf), NumberStyles.None, CultureInfo.InvariantCulture, out var years) && years <= 120 ? years : null;
        var sex = First(SexOf)?.Trim().ToUpperInvariant() switch { "F" or "FEMALE" => "F", "M" or "MALE" => "M", _ => null };
        return new([.. claims.Where(claim => claim.What == Child).Select(claim => claim.Value.Trim()).Where(name => name.Length > 0)], BirthDate(First(BornOf)), age, sex, Place(First(PlaceOf)), claims);
    }

    /// <summary>The child as the linkage of persons asks for it.</summary>
    public ChildSaid Said(DateTimeOffset sentAt) => new([.. Names.Select(Parts)], Born, Age, DateOnly.FromDateTime(sentAt.UtcDateTime), Sex, LastSeen?.City, LastSeen?.State);

    /// <summary>"Family, Given" or "Given Family": what stands last is the family's.</summary>
    private static (string Given, string Family) Parts(string name)
    {
        if (name.Split(',', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } family, { Length: > 0 } given]) return (given, family);
        var space = name.LastIndexOf(' ');
        return space < 0 ? (name, "") : (name[..space].TrimEnd(), name[(space + 1)..]);
    }

    /// <summary>2004-05-17, as far as known, or as it is written in the country: 5/17/2004.</summary>
    private static PartialDate BirthDate(string? text) =>
        PartialDate.TryParse(text?.Trim(), out var born) ? born
        : DateOnly.TryParseExact(text?.Trim(), "M/d/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? PartialDate.Of(day) : default;

    /// <summary>"Kansas City, MO", with a street before it or without; nothing else is taken for a place.</summary>
    private static (string City, string State)? Place(string? text) =>
        text?.Split(',', StringSplitOptions.TrimEntries) is [.., { Length: > 0 } city, var state] && States.CodeOf(state) is { } code ? (city, code) : null;

    /// <summary>The plates that it names: in a parameter for them, or as such in what it says of the vehicle or of what happened.</summary>
    public static IReadOnlyList<string> Plates(CapAlert alert)
    {
        var claims = Of(alert).All;
        return [.. claims.Where(claim => claim.What == PlateOf).Concat(claims.Where(claim => claim.What == Vehicle)).SelectMany(Plates)
            .Concat(alert.Infos.SelectMany(info => new[] { info.Headline, info.Description, info.Instruction }).OfType<string>().SelectMany(Exchange.Plates.In))
            .Distinct().Take(PlatesMax)];
    }

    /// <summary>The plates that one claim names.</summary>
    public static IReadOnlyList<string> Plates(Claim claim) => claim.What switch
    {
        PlateOf => Exchange.Plates.Normal(claim.Value) is { } plate ? [plate] : Exchange.Plates.In($"plate {claim.Value}"),
        Vehicle => Exchange.Plates.In(claim.Value),
        _ => [],
    };

    /// <summary>Everything that may name the child, folded, with blanks around: for whole words.</summary>
    public static string Text(CapAlert alert) =>
        $" {Kernel.Names.Fold(string.Join(' ', alert.Infos.SelectMany(info => new[] { info.Headline, info.Description, info.Instruction }.Concat(info.Parameters.Select(code => code.Value)))))} ";

    private static string Key(string name) => string.Concat(name.Where(char.IsAsciiLetter)).ToLowerInvariant();
}
