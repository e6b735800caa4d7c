using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Exchange.Missing;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Intake.Retention;
using Homeward.Kernel;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Intake.Tests;

/// <summary>Reports are found by what their texts say, and the texts stay sealed.</summary>
public sealed class TextSearchTests
{
    public static TheoryData<DatabaseKind> Databases => Given.Databases;

    private static RawOriginal Saying(string number, params FreeText[] texts) => Given.Xml(number, but: report => report with { Texts = texts });
    private static RawOriginal Saying(string number, string text) => Saying(number, new FreeText(TextKind.ReportInfo, text));

    private static async Task<TextSightings> FindAsync(TestHouse house, string words, int max = 50, TextPlace? from = null) => await house.WithDbAsync(
        db => house.Services.GetRequiredService<IIntake>().ReportsSayingAsync(db, TextWords.Of(words), max, from, CancellationToken.None));

    [Theory, MemberData(nameof(Databases))]
    public async Task A_report_is_found_by_all_of_the_words_of_its_texts_and_by_nothing_else(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var reports = (await house.ReceiveAsync(
            Saying("100200300", "Narrative withheld. The vehicle is a Quorvelle."),
            Saying("100200301", "Narrative withheld. Room 214."),
            Saying("100200302", new FreeText(TextKind.ReportInfo, "Room withheld."), new FreeText(TextKind.ProviderTerms, "Quorvelle terms.")),
            Given.Json("100200303", but: report => report with { Texts = [new FreeText(TextKind.ReportInfo, "A QUÓRVELLE, in room 214.")] }))).Reports;

        (await FindAsync(house, "quorvelle")).Found.Select(one => one.Report).ShouldBe([reports[3], reports[0]]);
        (await FindAsync(house, "214 room")).Found.Select(one => one.Report).ShouldBe([reports[3], reports[1]]);
        (await FindAsync(house, "Room Quorvelle")).Found.Select(one => one.Report).ShouldBe([reports[3]]);
        (await FindAsync(house, "vehicle 214")).Found.ShouldBeEmpty();
        (await FindAsync(house, "roo")).Found.ShouldBeEmpty();
        // What every report of a provider says is not searched.
        (await FindAsync(house, "terms")).Found.ShouldBeEmpty();
        var sighting = (await FindAsync(house, "vehicle")).Found.ShouldHaveSingleItem();
        (sighting.Version, sighting.Where).ShouldBe((1, "Additional information"));
        sighting.Path.ShouldNotBeEmpty();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_new_report_and_a_new_version_are_found_at_once(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var report = (await house.ReceiveAsync(Saying("100200300", "Narrative withheld."))).Reports[0];
        (await FindAsync(house, "quorvelle")).Found.ShouldBeEmpty();
        await house.ReceiveAsync(Saying("100200300", "Quorvelle."));
        var found = (await FindAsync(house, "quorvelle")).Found.ShouldHaveSingleItem();
        (found.Report, found.Version).ShouldBe((report, 2));
        (await FindAsync(house, "withheld")).Found.ShouldHaveSingleItem().Version.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_more_than_anybody_reads_the_newest_are_told_and_that_there_are_more(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await house.ReceiveAsync([.. Enumerable.Range(0, 20).Select(index => Saying(Given.Number(index), "Narrative withheld."))]);
        house.Clock.DriveTo(house.Clock.GetUtcNow().AddSeconds(1));
        var later = (await house.ReceiveAsync([.. Enumerable.Range(20, 6).Select(index => Saying(Given.Number(index), "Narrative withheld."))])).Reports;
        var found = await FindAsync(house, "narrative", max: 10);
        (found.Found.Count, found.Next is null).ShouldBe((10, false));
        found.Found.Take(6).Select(one => one.Report).ShouldBe(later.Reverse());
        (await FindAsync(house, "narrative", max: 100)).Next.ShouldBeNull();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_search_that_goes_on_where_the_last_one_ended_finds_each_report_once_to_the_oldest(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var reports = new List<ReportId>();
        foreach (var batch in Enumerable.Range(0, 3))
        {
            house.Clock.DriveTo(house.Clock.GetUtcNow().AddSeconds(1));
            reports.AddRange((await house.ReceiveAsync([.. Enumerable.Range(batch * 9, 9).Select(index => Saying(Given.Number(index), "Narrative withheld."))])).Reports);
        }
        var (found, place) = (new List<ReportId>(), (TextPlace?)null);
        do
        {
            var some = await FindAsync(house, "narrative", max: 4, place);
            some.Found.Count.ShouldBeLessThanOrEqualTo(4);
            found.AddRange(some.Found.Select(one => one.Report));
            if (some.Next is { } next) TextPlace.TryParse(next.ToString(), out var read).ShouldSatisfyAllConditions(can => can.ShouldBeTrue(), _ => read.ShouldBe(next));
            place = some.Next;
        }
        while (place is not null);
        found.ShouldBe(Enumerable.Reverse(reports));
    }

    [Fact]
    public async Task Behind_as_many_texts_as_one_look_opens_it_is_told_how_far_back_was_looked_and_what_is_there_is_found_from_there()
    {
        await using var house = await Given.HouseAsync(DatabaseKind.Sqlite);
        var oldest = (await house.ReceiveAsync(Saying("100200300", "Narrative withheld; room kestrel."))).Reports[0];
        // Both words stand in each of these blocks, and in no report of them both.
        for (var block = 0; block < TextSearch.BlocksMax + 2; block++)
        {
            house.Clock.DriveTo(house.Clock.GetUtcNow().AddMinutes(1));
            await house.ReceiveAsync(Saying(Given.Number(2 * block), "Room withheld."), Saying(Given.Number((2 * block) + 1), "Kestrel withheld."));
        }
        var first = await FindAsync(house, "room kestrel");
        first.Found.ShouldBeEmpty();
        first.Next.ShouldNotBeNull().StoredAt.ShouldBe(house.Clock.GetUtcNow().AddMinutes(-TextSearch.BlocksMax));
        var second = await FindAsync(house, "room kestrel", from: first.Next);
        (second.Found.ShouldHaveSingleItem().Report, second.Next).ShouldBe((oldest, null));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_was_purged_is_found_no_more_and_what_lay_beside_it_still_is(DatabaseKind kind)
    {
        await using var purge = await PurgeHouse.OpenAsync(kind);
        var reports = await purge.SetAsideAsync(Saying("100200300", "Quorvelle one."), Saying("100200301", "Quorvelle two."));
        purge.Uses.Say(reports[1], ReportEnd.Led, Given.Noon);
        (await FindAsync(purge.House, "quorvelle")).Found.Count.ShouldBe(2);
        purge.Now(Given.Noon.AddYears(2).AddDays(1));
        (await purge.PurgeAsync()).Holds.ShouldBeTrue();

        (await FindAsync(purge.House, "quorvelle")).Found.ShouldHaveSingleItem().Report.ShouldBe(reports[1]);
        (await purge.House.WithDbAsync(db => db.Set<OriginalWords>().SingleAsync())).Reports.Length.ShouldBe(20);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task No_word_of_a_text_stands_in_the_database(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await house.ReceiveAsync(Saying("100200300", "Quorvelle."));
        var row = await house.WithDbAsync(db => db.Set<OriginalWords>().AsNoTracking().SingleAsync());
        System.Text.Encoding.UTF8.GetString(row.Filter).ShouldNotContain("uorvelle", Case.Insensitive);
        row.Filter.Length.ShouldBe(8);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_entry_is_found_by_its_marks_place_and_numbers(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await house.ReceiveAsync(
            Given.Line(Given.Entry("M000000001") with { Marks = ["TAT L ARM", "SC CHIN"], LastSeen = new EntryPlace("Wichita", "KS", null, null) }),
            Given.Line(Given.Entry("M000000002") with { Marks = ["TAT R ARM"] }, 2));
        async Task<IEnumerable<string>> NicsAsync(string words) => (await house.WithDbAsync(
            db => house.Services.GetRequiredService<IIntake>().EntriesSayingAsync(db, TextWords.Of(words), 50, CancellationToken.None))).Select(entry => entry.Nic);
        (await NicsAsync("tat arm")).Order().ShouldBe(["M000000001", "M000000002"]);
        (await NicsAsync("chin wichita")).ShouldBe(["M000000001"]);
        // Letters inside a word are no word.
        (await NicsAsync("ichit")).ShouldBeEmpty();
        (await NicsAsync("m000000002")).ShouldBe(["M000000002"]);
    }
}
