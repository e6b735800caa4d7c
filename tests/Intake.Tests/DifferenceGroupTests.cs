using Homeward.Exchange.CyberTips;
using Homeward.Intake.Reading;

namespace Homeward.Intake.Tests;

/// <summary>Differences are told by the thing that they speak of: a person who is gone is one line, not forty.</summary>
public sealed class DifferenceGroupTests
{
    private static ShowReport.Difference One(string field, string? before, string? after) => new(ReportLayer.Provider, field, before, after);

    private static IEnumerable<string> Told(params ShowReport.Difference[] differences) => DifferenceGroup.ThingsOf(differences).Select(group => $"{group.Title}: {group.Told}");

    [Fact]
    public void A_person_who_is_gone_or_new_is_one_and_a_change_is_a_change()
    {
        Told(
            One("/reportedInformation/incidentSummary/incidentType", "a", "b"),
            One("/reportedInformation/reportedPeople/reportedPersons/3/firstName", "Robin", null), One("/reportedInformation/reportedPeople/reportedPersons/3/emails/emails/0/value", "a@example.com", null),
            One("/reportedInformation/victims/victims/0/firstName", null, "Sam"), One("/reportedInformation/victims/victims/0/age", null, "15"),
            One("/reportedInformation/uploadedFiles/uploadedFiles/1/filename", "a", "b"))
            .ShouldBe(["The report itself: 1 difference", "Reported person 4: no longer there, with 2 values", "Victim 1: new, with 2 values", "Uploaded file 2: 1 difference"]);
        Told(One("/report/personOrUserReported[2]/email[1]", "a", null), One("/report/personOrUserReported[2]/phone[1]", "b", null)).ShouldBe(["Person or user reported 2: no longer there, with 2 values"]);
        Told(One("Victim 2: name", "Robin", null), One("Victim 2: age", "15", null), One("Company", "a", "b")).ShouldBe(["Victim 2: no longer there, with 2 values", "The report itself: 1 difference"]);
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
