using System.Text;
using CsCheck;
using Homeward.Exchange.Missing;

namespace Homeward.Exchange.Tests.Missing;

/// <summary>Vehicles in which a missing child may be: what is taken, and that nothing of it is lost on the way.</summary>
public sealed class VehicleTests
{
    private static readonly Gen<string?> _word = Gen.OneOf(
        Gen.Const((string?)null), Gen.Char["aZ9 ;|\\\",é"].Array[1, 12].Select(signs => (string?)("x" + new string(signs))));
    private static readonly Gen<EntryVehicle> _vehicle = Gen.Select(
        Gen.OneOf<string?>(null, "KS 123-ABC", "MARI", "123ABC (Kansas)", "AB1 C2D"), Gen.OneOf<string?>(null, "KS", "on"), Gen.OneOf<string?>(null, "2020", "NX"),
        Gen.OneOf<string?>(null, "1M8GDM9AXKP042788", "11111111111111111"), Gen.OneOf<int?>(null, 1981, 2012, 2100), _word, _word, _word)
        .Select(one => new EntryVehicle(one.Item1, one.Item2, one.Item3, one.Item4, one.Item5, one.Item6, one.Item7, null, one.Item8))
        .Where(one => one != new EntryVehicle());

    [Fact]
    public void What_is_said_of_vehicles_survives_both_forms() => _vehicle.Array[0, 20].Sample(vehicles =>
    {
        var entry = new MissingChildEntry { Received = Given.At, Status = EntryStatus.Entered, Nic = "M123456789", Vehicles = vehicles };
        MissingChildEntries.Json.ReadLine(MissingChildEntries.Json.Line(entry)).Value.Vehicles.ShouldBe(vehicles);
        using var stream = new MemoryStream();
        MissingChildEntries.Csv.Write([entry], stream);
        stream.Position = 0;
        MissingChildEntries.Csv.Read(stream).Single().Outcome.Value.Vehicles.ShouldBe(vehicles);
    });

    [Fact]
    public void A_cell_names_the_part_that_is_wrong_and_how_to_mend_it()
    {
        var entry = new MissingChildEntry { Received = Given.At, Status = EntryStatus.Entered, Nic = "M123456789", Vehicles = [new(Plate: "123ABC"), new(Vin: "1M8GDM9AXKP042788")] };
        using var stream = new MemoryStream();
        MissingChildEntries.Csv.Write([entry], stream);
        var text = Encoding.UTF8.GetString(stream.ToArray()).Replace("1M8GDM9AXKP042788", "1M8GDM9A", StringComparison.Ordinal);
        using var bad = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var rejection = MissingChildEntries.Csv.Read(bad).Single().Outcome.Rejections.ShouldHaveSingleItem();
        (rejection.Line, rejection.Field).ShouldBe((2, "vehicles[1].vin"));
        rejection.Mend.ShouldContain("17 letters and digits");
    }

    [Fact]
    public void More_vehicles_than_anybody_looks_for_are_refused()
    {
        var entry = new MissingChildEntry { Received = Given.At, Status = EntryStatus.Entered, Nic = "M123456789", Vehicles = [.. Enumerable.Repeat(new EntryVehicle(Color: "BLU"), 21)] };
        MissingChildEntries.Json.ReadLine(MissingChildEntries.Json.Line(entry)).Rejections.Single().Field.ShouldBe("vehicles");
        using var stream = new MemoryStream();
        MissingChildEntries.Csv.Write([entry], stream);
        stream.Position = 0;
        MissingChildEntries.Csv.Read(stream).Single().Outcome.Rejections.Single().Field.ShouldBe("vehicles");
    }

    [Theory]
    [InlineData("1M8GDM9AXKP042788", null, true)]
    [InlineData("1m8gdm9axkp042788", 2012, true)]
    [InlineData("1M8GDM9AXKPO42788", null, false)]
    [InlineData("1M8GDM9AXKP04278I", null, false)]
    [InlineData("1M8GDM9AXKP04278Q", null, false)]
    [InlineData("1M8GDM9AXKP0-2788", null, false)]
    [InlineData("194379S100001", 1981, false)]
    [InlineData("194379S100001", 1979, true)]   // each maker had a form of its own
    [InlineData("1943", 1979, false)]
    [InlineData("194379S10000119437912", 1979, false)]
    public void A_number_has_17_signs_without_I_O_and_Q_since_1981(string vin, int? year, bool expected) => Vins.IsWellFormed(vin, year).ShouldBe(expected);

    [Theory]
    [InlineData("1M8GDM9AXKP042788", true)]
    [InlineData("1m8gdm9axkp042788", true)]
    [InlineData("5GZCZ43D13S812715", true)]
    [InlineData("11111111111111111", true)]
    [InlineData("1M8GDM9AXKP042789", false)]
    [InlineData("WVWZZZ1KZ6W000001", false)]   // a European number: Z stands where the check digit would
    [InlineData("194379S100001", null)]
    public void The_ninth_sign_checks_the_others_where_there_is_one(string vin, bool? expected) => Vins.Checks(vin).ShouldBe(expected);

    [Theory]
    [InlineData("123ABC (Kansas)", true)]
    [InlineData("MARISOL", true)]   // a plate of choice, without a digit
    [InlineData("AB1", true)]
    [InlineData("ABCDEFGHIJK", false)]
    [InlineData("blue; dented", false)]
    public void A_plate_of_choice_is_kept_though_no_text_is_searched_for_it(string text, bool expected) => Plates.CanBe(text).ShouldBe(expected);
}
