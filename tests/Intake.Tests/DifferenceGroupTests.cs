using Homeward.Exchange.CyberTips;
using Homeward.Intake.Reading;

namespace Homeward.Intake.Tests;

/// <summary>Differences are told by the thing that they speak of: a person who is gone is one line, not forty.</summary>
public sealed class DifferenceGroupTests
{
    private static ShowReport.Difference One(string field, string? before, string? after, DifferenceOf of = DifferenceOf.Both) => new(ReportLayer.Provider, field, before, after, of);

    private static IEnumerable<string> Told(params ShowReport.Difference[] differences) => DifferenceGroup.ThingsOf(differences).Select(group => $"{group.Title}: {group.Told}");

    [Fact]
    public void A_person_who_is_gone_or_new_is_one_and_a_change_is_a_change()
    {
        Told(
            One("/reportedInformation/incidentSummary/incidentType", "a", "b"),
            One("/reportedInformation/reportedPeople/reportedPersons/3/firstName", "Robin", null, DifferenceOf.Gone), One("/reportedInformation/reportedPeople/reportedPersons/3/emails/emails/0/value", "a@example.com", null, DifferenceOf.Gone),
            One("/reportedInformation/victims/victims/0/firstName", null, "Sam", DifferenceOf.New), One("/reportedInformation/victims/victims/0/age", null, "15", DifferenceOf.New),
            One("/reportedInformation/uploadedFiles/uploadedFiles/1/filename", "a", "b"))
            .ShouldBe(["The report itself: 1 difference", "Reported person 4: no longer there, with 2 values", "Victim 1: new, with 2 values", "Uploaded file 2: 1 difference"]);
        Told(One("/report/personOrUserReported[2]/email[1]", "a", null, DifferenceOf.Gone), One("/report/personOrUserReported[2]/phone[1]", "b", null, DifferenceOf.Gone)).ShouldBe(["Person or user reported 2: no longer there, with 2 values"]);
        Told(One("Victim 2: name", "Robin", null), One("Victim 2: age", "15", null), One("Company", "a", "b")).ShouldBe(["Victim 2: no longer there, with 2 values", "The report itself: 1 difference"]);
    }

    [Fact]
    public void What_a_person_no_longer_has_is_a_change_of_theirs()
    {
        Told(One("/report/victim[1]/ipCaptureEvent[2]/ipAddress", "192.0.2.7", null), One("/report/victim[1]/ipCaptureEvent[2]/dateTime", "2019-07-01", null)).ShouldBe(["Victim 1: 2 differences"]);
        Told(One("/persons/1/name", "Robin", null, DifferenceOf.Gone), One("/persons/1/name", "Sam", "Sami")).ShouldBe(["Person 2: no longer there, with 1 value", "Person 2: 1 difference"]);
    }

    [Theory]
    [InlineData("A B C D", "A C D", "/people/1/name: B, gone; /people/1/phone: 1B, gone")]
    [InlineData("A B C", "A X B C", "/people/1/name: X, new; /people/1/phone: 1X, new")]
    [InlineData("A B C", "C A B", "")]
    [InlineData("A B:2 C", "B:3 C", "/people/0/name: A, gone; /people/0/phone: 1A, gone; /people/0/phone: 2 to 3")]
    [InlineData("A B", "A D", "/people/1/name: B to D; /people/1/phone: 1B to 1D")]
    [InlineData("A A B", "A B", "/people/1/name: A, gone; /people/1/phone: 1A, gone")]
    public void Who_left_a_list_does_not_change_those_behind(string before, string after, string told)
    {
        // NAME or NAME:PHONE
        static PlacedValues Of(string people) => PlacedValues.Of(people.Split(' ').Index().SelectMany(one => new[]
        {
            ($"/people/{one.Index}/name", one.Item.Split(':')[0]), ($"/people/{one.Index}/phone", one.Item.Contains(':', StringComparison.Ordinal) ? one.Item.Split(':')[1] : "1" + one.Item),
        }).ToDictionary());
        string.Join("; ", PlacedValues.Between(Of(before), Of(after)).Select(one => one.Of switch
        {
            DifferenceOf.Gone => $"{one.Place}: {one.Before}, gone", DifferenceOf.New => $"{one.Place}: {one.After}, new", _ => $"{one.Place}: {one.Before} to {one.After}",
        })).ShouldBe(told);
    }

    [Fact]
    public void Within_a_person_a_list_is_paired_too_and_XML_s_places_are_read()
    {
        static PlacedValues Of(params string[] addresses) => PlacedValues.Of(addresses.Index().ToDictionary(one => $"/report/victim[1]/ip[{one.Index + 1}]/address", one => one.Item));
        PlacedValues.Between(Of("192.0.2.1", "192.0.2.2", "192.0.2.3"), Of("192.0.2.1", "192.0.2.3")).ShouldBe([new("/report/victim[1]/ip[2]/address", "192.0.2.2", null, DifferenceOf.Both)]);
        PlacedValues.Between(PlacedValues.Of(new Dictionary<string, string> { ["Victim 1: name"] = "Robin" }), PlacedValues.Of(new Dictionary<string, string> { ["Victim 1: name"] = "Sam" }))
            .ShouldBe([new("Victim 1: name", "Robin", "Sam", DifferenceOf.Both)]);
    }

    [Fact]
    public void A_field_is_named_in_words_within_its_thing()
    {
        var group = DifferenceGroup.ThingsOf([One("/reportedInformation/reportedPeople/reportedPersons/0/emails/emails/1/value", "a", "b")]).Single();
        group.Bare(group.Rows[0].Field).ShouldBe("Email 2, value");
        group.IsChanged.ShouldBeTrue();
        DifferenceGroup.ThingsOf([One("Incident time", "a", "b")]).Single().Bare("Incident time").ShouldBe("Incident time");
    }
}
