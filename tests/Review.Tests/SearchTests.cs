using CsCheck;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.Tests;

/// <summary>Search forgives how a name is spelt and nothing else, and no text breaks it.</summary>
public sealed class SearchTests
{
    private static async Task<Result<Search.Page>> SearchAsync(ReviewHouse house, string text, string? born = null) =>
        await house.House.DoAsync<Search.Request, Search.Page>(await house.AnalystAsync(), new(text, born));

    [Theory]
    [InlineData("Katherine Solberg")]
    [InlineData("Kathrine Solburg")]
    [InlineData("Katie Solberg")]
    [InlineData("Solberg, Katherine")]
    [InlineData("Solberg Katherine")]
    public async Task A_child_and_a_report_are_found_by_a_name_as_people_write_it(string written)
    {
        await using var house = await ReviewHouse.OpenAsync();
        var entry = house.Entry("Katherine", "Solberg", "2003-04-15");
        house.Entry("Renata", "Okafor", "2003-04-15");
        house.Entry("Katherine", "Okafor", "2003-04-15");
        house.Entry("Renata", "Solberg", "2003-04-15");
        var report = house.Report("Katherine", "Solberg", "2003-04-15");
        var other = house.Report("Renata", "Okafor", "2004-01-02");
        await house.DeliverAsync([report, other], house.Intake.Entries.Values);

        var page = (await SearchAsync(house, written)).Value;
        page.Children.Select(row => row.Nic).ShouldBe([entry.Nic]);
        var row = page.Reports.ShouldHaveSingleItem();
        (row.Number, row.Person).ShouldBe((report.Number, 0));
        row.Why.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("Quenneville")]
    [InlineData("quennevile")]
    public async Task One_name_alone_finds_the_children_and_persons_who_have_it(string written)
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (entry, unborn) = (house.Entry("Aiko", "Quenneville", "2005-04-15"), house.Entry("Aiko", "Quenneville", ""));
        var (family, given) = (house.Report("Renata", "Quenneville", "2004-01-02"), house.Report("Quenneville", "Marsh", "2003-04-15"));
        await house.DeliverAsync(
            [family, given, house.Report("Renata", "Okafor", "2004-01-02"), house.Report("Quentin", "Neville", "2004-01-02")],
            [entry, unborn, house.Entry("Renata", "Okafor", "2003-04-15")]);

        var page = (await SearchAsync(house, written)).Value;
        page.ReadAs[0].ShouldStartWith($"the one name {written}, given or family");
        // Of whom no birth year is known the name must be spelt as it is.
        page.Children.Select(row => row.Nic).ShouldBe(written == "Quenneville" ? [entry.Nic, unborn.Nic] : [entry.Nic], ignoreOrder: true);
        page.Reports.Select(row => row.Number).ShouldBe([family.Number, given.Number], ignoreOrder: true);
        page.Reports.ShouldAllBe(row => row.Why.Contains("name", StringComparison.Ordinal) && !row.Why.Contains("born", StringComparison.Ordinal));
        page.IsCut.ShouldBeFalse();
        (await SearchAsync(house, written, "2004-01-02")).Value.Reports[0].Number.ShouldBe(family.Number);
    }

    [Fact]
    public async Task Of_a_name_that_many_have_some_are_shown_and_it_is_said()
    {
        await using var house = await ReviewHouse.OpenAsync();
        await house.DeliverAsync([.. Enumerable.Range(0, 51).Select(place => house.Report("Renata", "Quenneville", $"2004-01-{1 + place % 28:00}"))]);
        var page = (await SearchAsync(house, "Quenneville")).Value;
        (page.Reports.Count, page.IsCut).ShouldBe((50, true));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task An_address_is_found_exactly_and_says_where_it_stands(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var report = house.Report(identifiers: [("email", "kestrel@example.org")]);
        await house.DeliverAsync([report, house.Report(identifiers: [("email", "kestrels@example.org")])]);

        var page = (await SearchAsync(house, " kestrel@example.org ")).Value;
        page.ReadAs.ShouldBe(["E-mail kestrel@example.org", "the words kestrel, example, org"]);
        var row = page.Reports.ShouldHaveSingleItem();
        (row.Number, row.Person, row.Why).ShouldBe((report.Number, null, "E-mail kestrel@example.org at /report/email[1]"));
    }

    [Fact]
    public async Task An_address_on_the_web_is_found_as_it_is_shown_and_a_name_with_a_dot_is_not_said_to_be_one()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var report = house.Report(identifiers: [("url", "example.net/p/alpha")]);
        await house.DeliverAsync([report]);

        var page = (await SearchAsync(house, "example.net/p/alpha")).Value;
        page.ReadAs.ShouldContain("Address on the web example.net/p/alpha");
        page.Reports.ShouldHaveSingleItem().Number.ShouldBe(report.Number);
        (await SearchAsync(house, "quill.inv")).Value.ReadAs.ShouldNotContain(how => how.StartsWith("Address on the web", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("+13165550142", "Telephone +13165550142 is the child's, as the entry says")]
    [InlineData("chat:solbird", "Account chat:solbird is the child's, as the entry says")]
    [InlineData("solbird", "Account :solbird is the child's, as the entry says")]
    public async Task A_sought_child_is_found_by_what_the_entry_says_that_it_uses(string typed, string why)
    {
        await using var house = await ReviewHouse.OpenAsync();
        var sought = house.Entry("Renata", "Solberg", "2003-04-15", phone: "+13165550142", screenName: "chat:solbird");
        await house.DeliverAsync([], [sought, house.Entry("Aiko", "Marsh", "2004-05-15", phone: "+13165550143", screenName: "chat:marshbird")]);
        var child = (await SearchAsync(house, typed)).Value.Children.ShouldHaveSingleItem();
        (child.Id, child.Why).ShouldBe((sought.Id, why));
    }

    [Fact]
    public async Task An_account_is_found_by_its_name_or_id_on_whatever_service_it_is()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var named = house.Report(screenName: "chat:quill_inv", identifiers: [("screen-name", "chat:quill_inv")]);
        var numbered = house.Report(identifiers: [("account-id", "video place:Q77")]);
        house.Intake.Reports[numbered.Id] = numbered with { Persons = [numbered.Persons[0] with { AccountIds = ["video place:Q77"] }] };
        await house.DeliverAsync([named, house.Report(screenName: "chat:quill_in"), numbered, house.Report()]);

        foreach (var (typed, report, readAs) in new[]
            { ("quill_inv", named, "Account chat:quill_inv"), ("chat:quill_inv", named, "Account chat:quill_inv"), ("Q77", numbered, "Account ID video place:Q77") })
        {
            var page = (await SearchAsync(house, typed)).Value;
            page.ReadAs.ShouldContain(readAs);
            page.Reports.ShouldHaveSingleItem().ShouldSatisfyAllConditions(row => row.Id.ShouldBe(report.Id), row => row.Why.ShouldStartWith(readAs));
        }
        (await SearchAsync(house, "q77")).Value.Reports.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Wilder Brackenbury")]
    [InlineData("Brackenbury, Wilder")]
    [InlineData("Wilder Brackenburry")]
    [InlineData("\"Wilder Brackenbury\"")]
    public async Task A_person_is_found_by_each_of_their_names(string typed)
    {
        await using var house = await ReviewHouse.OpenAsync();
        ReportGist Called(string given, string family, string other)
        {
            var report = house.Report(given, family, "2003-04-15");
            return house.Intake.Reports[report.Id] = report with { Persons = [report.Persons[0] with { OtherNames = [other] }] };
        }
        var (named, nameless) = (Called("Renata", "Solberg", "Wilder Brackenbury"), Called("", "", "Wilder Brackenbury"));
        await house.DeliverAsync([named, nameless, Called("Aiko", "Marsh", "Night Owl"), Called("Renata", "Brackenbury", "Night Owl")]);
        var found = (await SearchAsync(house, typed)).Value.Reports;
        found.Select(row => row.Number).ShouldBe([named.Number, nameless.Number], ignoreOrder: true);
        found.Single(row => row.Number == named.Number).Why.ShouldStartWith("also called Wilder Brackenbury: ");
    }

    [Fact]
    public async Task A_reports_number_leads_to_it()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var report = house.Report();
        await house.DeliverAsync([report, house.Report()]);
        foreach (var typed in (string[])[report.Number, $" #{report.Number} "])
        {
            var page = (await SearchAsync(house, typed)).Value;
            page.ReadAs[0].ShouldBe($"the report {report.Number}");
            page.Reports.ShouldHaveSingleItem().ShouldSatisfyAllConditions(row => row.Id.ShouldBe(report.Id), row => row.Why.ShouldBe("its number"));
        }
    }

    [Fact]
    public async Task Of_texts_that_were_not_all_looked_through_it_is_said_how_far_back_was_looked_and_where_to_look_on()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var report = house.Report(identifiers: [("email", "kestrel@example.org")]);
        await house.DeliverAsync([report]);
        house.Intake.Texts[report.Id] = "The address kestrel@example.org, and no more.";
        var end = new TextPlace(new TimeOrderedIds(house.House.Clock).Next(), 4);
        house.Intake.TextsEndAt = end;

        var first = (await SearchAsync(house, "kestrel@example.org")).Value;
        (first.Reports.ShouldHaveSingleItem().Why, first.IsCut, first.After, first.LookedBackTo).ShouldBe(
            ("E-mail kestrel@example.org at /report/email[1]", true, end.ToString(), house.House.Clock.GetUtcNow()));
        // From there on what reports say is looked through, and what the first look told is not told again.
        var analyst = await house.AnalystAsync();
        var on = (await house.House.DoAsync<Search.Request, Search.Page>(analyst, new("kestrel@example.org", After: first.After))).Value;
        (on.Reports.ShouldHaveSingleItem().Why, on.IsCut, on.After, on.LookedBackTo).ShouldBe(
            ("in the text “Additional information” at /report/additionalInfo[1] (version 1)", false, null, null));
        (await house.House.DoAsync<Search.Request, Search.Page>(analyst, new("kestrel", After: "x.1"))).ShouldBeRefused("after-no-place");
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Words_are_found_in_texts_entries_and_notes_without_a_word_of_them_being_shown(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var (report, other, entry) = (house.Report(), house.Report(), house.Entry("Katherine", "Solberg", "2003-04-15", marks: ["TAT QUORVELLE"]));
        await house.DeliverAsync([report, other], [entry]);
        house.Intake.Texts[report.Id] = "The vehicle is a Quorvelle, room 214.";
        var analyst = await house.AnalystAsync();
        await house.DoneAsync<WriteNote.Request, WriteNote.Receipt>(analyst, new("The carrier is Quorvelle.", 0, other.Id));
        await house.DoneAsync<WriteNote.Request, WriteNote.Receipt>(analyst, new("It is another carrier.", 1, other.Id));

        var page = (await SearchAsync(house, "quórvelle")).Value;
        page.ReadAs.ShouldContain("the word quorvelle");
        page.Reports.ShouldHaveSingleItem().Why.ShouldBe("in the text “Additional information” at /report/additionalInfo[1] (version 1)");
        page.Children.ShouldHaveSingleItem().Nic.ShouldBe(entry.Nic);
        var note = page.Notes.ShouldHaveSingleItem();
        (note.Ordinal, note.On, note.Address).ShouldBe((1, $"Report {other.Number}", $"/review/reports/{other.Id}/casework"));
        (await SearchAsync(house, "carrier")).Value.Notes.Select(one => one.Ordinal).ShouldBe([2, 1], ignoreOrder: true);
        (await SearchAsync(house, "carrier vehicle")).Value.Notes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_note_is_found_by_those_alone_who_may_read_it()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var report = house.Report();
        await house.DeliverAsync([report]);
        await house.DoneAsync<WriteNote.Request, WriteNote.Receipt>(await house.AnalystAsync(), new("The carrier is Quorvelle.", 0, report.Id));
        // A note whose report is not there for the asker.
        await house.House.WithDbAsync(db => db.Set<CaseNote>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Report, ReportId.From(Guid.CreateVersion7()))));
        (await SearchAsync(house, "quorvelle")).Value.Notes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_date_that_is_none_is_told()
    {
        await using var house = await ReviewHouse.OpenAsync();
        (await SearchAsync(house, "Katherine Solberg", "2003-02-31")).ShouldBeRefused("born-not-a-date");
        (await SearchAsync(house, "Katherine Solberg", "2003")).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task No_text_breaks_it()
    {
        await using var house = await ReviewHouse.OpenAsync();
        await house.FittingAsync();
        var analyst = await house.AnalystAsync();
        var texts = Gen.String[0, 200].Array[60].Generate(new PCG(7), null, out _);
        foreach (var text in texts.Concat(["%", "_ _", "' OR 1=1 --", "\0 \0", "é́́ ü", "李 小龍", new string('a', 100) + " " + new string('b', 99), "  ", "a,", ",a", ":", "x:"]))
        {
            // U+0000 is refused by name, whatever else stands beside it.
            var answer = await house.House.DoAsync<Search.Request, Search.Page>(analyst, new(text));
            if (text.Contains('\0')) answer.Problem.What.ShouldContain("U+0000");
            else answer.IsDone.ShouldBeTrue(text);
        }
        (await house.House.DoAsync<Search.Request, Search.Page>(analyst, new(new string('x', 201)))).IsDone.ShouldBeFalse();
    }
}
