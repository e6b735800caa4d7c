using System.Diagnostics;

namespace Homeward.Places.Tests;

public sealed class LoadTests
{
    [Fact]
    public void Everything_is_read_in_moments()
    {
        var places = new Gazetteer(Path.Combine(AppContext.BaseDirectory, "data"));
        var watch = Stopwatch.StartNew();
        _ = (places.Territory, places.Zips, places.Cities, places.Agencies, places.Tribes, places.Names, places.Codes);
        places.ResolvePlace(new() { Latitude = 38.9, Longitude = -77 }, Days.July2019).Office!.Code.ShouldBe("WF");
        // Some 0.4 s of one processor, cold; the bound is for a machine that builds and tests at the same time.
        watch.ElapsedMilliseconds.ShouldBeLessThan(5000);
        TestContext.Current.SendDiagnosticMessage("gazetteer: {0} ms", watch.ElapsedMilliseconds);
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        var missing = Should.Throw<FileNotFoundException>(() => new Gazetteer("/nowhere").Offices);
        missing.Message.ShouldContain("data/");
    }

    [Fact]
    public void The_carried_data_stays_under_8_megabytes() =>
        new DirectoryInfo(Path.Combine(AppContext.BaseDirectory, "data")).EnumerateFiles("*", SearchOption.AllDirectories)
            .Sum(file => file.Length).ShouldBeLessThan(8_000_000);

    [Fact]
    public void Invented_names_are_many_and_drawn_by_weight()
    {
        var names = Days.Places.Names;
        names.Surnames.Names.Count.ShouldBe(8000);
        names.Surnames.Pick(0).ShouldBe("Smith");
        names.Surnames.Pick(0.9999999).ShouldBe(names.Surnames.Names[^1]);
        names.Given(female: true, 1947).Pick(0).ShouldBe("Mary");
        names.Given(female: false, 2030).Names.Count.ShouldBe(400);
        names.NicknamesOf("william").ShouldContain("Bill");
        names.Surnames.FrequencyOf("Smith").ShouldBeGreaterThan(names.Surnames.FrequencyOf("Jones"));
    }

    [Fact]
    public void Codes_have_labels() => Days.Places.Codes.LabelOf("eye_color", "BRO").ShouldNotBeNull();
}
