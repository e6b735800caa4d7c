namespace Homeward.Places.Tests;

public sealed class OfficeNameTests
{
    private static readonly DateOnly From = new(2019, 7, 1);
    private static readonly DateOnly To = new(2019, 7, 31);

    /// <summary>The offices as the announcement of July 2019 wrote them.</summary>
    public static TheoryData<string> Announced =>
    [
        "Albuquerque", "Atlanta", "Boston", "Buffalo", "Charlotte", "Chicago", "Cincinnati", "Cleveland", "Columbia", "Dallas",
        "Denver", "Detroit", "Honolulu", "Houston", "Jacksonville", "Kansas City", "Knoxville", "Las Vegas", "Little Rock",
        "Los Angeles", "Memphis", "Miami", "Milwaukee", "New Haven", "New Orleans", "Portland", "Richmond", "Sacramento",
        "San Antonio", "San Diego", "San Francisco", "Seattle", "Washington Field",
    ];

    [Theory, MemberData(nameof(Announced))]
    public void Each_announced_office_is_found(string name) =>
        Days.Places.ResolveOffice(name, From, To).Value.Name.ShouldStartWith(name);

    [Theory]
    [InlineData("MO", "Mobile")]
    [InlineData("mo", "Mobile")]
    [InlineData("KC", "Kansas City")]
    [InlineData("LA", "Los Angeles")]
    [InlineData("CO", "Columbia")]
    [InlineData("AL", "Albany")]
    [InlineData("DE", "Detroit")]
    [InlineData("MP", "Minneapolis")]
    [InlineData("SD", "San Diego")]
    [InlineData("ME", "Memphis")]
    public void Codes_are_offices_and_never_states(string code, string name) =>
        Days.Places.ResolveOffice(code, From, To).Value.Name.ShouldBe(name);

    [Theory]
    [InlineData("WFO")]
    [InlineData("Washington Field Office")]
    [InlineData("  washington   FIELD  ")]
    [InlineData("FBI Washington Field Office")]
    [InlineData("Wáshington Field")]
    public void Washington_has_many_names(string text) => Days.Places.ResolveOffice(text, From, To).Value.Code.ShouldBe("WF");

    [Theory]
    [InlineData("FBI Saint Louis Division", "SL")]
    [InlineData("St Louis", "SL")]
    [InlineData("Kansas City Field Office", "KC")]
    [InlineData("Springfield", "SI")]
    public void Wrappings_and_spellings_do_not_matter(string text, string code) =>
        Days.Places.ResolveOffice(text, From, To).Value.Code.ShouldBe(code);

    [Theory]
    [InlineData("Gotham")]
    [InlineData("Missouri")]
    [InlineData("Washington")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_office_is_refused_with_those_that_are(string? text)
    {
        var refused = Days.Places.ResolveOffice(text, From, To).Problem;
        refused.Code.ShouldBe("no-such-office");
        refused.Mend.ShouldContain("Kansas City");
        refused.Mend.ShouldNotContain("Nashville");
    }

    [Fact]
    public void An_office_that_is_not_open_in_the_window_is_refused_with_its_dates()
    {
        var early = Days.Places.ResolveOffice("Nashville", From, To).Problem;
        early.Code.ShouldBe("office-not-open");
        early.Mend.ShouldContain("2024-10-01");
        var late = Days.Places.ResolveOffice("Memphis", Days.FirstOfNashville, Days.FirstOfNashville).Problem;
        late.Code.ShouldBe("office-not-open");
        late.Mend.ShouldContain("Nashville");
    }

    [Fact]
    public void In_a_window_over_the_change_both_old_and_new_are_open()
    {
        Days.Places.ResolveOffice("Memphis", Days.LastOfMemphis, Days.FirstOfNashville).IsDone.ShouldBeTrue();
        Days.Places.ResolveOffice("Nashville", Days.LastOfMemphis, Days.FirstOfNashville).IsDone.ShouldBeTrue();
    }

    [Fact]
    public void No_name_or_alias_is_shared_and_every_name_finds_its_office()
    {
        foreach (var office in Days.Places.Offices.All)
            foreach (var name in office.Aliases.Append(office.Name).Append(office.Code))
                Days.Places.ResolveOffice(name, office.ValidFrom, office.ValidTo ?? office.ValidFrom).Value.ShouldBe(office);
    }
}
