using Homeward.Exchange;
using Homeward.Exchange.Missing;
using Homeward.Exchange.Tests.Alerts;

namespace Homeward.Review.Tests;

/// <summary>An alert's child is looked for as the persons of reports are: as people misspell, with what speaks for and against.</summary>
public sealed class LinkChildrenTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_child_whose_name_is_misspelled_is_proposed_with_the_reasons_and_a_person_decides(DatabaseKind kind)
    {
        await using var house = await TestHouse.OpenAsync(kind, new IntakeStage(), new ReviewStage());
        await house.DoAsync<ReceiveEntries.Request, ReceiveEntries.Receipt>(Actor.House, new(
            [Line(1, "Marisol", "Quenneville", "Kansas City", 2004), Line(2, "Ada", "Thornbury", "Denver", 2004), Line(3, "Marcus", "Quennel", "Boise", 1999)]));
        await house.DeliverAsync();
        var parameters = CapGiven.Parameter("Child Name", "Marysol Quenevile") + CapGiven.Parameter("Age", "15") + CapGiven.Parameter("Sex", "Male")
            + CapGiven.Parameter("Last seen", "100 Main Street, Kansas City, MO");
        var id = (await house.DoAsync<ReceiveAlerts.Request, ReceiveAlerts.Receipt>(Actor.House, new([RawOriginal.Of("alert.xml", CapGiven.Xml(info: Unnamed(parameters)))]))).Value.Told.Single().Id!.Value;
        var page = (await house.DoAsync<ShowAlert.Request, ShowAlert.Page>(await house.PersonAsync(Role.Analyst), new(id))).Value;

        var first = page.Candidates[0];
        (first.Nic, first.Name).ShouldBe(("M000000001", "Marisol Quenneville"));
        first.Why.ShouldBe(["like the child that the alert describes"]);
        var likeness = first.Likeness!;
        likeness.For.Select(bar => bar.Field).ShouldBe(["family name", "given name", "place", "birth date"], ignoreOrder: true);
        likeness.For.ShouldAllBe(bar => bar.Weight > 0 && bar.Sentence.Length > 0);
        likeness.Against.ShouldHaveSingleItem().Sentence.ShouldContain("ex differs");
        page.Candidates.ShouldNotContain(one => one.Nic == "M000000002");
        // Proposed and no more: nothing is attached, and the agency's clock runs until somebody says that there is an entry.
        (page.IsWaiting, page.Entry).ShouldBe((true, null));
        page.EntryOwed.ShouldNotBeNull();
        // An officer of another office is not shown whose child it may be.
        (await house.DoAsync<ShowAlert.Request, ShowAlert.Page>(await house.PersonAsync(Role.Officer, "DN", "DN-01"), new(id))).Problem.Kind.ShouldBe(ProblemKind.NotFound);
    }

    [Fact]
    public async Task Whose_number_is_written_leads_and_an_alert_without_a_name_asks_for_nobody()
    {
        await using var house = await TestHouse.OpenAsync(DatabaseKind.Sqlite, new IntakeStage(), new ReviewStage());
        await house.DoAsync<ReceiveEntries.Request, ReceiveEntries.Receipt>(Actor.House, new(
            [Line(1, "Marisol", "Quenneville", "Kansas City", 2004), Line(2, "Ada", "Thornbury", "Denver", 2004)]));
        await house.DeliverAsync();
        var analyst = await house.PersonAsync(Role.Analyst);
        var written = Unnamed(CapGiven.Parameter("Child Name", "Marisol Quenneville") + CapGiven.Parameter("NIC", "M000000002"));
        (await CandidatesAsync(house, analyst, "EX-1", written)).Select(one => (one.Nic, one.Likeness is not null)).ShouldBe([("M000000002", false), ("M000000001", true)]);
        (await CandidatesAsync(house, analyst, "EX-2", Unnamed(CapGiven.Parameter("Age", "15")))).ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<ShowAlert.Candidate>> CandidatesAsync(TestHouse house, Actor actor, string identifier, string info)
    {
        var id = (await house.DoAsync<ReceiveAlerts.Request, ReceiveAlerts.Receipt>(Actor.House, new([RawOriginal.Of("alert.xml", CapGiven.Xml(identifier, info: info))]))).Value.Told.Single().Id!.Value;
        return (await house.DoAsync<ShowAlert.Request, ShowAlert.Page>(actor, new(id))).Value.Candidates;
    }

    private static string Unnamed(string parameters) => CapGiven.Info(parameters: parameters).Replace("AMBER alert for Marisol Quenneville", "AMBER alert", StringComparison.Ordinal);

    private static RawLine Line(int number, string given, string family, string city, int born) => new(RawFolder.MissingEntries, MissingChildEntries.Json.Line(new MissingChildEntry
    {
        Received = new DateTimeOffset(2019, 7, 1, 12, 0, 0, TimeSpan.Zero), Status = EntryStatus.Entered, Nic = $"M{number:000000000}", Ori = "XX0000001", Category = "EMJ",
        Names = [new EntryName(given, family)], Born = PartialDate.OfYear(born), Sex = "F", LastSeen = new EntryPlace(city, city == "Kansas City" ? "MO" : city == "Boise" ? "ID" : "CO", null, null), AtRisk = Stated.Yes,
    }), number);
}
