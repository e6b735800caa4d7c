using Homeward.Linkage;
using Homeward.Review.Matching;

namespace Homeward.Review.Tests;

public sealed class MatchingTests
{
    [Theory]
    [InlineData("Unknown", "Female")]
    [InlineData("Jane", "Doe")]
    [InlineData("Baby", "")]
    public async Task A_placeholder_never_agrees_with_a_placeholder(string given, string family)
    {
        await using var house = await ReviewHouse.OpenAsync();
        var entry = house.Entry(given, family, "2003-04-15");
        var report = house.Report(given, family, "2003-04-15", city: null);
        await house.DeliverAsync([report], [entry]);

        (await house.MatchesAsync(report)).ShouldAllBe(match => !match.Waterfall.Contains("same given name") && !match.Waterfall.Contains("same family name"));
    }

    [Fact]
    public void A_stored_waterfall_says_what_the_comparison_said()
    {
        var entry = new Linkage.PersonRecord("e") { GivenName = "Renata", FamilyName = "Solberg", Sex = "F", Phones = ["+13165550143"] }.ToRecord();
        var report = new Linkage.PersonRecord("r") { GivenName = "Renata", FamilyName = "Quist", Phones = ["+13165550144"] }.ToRecord();
        var said = new Scorer(ReviewSchema.Settings).Explain(report, entry);

        var stored = Waterfall.Read(Waterfall.Write(said));
        stored.Prior.ShouldBe(said.PriorWeight, 0.01);
        stored.Bars.Select(bar => (bar.Field, bar.Level, bar.Sentence)).ShouldBe(said.Waterfall.Select(bar => (bar.Field, bar.Level, bar.Sentence)));
        stored.Bars.Sum(bar => bar.Weight).ShouldBe(said.Waterfall.Sum(bar => bar.Weight), 0.05);
        stored.Unknown.Select(bar => (bar.Field, bar.Level, bar.Sentence)).ShouldBe(said.Unknown.Select(bar => (bar.Field, bar.Level, bar.Sentence)));
        // Of the sex one side knows something, of the birth date neither.
        stored.Unknown.Select(bar => bar.Field).ShouldContain(PersonSchema.Sex);
        stored.Unknown.Select(bar => bar.Field).ShouldContain(PersonSchema.Born);
    }

    [Fact]
    public async Task Twins_are_not_one_child_though_they_share_name_date_town_and_telephone()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (twin, other) = (house.Entry("Renata", "Solberg", "2003-04-15", phone: "+13165550143"), house.Entry("Tilda", "Solberg", "2003-04-15", phone: "+13165550143"));
        var report = house.Report("Renata", "Solberg", "2003-04-15", phone: "+13165550143");
        await house.DeliverAsync([report], [twin, other]);

        var matches = await house.MatchesAsync(report);
        matches[0].Entry.ShouldBe(twin.Id);
        matches.Where(match => match.Entry == other.Id).ShouldAllBe(match => match.Probability < 0.5);
    }

    [Fact]
    public async Task A_child_under_another_name_in_another_state_is_found_by_a_telephone_number()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var entry = house.Entry("Heather", "Llewellyn", "2003-04-15", "Gallatin", "TN", phone: "+13345550129");
        var report = house.Report("Madison", "Mayo", age: 16, city: "Lakeland", state: "FL", phone: "+13345550129");
        await house.DeliverAsync([report], [entry]);

        var match = (await house.MatchesAsync(report)).ShouldHaveSingleItem();
        match.Entry.ShouldBe(entry.Id);
        match.Weight.ShouldBeGreaterThan(-1);
        match.Waterfall.ShouldContain("another name altogether");
    }

    [Fact]
    public async Task A_name_that_an_entry_has_beside_another_is_counted_once()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var plain = house.Entry("Isabel", "Teague", "2003-04-30");
        var report = house.Report("Isabel", "Teague", "2003-04-20");
        await house.DeliverAsync([report], [plain]);
        var before = (await house.MatchesAsync(report)).ShouldHaveSingleItem();

        house.Intake.Entries[plain.Id] = plain with { Names = [("Isabel", "Teague"), ("Ib", "Teague")] };
        await house.DeliverAsync(entries: [plain]);

        var after = (await house.MatchesAsync(report)).ShouldHaveSingleItem();
        after.Id.ShouldNotBe(before.Id);
        after.Weight.ShouldBe(before.Weight);
        after.Waterfall.ShouldContain("same given name");
    }

    [Fact]
    public async Task A_new_entry_finds_the_reports_of_the_past()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var report = house.Report("Renata", "Solberg", "2003-04-15");
        await house.DeliverAsync([report]);
        (await house.MatchesAsync(report)).ShouldBeEmpty();
        var before = await house.ItemAsync(report);

        var entry = house.Entry("Renata", "Solberg", "2003-04-15");
        await house.DeliverAsync(entries: [entry]);

        (await house.MatchesAsync(report)).ShouldHaveSingleItem().Entry.ShouldBe(entry.Id);
        var after = await house.ItemAsync(report);
        after.Risk.ShouldBeGreaterThan(before.Risk);
        after.OpenMatches.ShouldBe(1);
    }

    [Fact]
    public async Task An_entry_that_is_located_ends_its_proposals_and_withdraws_its_lead()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (entry, _, match) = await house.FittingAsync();
        var again = house.Report("Renata", "Solberg", "2003-04-15");
        await house.DeliverAsync([again]);
        var lead = (await house.ConfirmAsync(match)).Lead!.Value;

        house.Intake.Entries[entry.Id] = entry with { State = EntryState.Located };
        await house.DeliverAsync(entries: [entry]);

        (await house.House.WithDbAsync(db => house.Review.LeadAsync(db, lead, default)))!.State.ShouldBe(LeadState.Withdrawn);
        (await house.MatchesAsync(again)).ShouldHaveSingleItem().State.ShouldBe(MatchState.Closed);
        (await house.ItemAsync(again)).OpenMatches.ShouldBe(0);
        var late = house.Report("Renata", "Solberg", "2003-04-15");
        await house.DeliverAsync([late]);
        (await house.MatchesAsync(late)).ShouldBeEmpty();
    }

    [Theory, InlineData("chat:everybody"), InlineData(":everybody")]
    public async Task An_identifier_that_many_hold_is_no_evidence(string ofChild)
    {
        await using var house = await ReviewHouse.OpenAsync();
        var entry = house.Entry("Renata", "Solberg", "2003-04-15", screenName: ofChild);
        var reports = Enumerable.Range(0, 30).Select(_ => house.Report(screenName: "chat:everybody", city: null)).ToList();
        await house.DeliverAsync(reports, [entry]);

        foreach (var report in reports) (await house.MatchesAsync(report)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_a_small_invented_set_the_right_child_is_among_the_first_three()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var sought = new[]
        {
            house.Entry("Elizabeth", "Novak", "2004-03-05"), house.Entry("Marisol", "Quintero-Vega", "2003-11-02", "Tulsa", "OK"),
            house.Entry("Aaliyah", "Bramwell", "2002-06-21", screenName: "chat:aali_b"), house.Entry("Thanh", "Nguyen", "2005-01-30", phone: "+14175550117"),
            house.Entry("Josephine", "Okafor", "2003-09-09", alias: ("Sky", "Diamond")),
        };
        // For each child decoys that share a name, or the date.
        EntryGist[] decoys = [house.Entry("Elizabeth", "Nowicki", "2004-08-19"), house.Entry("Lisbeth", "Novak", "2001-03-05"), house.Entry("Marisol", "Quinn", "2003-11-02"),
            house.Entry("Aliya", "Bramwell", "2004-06-12"), house.Entry("Thanh", "Nguyen", "2003-12-30"), house.Entry("Josephine", "Okafor", "2001-01-09")];
        ReportGist[] told = [house.Report("Liz", "Novak", age: 15), house.Report("Marisol", "Vega", "2003-02-11", city: "Tulsa", state: "OK"),
            house.Report(screenName: "chat:aali_b", city: null), house.Report("Nguyen", "Thanh", "2005-01-30", phone: "+14175550117"), house.Report("Sky", "Diamond", age: 15)];
        await house.DeliverAsync(told, sought.Concat(decoys));

        for (var child = 0; child < sought.Length; child++)
            (await house.MatchesAsync(told[child])).Take(3).Select(match => match.Entry).ShouldContain(sought[child].Id, told[child].Persons[0].ToString());
    }

    [Fact]
    public async Task A_report_from_abroad_that_matches_nobody_is_marked_and_stays()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var report = house.Report(city: null, foreign: "exampleville/XX/11111/PH");
        await house.DeliverAsync([report]);

        (await house.ItemAsync(report)).Nexus.ShouldBe(Nexus.NoneProposed);
        var queue = await house.House.DoAsync<ShowQueue.Request, ShowQueue.Page>(await house.AnalystAsync(), new());
        queue.Value.Rows.Select(row => row.Id).ShouldContain(report.Id);
    }

    /// <summary>Families know what a child calls itself, and often not where.</summary>
    [Theory]
    [InlineData(":solbird", "chat:solbird", true)]
    [InlineData("chat:solbird", ":solbird", true)]
    [InlineData(":solbird", ":solbird", true)]
    [InlineData("chat:solbird", "chat:solbird", true)]
    [InlineData("chat:solbird", "other:solbird", false)]
    [InlineData(":solbird", "chat:quillbird", false)]
    public async Task An_account_meets_its_name_where_one_of_the_two_does_not_say_on_which_service(string ofChild, string ofReport, bool meets)
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (entry, report) = (house.Entry("Renata", "Solberg", "2003-04-15", screenName: ofChild), house.Report(screenName: ofReport, city: null));
        await house.DeliverAsync([report], [entry]);
        var proposed = await house.House.WithDbAsync(db => db.Set<MatchProposal>().ToListAsync());
        proposed.Count.ShouldBe(meets ? 1 : 0);
        proposed.ShouldAllBe(one => !one.Waterfall.Contains("*:", StringComparison.Ordinal));
        // And the other way about: the child is entered after the report.
        await using var late = await ReviewHouse.OpenAsync();
        await late.DeliverAsync([late.Report(screenName: ofReport, city: null)]);
        await late.DeliverAsync(entries: [late.Entry("Renata", "Solberg", "2003-04-15", screenName: ofChild)]);
        (await late.House.WithDbAsync(db => db.Set<MatchProposal>().CountAsync())).ShouldBe(meets ? 1 : 0);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task An_index_that_is_built_anew_finds_what_the_one_that_was_kept_up_found(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var sought = house.Entry("Renata", "Solberg", "2003-04-15", phone: "+13165550142", screenName: "chat:solbird");
        var crowd = Enumerable.Range(0, MatchIndex.HoldersMax + 5).Select(_ => house.Report(city: null, phone: "+13165550142")).ToList();
        var told = new[] { house.Report("Renata", "Solburg", "2003-04-15"), house.Report(screenName: "chat:solbird", city: null), house.Report("Aiko", "Marsh", age: 15) };
        await house.DeliverAsync([.. crowd, .. told], [sought]);
        // Taken in, and not yet heard of by the queue: it is left to its own news.
        house.Report("Renata", "Solberg", "2003-04-15");

        var kept = house.House.Services.GetRequiredService<MatchIndex>();
        using var anew = new MatchIndex(house.Intake, house.House.Services.GetRequiredService<HouseClock>());
        // Of reports alone, as an import asks; then of both, at once and one after the other.
        using var half = new MatchIndex(house.Intake, house.House.Services.GetRequiredService<HouseClock>());
        await house.House.WithDbAsync(async db =>
        {
            await anew.ReadyForReportsAsync(db, CancellationToken.None);
            await half.ReadyAsync(db, CancellationToken.None);
            foreach (var index in new[] { anew, half })
            {
                await index.LearnHubsAsync(db, [crowd[0]], null, CancellationToken.None);
                await index.LearnHubsAsync(db, [sought], CancellationToken.None);
            }
            return true;
        });
        foreach (var report in told.Append(crowd[0])) half.Find(report).ShouldBe(kept.Find(report));
        await house.House.WithDbAsync(async db =>
        {
            await half.ReadyForReportsAsync(db, CancellationToken.None);
            return true;
        });
        half.FindReports(sought).ShouldBe(kept.FindReports(sought));

        anew.FindReports(sought).ShouldBe([told[0].Id, told[1].Id], ignoreOrder: true);
        anew.FindReports(sought).ShouldBe(kept.FindReports(sought));
        foreach (var report in told.Append(crowd[0])) anew.Find(report).ShouldBe(kept.Find(report));
    }
}
