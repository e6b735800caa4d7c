using System.Globalization;
using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Exchange.Missing;

namespace Homeward.Scenario.World.Towns;

/// <summary>A real place in which something invented happens.</summary>
/// <param name="Office">Code of the office whose territory it is on the days of its window.</param>
/// <param name="CityIsPlain">City and state without ZIP lead to the same office and no other.</param>
internal sealed record Scene(
    string Office, string City, string State, string Zip, string Fips, double Lat, double Lon, int People, bool CityIsPlain)
{
    private static readonly string[] Streets =
        ["Exercise Street", "Exercise Avenue", "Drill Road", "Sample Lane", "Training Boulevard", "Rehearsal Court"];

    /// <summary>A street that no town has.</summary>
    public static string Street(Dice dice) =>
        string.Create(CultureInfo.InvariantCulture, $"{dice.Between(100, 9900, "house")} {dice.Pick(Streets, "street")}");

    public StatedPlace Stated(string? street) => new(street, City, State, Zip, Fips, Lat, Lon);
    public EntryPlace Entry() => new(City, State, Zip, Fips);
    public TipAddress Address(string? street) => new(street, City, State, Zip, "US");
}
