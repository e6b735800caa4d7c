using System.Text;
using System.Text.Json;
using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.Sealing;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Intake.Tests;

/// <summary>R-01, R-03, R-05, R-06, R-10 and R-22 for CyberTipline reports.</summary>
public sealed class ReportTests
{
    public static TheoryData<DatabaseKind> Databases => Given.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task The_same_number_and_bytes_again_change_nothing(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var report = Given.Xml("100200300");
        (await house.ReceiveAsync(report)).New.ShouldBe(1);
        var again = await house.ReceiveAsync(report, report);
        (again.New, again.Versions, again.Repeats).ShouldBe((0, 0, 2));
        again.Reports.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Sent_thrice_and_once_corrected_is_one_report_with_two_versions_both_byte_for_byte(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var (first, corrected) = (Given.Xml("100200300"), Given.Xml("100200300", phone: "(816) 555-0199", at: Given.Noon.AddMinutes(5)));
        var receipt = await house.ReceiveAsync(first, first, corrected);
        (receipt.New, receipt.Versions, receipt.Repeats).ShouldBe((1, 1, 1));
        receipt.Reports.Count.ShouldBe(1);
        var versions = await house.WithDbAsync(db => db.Set<ReportVersion>().OrderBy(row => row.Version).ToListAsync());
        versions.Select(row => row.Version).ShouldBe([1, 2]);
        var envelope = house.Services.GetRequiredService<Envelope>();
        foreach (var (version, sent) in versions.Zip([first, corrected]))
            (await house.WithDbAsync(db => Originals.OpenAsync(db, envelope, version, CancellationToken.None))).ShouldBe(sent.Bytes);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_was_just_stored_is_told_as_its_rows_tell_it(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        CyberTipReport Odd(CyberTipReport report) => report with
        {
            IncidentAt = StatedInstant.Of(Given.Noon.AddTicks(1_234_567)),
            Persons = [.. report.Persons, new TipPerson { Role = TipRole.Recipient, Given = "Ada", Born = PartialDate.Of(new DateOnly(2004, 2, 29)), DisplayNames = ["A\nB", "C"] }],
        };
        var receipt = await house.ReceiveAsync(Given.Xml("100200300", but: Odd), Given.Json("100200301", but: Odd), Given.Xml("100200302"), Given.Xml("100200302", phone: "(816) 555-0199"));
        var intake = house.Services.GetRequiredService<IIntake>();
        // Given out once; the second time it is read from the rows.
        var fresh = await house.WithDbAsync(db => intake.ReportsAsync(db, receipt.Reports, CancellationToken.None));
        var read = await house.WithDbAsync(db => intake.ReportsAsync(db, receipt.Reports, CancellationToken.None));
        fresh.Select(gist => gist.Number).ShouldBe(["100200300", "100200301", "100200302"]);
        fresh.Zip(read).ShouldAllBe(pair => !ReferenceEquals(pair.First.Persons, pair.Second.Persons));
        JsonSerializer.Serialize(fresh).ShouldBe(JsonSerializer.Serialize(read));
        fresh[2].Version.ShouldBe(2);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_was_undone_or_is_no_longer_the_newest_is_not_told_from_memory(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var receipt = await house.ReceiveAsync(Given.Xml("100200300"));
        var (intake, fresh) = (house.Services.GetRequiredService<IIntake>(), house.Services.GetRequiredService<FreshReports>());
        var kept = fresh.Take(receipt.Reports[0])!;
        await house.ReceiveAsync(Given.Xml("100200300", phone: "(816) 555-0199"));
        fresh.Take(receipt.Reports[0]).ShouldNotBeNull();
        // As another node leaves it that stored the first version and has not heard of the second.
        fresh.Keep([kept]);
        (await house.WithDbAsync(db => intake.ReportsAsync(db, receipt.Reports, CancellationToken.None)))[0].Version.ShouldBe(2);

        var undone = ReportId.From(Guid.CreateVersion7(Given.Noon));
        fresh.Keep([ReportRows.Of(undone, 1, ReadReports.Of([Given.Xml("100200309")], null, Given.Noon)[0], default, "2020-07-01", Given.Noon)]);
        (await house.WithDbAsync(db => intake.ReportsAsync(db, [undone], CancellationToken.None))).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_works_ahead_gets_what_was_just_stored_once_and_whole_and_asks_later_whether_it_stands(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var (intake, fresh) = (house.Services.GetRequiredService<IIntake>(), house.Services.GetRequiredService<FreshReports>());
        Task<bool> AreFirstAsync(IReadOnlyCollection<ReportId> ids) => house.WithDbAsync(db => intake.AreFirstAsync(db, ids, CancellationToken.None));
        var receipt = await house.ReceiveAsync(Given.Xml("100200300"), Given.Xml("100200301"));

        var unknown = ReportId.From(Guid.CreateVersion7(Given.Noon));
        intake.JustStored([.. receipt.Reports, unknown]).ShouldBeNull("one is not at hand, and the others stay");
        var told = intake.JustStored(receipt.Reports)!;
        intake.JustStored(receipt.Reports).ShouldBeNull("each is given out once");
        var read = await house.WithDbAsync(db => intake.ReportsAsync(db, receipt.Reports, CancellationToken.None));
        JsonSerializer.Serialize(told).ShouldBe(JsonSerializer.Serialize(read));
        (await AreFirstAsync(receipt.Reports)).ShouldBeTrue();

        // What was undone may still be at hand, and does not stand.
        fresh.Keep([ReportRows.Of(unknown, 1, ReadReports.Of([Given.Xml("100200309")], null, Given.Noon)[0], default, "2020-07-01", Given.Noon)]);
        intake.JustStored([unknown])!.ShouldHaveSingleItem();
        (await AreFirstAsync([unknown])).ShouldBeFalse();

        // What several versions say together is read from their rows.
        var second = await house.ReceiveAsync(Given.Xml("100200300", phone: "(816) 555-0199"));
        intake.JustStored(second.Reports).ShouldBeNull();
        (await AreFirstAsync(second.Reports)).ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Every_original_of_a_large_batch_comes_back_byte_for_byte(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var sent = Enumerable.Range(0, 150).Select(index => index % 2 == 0 ? Given.Xml(Given.Number(index)) : Given.Json(Given.Number(index))).ToArray();
        (await house.ReceiveAsync(sent)).New.ShouldBe(150);
        var envelope = house.Services.GetRequiredService<Envelope>();
        var versions = await house.WithDbAsync(db => db.Set<ReportVersion>().OrderBy(row => row.Number).ToListAsync());
        versions.Select(row => row.BlockId).Distinct().Count().ShouldBe(3);
        // What comes again in every one is kept once for a block.
        (await house.WithDbAsync(db => db.Set<OriginalBlock>().SumAsync(block => block.Sealed.Length))).ShouldBeLessThan(sent.Sum(one => one.Bytes.Length) / 10);
        foreach (var (version, original) in versions.Zip(sent))
            (await house.WithDbAsync(db => Originals.OpenAsync(db, envelope, version, CancellationToken.None))).ShouldBe(original.Bytes);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_cannot_be_read_is_put_aside_with_line_and_reason_and_holds_nothing_up(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var broken = RawOriginal.Of(RawFolder.ReportPath(Given.Noon, "100200301", ReportForm.ProviderXml), "<report>\n  <incidentSummary>\n</report>");
        var receipt = await house.ReceiveAsync(Given.Xml("100200300"), broken, Given.Json("100200302"));
        (receipt.New, receipt.Rejected).ShouldBe((2, 1));
        await house.ReceiveAsync(broken);
        var analyst = await house.PersonAsync(Role.Analyst);
        var page = (await house.DoAsync<ListRejects.Request, ListRejects.Page>(analyst, new())).Value;
        var reject = page.Rows.ShouldHaveSingleItem();
        reject.Source.ShouldBe(broken.Path);
        reject.Line.ShouldBeGreaterThan(1);
        reject.Reason.ShouldNotBeEmpty();
        reject.Mend.ShouldNotBeEmpty();
        var intake = (await house.DoAsync<ShowIntake.Request, ShowIntake.Page>(analyst, new())).Value;
        (intake.Batches.Sum(row => row.Rejected), intake.Rejects).ShouldBe((2, 1), "each time counts, and the list has each once");
    }

    [Fact]
    public async Task What_was_cut_off_on_its_way_is_rejected_for_that_and_not_for_being_empty()
    {
        await using var house = await Given.HouseAsync();
        var cut = new RawOriginal("reports/cut.tar", []) { Fault = new Homeward.Exchange.Rejection(0, 0, "", "it is cut off here", "send it again, whole") };
        (await house.ReceiveAsync(cut, Given.Json("100200300"))).Rejected.ShouldBe(1);
        (await house.DoAsync<ListRejects.Request, ListRejects.Page>(await house.PersonAsync(Role.Analyst), new())).Value.Rows.ShouldHaveSingleItem().Reason.ShouldBe("it is cut off here");
    }

    [Fact]
    public async Task A_number_inside_that_is_not_the_number_outside_is_rejected()
    {
        await using var house = await Given.HouseAsync();
        var report = Given.Json("100200300") with { Path = RawFolder.ReportPath(Given.Noon, "999", ReportForm.AgencyJson) };
        (await house.ReceiveAsync(report)).Rejected.ShouldBe(1);
    }

    [Theory]
    [InlineData("2024-05-06", "2024-08-04")]
    [InlineData("2024-05-07", "2025-05-07")]
    [InlineData("2027-03-01", "2028-03-01")]
    [InlineData("2028-02-29", "2029-02-28")]
    public void Contents_are_preserved_as_the_rule_of_the_day_says(string submitted, string ends) =>
        PreservationClock.EndsOn(Foundations.Rules.RuleBook.Shipped, new DateTimeOffset(DateOnly.Parse(submitted, null).ToDateTime(new TimeOnly(23, 0)), TimeSpan.Zero))
            .ShouldBe(DateOnly.Parse(ends, null));

    [Theory, MemberData(nameof(Databases))]
    public async Task Where_nobody_says_when_the_provider_submitted_it_the_clock_says_so_and_never_runs_past_what_the_report_states(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var at = new DateTimeOffset(2025, 6, 10, 9, 0, 0, TimeSpan.Zero);
        house.Clock.DriveTo(at.AddHours(1));
        var handedOn = System.Text.Encoding.UTF8.GetString(Given.Json(Given.Number(3), but: report => report with { ReceivedAt = null }).Bytes)
            .Replace("\"reportedInformation\"", """ "lawEnforcementContact":{"contacts":[{"dateTime":"2025-05-02T11:00:00Z"}]},"reportedInformation" """, StringComparison.Ordinal);
        var stated = (await house.ReceiveAsync(Given.Json(Given.Number(1), at: at, but: report => report with { ReceivedAt = at.AddDays(-100) }))).Reports.Single();
        var unknown = (await house.ReceiveAsync(Given.Json(Given.Number(2), at: at, but: report => report with { ReceivedAt = null }))).Reports.Single();
        var handed = (await house.ReceiveAsync(RawOriginal.Of(RawFolder.ReportPath(at, Given.Number(3), ReportForm.AgencyJson), handedOn))).Reports.Single();
        var provider = (await house.ReceiveAsync(Given.Xml(Given.Number(4), at: at))).Reports.Single();
        var analyst = await house.PersonAsync(Role.Analyst);

        async Task<(DateTimeOffset?, string)> ShownAsync(ReportId id)
        {
            await house.DoAsync<OpenReport.Request, OpenReport.Receipt>(analyst, new(id));
            var page = (await house.DoAsync<ShowReport.Request, ShowReport.Page>(analyst, new(id))).Value;
            var row = await house.WithDbAsync(db => db.Set<ReportVersion>().SingleAsync(one => one.Id == id));
            Days.Text(page.Preserved.EndsOn).ShouldBe(row.PreserveUntil);
            return (page.SubmittedAt, row.PreserveUntil);
        }
        (await ShownAsync(stated)).ShouldBe((at.AddDays(-100), "2026-03-02"));
        (await ShownAsync(unknown)).ShouldBe((null, "2026-06-10"));
        (await ShownAsync(handed)).ShouldBe((null, "2026-05-02"));
        (await ShownAsync(provider)).ShouldBe((at, "2026-06-10"));
        var intake = (await house.DoAsync<ShowIntake.Request, ShowIntake.Page>(analyst, new("2025-06-10"))).Value;
        intake.MayEndEarlier.ShouldBe(2);
        intake.Reports.Where(row => row.MayEndEarlier).Select(row => row.Id).ShouldBe([unknown, handed], ignoreOrder: true);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_gist_is_rebuilt_from_rows(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await house.ReceiveAsync(Given.Json("100200300"), Given.Json("100200300", phone: "(816) 555-0199"));
        var intake = house.Services.GetRequiredService<IIntake>();
        var gist = await house.WithDbAsync(async db =>
        {
            var ids = await intake.ReportsByNumberAsync(db, ["100200300", "1"], CancellationToken.None);
            return (await intake.ReportsAsync(db, [ids["100200300"]], CancellationToken.None)).ShouldHaveSingleItem();
        });
        (gist.Version, gist.Form, gist.Disposition, gist.Priority, gist.Bundle).ShouldBe((2, "agency-json", "referral", 2, "B-1"));
        var victim = gist.Persons.Single(person => person.Role == "victim");
        (victim.Given, victim.Family, victim.Age).ShouldBe(("Marisol", "Quenneville", 15));
        victim.Phones.ShouldBe(["+18165550199"]);
        victim.Place!.City.ShouldBe("Kansas City");
        gist.Persons.Single(person => person.Role == "reported").ScreenNames.ShouldBe(["example platform:nightowl"]);
        gist.Identifiers.ShouldContain(identifier => identifier.Kind == "email" && identifier.Value == "night.owl@example.com" && identifier.Path.Length > 0);
    }

    [Theory]
    [InlineData("USA", null), InlineData("us", null), InlineData("United States of America", null), InlineData("Puerto Rico", null), InlineData(null, null)]
    [InlineData("Philippines", "Manila"), InlineData("PH", "Manila")]
    public async Task A_persons_place_is_the_first_address_in_the_United_States_however_the_country_is_written(string? country, string? other)
    {
        await using var house = await Given.HouseAsync();
        await house.ReceiveAsync(Given.Json("100200300", but: report => report with
        {
            Persons = [new TipPerson { Role = TipRole.Victim, Addresses = other is null
                ? [new TipAddress(City: "Manila", Country: "Philippines"), new TipAddress(City: "Exampletown", State: "KS", Country: country)]
                : [new TipAddress(City: other, Country: country), new TipAddress(State: "KS", Country: "us")] }],
        }));
        var intake = house.Services.GetRequiredService<IIntake>();
        var place = await house.WithDbAsync(async db =>
        {
            var ids = await intake.ReportsByNumberAsync(db, ["100200300"], CancellationToken.None);
            return (await intake.ReportsAsync(db, [ids["100200300"]], CancellationToken.None)).ShouldHaveSingleItem().Persons.ShouldHaveSingleItem().Place;
        });
        (place!.City, place.State).ShouldBe((other is null ? "Exampletown" : null, "KS"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Whom_all_reports_name_is_read_as_each_report_tells_it_in_its_newest_version(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await house.ReceiveAsync(Given.Xml(Given.Number(1), "(816) 555-0142"), Given.Json(Given.Number(2), phone: "816-555-0143"));
        await house.ReceiveAsync(Given.Json(Given.Number(3)), Given.Json(Given.Number(2), phone: "816-555-0199"));
        // More versions than are read at once, so that one lies behind the cut.
        for (var version = 0; version < 3; version++)
            await house.ReceiveAsync([.. Enumerable.Range(4, 400).Select(number => Given.Json(Given.Number(number), phone: $"816-555-01{version:00}"))]);
        var intake = house.Services.GetRequiredService<IIntake>();
        var (named, gists) = await house.WithDbAsync(async db =>
        {
            var all = new List<NamedPersons>();
            await foreach (var some in intake.NamedPersonsAsync(db, CancellationToken.None)) all.AddRange(some);
            return (all, await intake.ReportsAsync(db, [.. all.Select(one => one.Report)], CancellationToken.None));
        });

        named.Count.ShouldBe(403);
        named.Select(one => one.Report.Value.ToString()).ShouldBeInOrder();
        Told(named).ShouldBe(Told(gists.Select(gist => new NamedPersons(gist.Id, gist.IncidentAt ?? gist.ReceivedAt, gist.Persons)).OrderBy(one => one.Report.Value)));
        named.SelectMany(one => one.Persons).SelectMany(person => person.Phones).ShouldContain("+18165550199");

        static string Told(IEnumerable<NamedPersons> named) => System.Text.Json.JsonSerializer.Serialize(named);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_identifier_is_found_where_the_newest_version_of_a_report_holds_it(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var first = await house.ReceiveAsync(Given.Xml(Given.Number(1), "(816) 555-0142"), Given.Json(Given.Number(2), "816-555-0142"));
        var changed = await house.ReceiveAsync(Given.Xml(Given.Number(3), "(816) 555-0142"));
        await house.ReceiveAsync(Given.Xml(Given.Number(3), "(816) 555-0199"));
        Task<IReadOnlyList<Sighting>> HoldersAsync(string phone, int max = 10) => house.WithDbAsync(db =>
            house.Services.GetRequiredService<IIntake>().SightingsAsync(db, "phone", phone, max, CancellationToken.None));

        var holders = await HoldersAsync("+18165550142");
        holders.Select(one => one.Report).ShouldBe(first.Reports.OrderByDescending(id => id.Value));
        holders.ShouldAllBe(one => one.Path.Length > 1);
        (await HoldersAsync("+18165550199")).ShouldHaveSingleItem().Report.ShouldBe(changed.Reports.Single());
        (await HoldersAsync("+18165550142", max: 1)).ShouldHaveSingleItem().Report.ShouldBe(holders[0].Report);
        (await HoldersAsync("+18165550100")).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_identifier_of_any_length_is_kept(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        // Not to be compressed: what an index takes is counted after that.
        var chance = new Random(1);
        var name = string.Concat(Enumerable.Range(0, 9_000).Select(_ => (char)chance.Next('a', 'z' + 1)));
        var receipt = await house.ReceiveAsync(Given.Json(Given.Number(1), but: report => report with
            { Persons = [new TipPerson { Role = TipRole.Reported, ScreenName = name }] }));
        receipt.New.ShouldBe(1);
        var value = (await house.PartsAsync()).ShouldHaveSingleItem().Identifiers.Where(one => one.Kind == "screen-name").ShouldHaveSingleItem().Value;
        value.ShouldEndWith(name);
        (await house.WithDbAsync(db => house.Services.GetRequiredService<IIntake>().SightingsAsync(db, "screen-name", value, 10, CancellationToken.None)))
            .ShouldHaveSingleItem().Report.ShouldBe(receipt.Reports.Single());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Two_values_that_are_looked_up_alike_are_still_two(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        RawOriginal Holding(string number, string phone) => Given.Xml(number, but: report => report with
            { Persons = [new TipPerson { Role = TipRole.Reported, Phones = [new TipPhone(phone)] }] });
        var reports = (await house.ReceiveAsync(Holding("100200300", "(816) 555-0142"), Holding("100200301", "(816) 555-0199"))).Reports;
        // As somebody could have made them.
        var (look, other) = (Look.Of("phone", "+18165550142"), Look.Of("phone", "+18165550199"));
        (await house.WithDbAsync(db => db.Set<ReportIdentifierRow>().Where(row => row.Look == other).ExecuteUpdateAsync(set => set.SetProperty(row => row.Look, look)))).ShouldBe(1);
        var intake = house.Services.GetRequiredService<IIntake>();
        (await house.WithDbAsync(db => intake.SightingsAsync(db, "phone", "+18165550142", 10, CancellationToken.None))).ShouldHaveSingleItem().Report.ShouldBe(reports[0]);
        (await house.WithDbAsync(db => intake.SameIncidentsAsync(db, reports, CancellationToken.None))).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_a_newer_version_no_longer_says_is_not_found_and_what_both_say_is_found_once(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        RawOriginal Holding(params string[] phones) => Given.Xml(Given.Number(1), but: report => report with
            { Persons = [new TipPerson { Role = TipRole.Reported, Phones = [.. phones.Select(phone => new TipPhone(phone))] }] });
        await house.ReceiveAsync(Holding("(816) 555-0142", "(816) 555-0199"));
        await house.ReceiveAsync(Holding("(816) 555-0199", "(816) 555-0177"));
        var intake = house.Services.GetRequiredService<IIntake>();
        Task<int> FoundAsync(string phone) => house.WithDbAsync(async db => (await intake.SightingsAsync(db, "phone", phone, 10, CancellationToken.None)).Count);
        (await FoundAsync("+18165550142"), await FoundAsync("+18165550199"), await FoundAsync("+18165550177")).ShouldBe((0, 1, 1));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task However_many_are_looked_up_alike_the_one_that_holds_it_is_found(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        RawOriginal Holding(int number, string phone) => Given.Xml(Given.Number(number), but: report => report with
            { Persons = [new TipPerson { Role = TipRole.Reported, Phones = [new TipPhone(phone)] }] });
        var holder = (await house.ReceiveAsync(Holding(0, "(816) 555-0142"))).Reports.ShouldHaveSingleItem();
        await house.PassAsync(TimeSpan.FromMinutes(1));
        await house.ReceiveAsync([.. Enumerable.Range(1, 30).Select(number => Holding(number, "(816) 555-0199"))]);
        var (look, other) = (Look.Of("phone", "+18165550142"), Look.Of("phone", "+18165550199"));
        (await house.WithDbAsync(db => db.Set<ReportIdentifierRow>().Where(row => row.Look == other).ExecuteUpdateAsync(set => set.SetProperty(row => row.Look, look)))).ShouldBe(30);
        var intake = house.Services.GetRequiredService<IIntake>();
        (await house.WithDbAsync(db => intake.SightingsAsync(db, "phone", "+18165550142", 1, CancellationToken.None))).ShouldHaveSingleItem().Report.ShouldBe(holder);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_identifiers_it_is_told_how_many_reports_hold_them(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        RawOriginal Holding(string number, string phone, params string[] emails) => Given.Xml(number, but: report => report with
        {
            Persons = [new TipPerson { Role = TipRole.Reported, Phones = [new TipPhone(phone)], Emails = [.. emails.Select(one => new TipEmail(one))] },
                new TipPerson { Role = TipRole.Victim, Phones = [new TipPhone(phone)] }],
        });
        var reports = (await house.ReceiveAsync(
            Holding("100200300", "(816) 555-0142", "owl@example.org"), Holding("100200301", "(816) 555-0142"), Holding("100200302", "(816) 555-0142", "owl@example.org"))).Reports;
        // A new version holds it again: it is still the same report.
        await house.ReceiveAsync(Holding("100200300", "(816) 555-0142", "owl@example.org", "other@example.org"));
        var intake = house.Services.GetRequiredService<IIntake>();
        (string, string)[] all = [("phone", "+18165550142"), ("email", "owl@example.org"), ("email", "other@example.org"), ("email", "nobody@example.org")];
        Task<IReadOnlyList<int>> HoldersAsync(int max, ReportId? until = null, ReportId? after = null) =>
            house.WithDbAsync(db => intake.HoldersAsync(db, [.. all.Select(one => new HoldersAsked(one.Item1, one.Item2, after, until, max))], CancellationToken.None));
        (await HoldersAsync(26)).ShouldBe([3, 2, 1, 0]);
        (await HoldersAsync(2)).ShouldBe([2, 2, 1, 0]);
        (await HoldersAsync(26, until: reports[1])).ShouldBe([2, 1, 1, 0]);
        (await HoldersAsync(26, after: reports[0])).ShouldBe([2, 1, 0, 0]);
        (await HoldersAsync(26, reports[1], reports[0])).ShouldBe([1, 0, 0, 0]);
        // Also where it is nobody's: a provider's own number is everywhere.
        await house.AlterPartsAsync(version => version.Id == reports[2], parts => parts with { Identifiers = [.. parts.Identifiers.Select(one => one with { Person = null })] });
        (await HoldersAsync(26)).ShouldBe([3, 2, 1, 0]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_a_sender_ranks_itself_the_house_leaves_to_it_for_a_while_and_not_for_ever(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        (await house.DoAsync<ReceiveReports.Request, ReceiveReports.Receipt>(Actor.House, new ReceiveReports.Request([Given.Xml("100200300")]).ReadAhead(Given.Noon))).Value.New.ShouldBe(1);
        (await house.DeliverAsync()).ShouldBe(0);
        await house.PassAsync(ReceiveReports.SenderRanksWithin);
        (await house.DeliverAsync()).ShouldBe(0);
        (await house.WithDbAsync(db => db.Database.SqlQueryRaw<int>("SELECT COUNT(*) AS \"Value\" FROM work WHERE done_at IS NULL").SingleAsync())).ShouldBe(0);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_claim_of_imminent_danger_alerts_the_duty_officer_and_sends_nothing(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await house.ReceiveAsync(Given.Xml("100200300", but: report => report with
        {
            EscalationClaimed = true, Texts = [.. report.Texts, new FreeText(TextKind.EscalationReason, "reason withheld")],
        }), Given.Xml("100200301"));
        var duty = await house.WithDbAsync(db => db.Set<Duty>().SingleAsync());
        (duty.Rule, duty.OwedBy, duty.DueAt).ShouldBe(("alert-imminent", Role.Supervisor, Given.Noon.AddMinutes(5)));
        var supervisor = await house.PersonAsync(Role.Supervisor);
        var home = (await house.DoAsync<Foundations.ShowHome.Request, Foundations.ShowHome.Page>(supervisor, new())).Value;
        home.Groups.Single(group => group.Stage == "intake").Rows.ShouldHaveSingleItem().What.ShouldStartWith("Unreviewed");
        var told = await house.WithDbAsync(db => db.Database.SqlQueryRaw<string>("SELECT kind AS \"Value\" FROM work").ToListAsync());
        told.ShouldBe(["ReportsReceived"]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_report_is_shown_in_four_layers_and_only_after_its_opening_is_on_record(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var id = (await house.ReceiveAsync(Given.Json("100200300"), Given.Json("100200300", phone: "(816) 555-0199"))).Reports.Single();
        var (one, other) = (await house.PersonAsync(Role.Analyst, name: "First"), await house.PersonAsync(Role.Analyst, name: "Second"));
        (await house.DoAsync<ShowReport.Request, ShowReport.Page>(one, new(id))).Problem.Code.ShouldBe("not-opened");
        (await house.DoAsync<OpenReport.Request, OpenReport.Receipt>(one, new(id))).Value.First.ShouldBeTrue();
        (await house.DoAsync<OpenReport.Request, OpenReport.Receipt>(other, new(id))).Value.First.ShouldBeFalse();

        var page = (await house.DoAsync<ShowReport.Request, ShowReport.Page>(other, new(id))).Value;
        page.OpenedBy.ShouldBe("First");
        page.AnalystValues.ShouldContain(value => value.Path.StartsWith("/ncmec", StringComparison.Ordinal));
        page.ProviderValues.ShouldContain(value => value.Text == "Quenneville" && value.Path.Contains("victims", StringComparison.Ordinal));
        page.ProviderValues.ShouldNotContain(value => value.Text.Contains("narrative", StringComparison.Ordinal));
        (page.ComparedWith, page.Differences.ShouldHaveSingleItem()).ShouldBe(
            (1, new ShowReport.Difference(ReportLayer.Provider, "/reportedInformation/victims/victims/0/phones/phones/0/value", "(816) 555-0100", "(816) 555-0199")));
        page.MachineValues.Select(value => value.Path).ShouldBe(["/reportId", "/dateReceived"]);
        page.Files.Select(file => file.ViewedByProvider).ShouldBe([Stated.Yes, Stated.NotStated]);
        page.Preserved.EndsOn.ShouldBe(new DateOnly(2019, 9, 29));

        var narrative = (await house.DoAsync<ShowNarrative.Request, ShowNarrative.Page>(other, new(id, 2))).Value;
        narrative.Texts.ShouldContain(text => text.Words == "narrative withheld");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_character_that_no_text_has_is_told_and_the_report_is_taken(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var report = Given.Json("100200300");
        var odd = report with { Path = "drop/a\0.json", Bytes = System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(report.Bytes).Replace("Quenneville", "Quenne\\u0000ville", StringComparison.Ordinal).Replace("Child Sex Trafficking", "Child\\u0000 Sex", StringComparison.Ordinal)), Number = "100200300", ReceivedAt = Given.Noon };
        var id = (await house.ReceiveAsync(odd)).Reports.Single();
        var analyst = await house.PersonAsync(Role.Analyst);
        await house.DoAsync<OpenReport.Request, OpenReport.Receipt>(analyst, new(id));
        var page = (await house.DoAsync<ShowReport.Request, ShowReport.Page>(analyst, new(id))).Value;
        page.ProviderValues.ShouldContain(value => value.Text == "Quenne\uFFFDville");
        page.Remarks.ShouldContain(remark => remark.Contains("U+0000"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_submission_that_is_dated_after_it_came_here_moves_no_clock_and_is_told(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var (ahead, near) = (Given.Json("100200300", but: report => report with { ReceivedAt = Given.Noon.AddYears(11) }), Given.Json("100200301", but: report => report with { ReceivedAt = Given.Noon.AddMinutes(4) }));
        var analyst = await house.PersonAsync(Role.Analyst);
        var pages = new List<ShowReport.Page>();
        foreach (var id in (await house.ReceiveAsync(ahead, near)).Reports)
        {
            await house.DoAsync<OpenReport.Request, OpenReport.Receipt>(analyst, new(id));
            pages.Add((await house.DoAsync<ShowReport.Request, ShowReport.Page>(analyst, new(id))).Value);
        }
        pages.Select(page => (page.SubmittedAt, page.Preserved.EndsOn)).ShouldBe([(null, new DateOnly(2019, 9, 29)), (Given.Noon.AddMinutes(4), new DateOnly(2019, 9, 29))]);
        pages.Select(page => page.Remarks.Count(remark => remark.Contains("2030-07-01", StringComparison.Ordinal))).ShouldBe([1, 0]);
    }

    [Theory]
    [InlineData("2018-07-01", "2018-07-01T00:00:00Z")]
    [InlineData("07-01-2018", "2018-07-01T00:00:00Z")]
    [InlineData("07-01-2018 11:30:00 UTC", "2018-07-01T11:30:00Z")]
    [InlineData("2018-07-01 11:30:00 UTC", "2018-07-01T11:30:00Z")]
    [InlineData("first of July", null)]
    public async Task When_NCMEC_received_a_report_is_read_as_people_print_it_too(string stated, string? at)
    {
        await using var house = await Given.HouseAsync();
        var text = Encoding.UTF8.GetString(Given.Json("100200300").Bytes);
        text = text.Replace("\"dateReceived\":\"2019-07-01T11:00:00Z\"", $"\"dateReceived\":\"{stated}\"", StringComparison.Ordinal);
        text.ShouldContain(stated);
        var id = (await house.ReceiveAsync(Given.Json("100200300") with { Bytes = Encoding.UTF8.GetBytes(text) })).Reports.Single();
        var analyst = await house.PersonAsync(Role.Analyst);
        await house.DoAsync<OpenReport.Request, OpenReport.Receipt>(analyst, new(id));
        var page = (await house.DoAsync<ShowReport.Request, ShowReport.Page>(analyst, new(id))).Value;
        page.SubmittedAt.ShouldBe(at is null ? null : DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture));
        page.Remarks.Count(remark => remark.StartsWith("/dateReceived", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_report_in_the_folder_of_a_day_that_has_not_come_is_rejected_and_one_a_little_ahead_came_now(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var receipt = await house.ReceiveAsync(Given.Xml("100200300", at: Given.Noon.AddYears(4)), Given.Xml("100200301", at: Given.Noon.AddHours(20)), Given.Xml("100200302", at: Given.Noon.AddHours(-20)));
        (receipt.New, receipt.Rejected).ShouldBe((2, 1));
        var rows = await house.WithDbAsync(db => db.Set<ReportVersion>().OrderBy(row => row.Number).Select(row => new { row.ReceivedAt, row.SubmittedAt, row.PreserveUntil }).ToListAsync());
        rows.Select(row => (row.ReceivedAt, row.SubmittedAt)).ShouldBe([(Given.Noon, Given.Noon), (Given.Noon.AddHours(-20), Given.Noon.AddHours(-20))]);
        rows[0].PreserveUntil.ShouldBe("2019-09-29");
    }

    [Fact]
    public async Task A_flag_that_another_version_answers_otherwise_is_among_the_differences_and_not_stated_is_no_answer()
    {
        await using var house = await Given.HouseAsync();
        static CyberTipReport Answered(CyberTipReport report, params Stated[] viewed) => report with
        {
            Files = [.. viewed.Select((answer, index) => new TipFile($"{index + 1}.bin") { ViewedByEsp = answer })],
            Persons = [report.Persons[0] with { Emails = [new TipEmail("night.owl@example.com", viewed[0])] }, report.Persons[1]],
        };
        var id = (await house.ReceiveAsync(
            Given.Json("100200300", but: report => Answered(report, Stated.Yes, Stated.No, Stated.NotStated)),
            Given.Json("100200300", but: report => Answered(report, Stated.No, Stated.NotStated, Stated.Yes)))).Reports.Single();
        var analyst = await house.PersonAsync(Role.Analyst);
        await house.DoAsync<OpenReport.Request, OpenReport.Receipt>(analyst, new(id));

        var page = (await house.DoAsync<ShowReport.Request, ShowReport.Page>(analyst, new(id))).Value;
        const string Files = "/reportedInformation/uploadedFiles/uploadedFiles";
        page.Differences.ShouldBe(
        [
            new(ReportLayer.Provider, "/reportedInformation/reportedPeople/reportedPersons/0/emails/emails/0/verified", "true", "false"),
            new(ReportLayer.Provider, $"{Files}/0/viewedByEsp", "true", "false"),
            new(ReportLayer.Provider, $"{Files}/1/viewedByEsp", "false", null),
            new(ReportLayer.Provider, $"{Files}/2/viewedByEsp", null, "true"),
        ], ignoreOrder: true);
        page.ProviderValues.ShouldContain(new ShowReport.Value($"{Files}/0/viewedByEsp", "false"));
    }

    [Fact]
    public async Task What_NCMEC_tags_a_file_with_is_its_analysts_word_and_not_the_provider_s()
    {
        await using var house = await Given.HouseAsync();
        static RawOriginal Tagged(string tag) => RawOriginal.Of(RawFolder.ReportPath(Given.Noon, "100200300", ReportForm.AgencyJson),
            """{"reportId":"100200300","reportedInformation":{"uploadedFiles":{"uploadedFiles":[{"filename":"1.bin","ncmecTags":{"groups":[{"tags":[{"value":"TAG"}]}]}}]}}}""".Replace("TAG", tag, StringComparison.Ordinal));
        var id = (await house.ReceiveAsync(Tagged("tag one"), Tagged("tag two"))).Reports.Single();
        var analyst = await house.PersonAsync(Role.Analyst);
        await house.DoAsync<OpenReport.Request, OpenReport.Receipt>(analyst, new(id));

        var page = (await house.DoAsync<ShowReport.Request, ShowReport.Page>(analyst, new(id))).Value;
        const string Path = "/reportedInformation/uploadedFiles/uploadedFiles/0/ncmecTags/groups/0/tags/0/value";
        page.Differences.ShouldHaveSingleItem().ShouldBe(new(ReportLayer.Analyst, Path, "tag one", "tag two"));
        page.AnalystValues.ShouldContain(new ShowReport.Value(Path, "tag two"));
        page.ProviderValues.ShouldNotContain(value => value.Path == Path);
    }

    [Theory]
    [InlineData(Role.Officer), InlineData(Role.Coordinator), InlineData(Role.PublicAffairs), InlineData(Role.Administrator), InlineData(Role.Auditor)]
    public async Task Reports_are_not_browsed_by_those_who_do_not_review_them(Role role)
    {
        await using var house = await Given.HouseAsync();
        var id = (await house.ReceiveAsync(Given.Json("100200300"))).Reports.Single();
        var person = await house.PersonAsync(role, "KC", "KC-01");
        (await house.DoAsync<OpenReport.Request, OpenReport.Receipt>(person, new(id))).Problem.Kind.ShouldBe(ProblemKind.Forbidden);
        (await house.DoAsync<ShowIntake.Request, ShowIntake.Page>(person, new())).Problem.Kind.ShouldBe(ProblemKind.Forbidden);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_day_s_list_counts_by_form_and_keeps_repeats_and_versions_apart(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await house.ReceiveAsync(Given.Xml("1001"), Given.Xml("1001"), Given.Json("1002"), Given.Json("1002", phone: "(816) 555-0199"), Given.Json("1003"));
        var analyst = await house.PersonAsync(Role.Analyst);
        var page = (await house.DoAsync<ShowIntake.Request, ShowIntake.Page>(analyst, new(Day: "2019-07-01", Form: ReportForm.AgencyJson))).Value;
        page.Days.ShouldBe([new("2019-07-01", 1, 2, 1)]);
        page.Batches.ShouldBe([new("2019-07-01", "report", 3, 1, 1, 0)]);
        page.Reports.Select(row => row.Number).Order().ShouldBe(["1002", "1002", "1003"]);
        // Each number of the day leads to as many rows, and a page behind the end knows how many there are.
        async Task<(int Total, int Shown)> RowsAsync(ShowIntake.Request asked) =>
            (await house.DoAsync<ShowIntake.Request, ShowIntake.Page>(analyst, asked)).Value is var shown ? (shown.Total, shown.Reports.Count) : default;
        (await RowsAsync(new("2019-07-01", ReportForm.AgencyJson, Versions: false))).ShouldBe((2, 2));
        (await RowsAsync(new("2019-07-01", Versions: true))).ShouldBe((1, 1));
        (await RowsAsync(new("2019-07-01", From: 99))).ShouldBe((4, 0));
        page.Ending.Select(row => row.Reports).ShouldBe([0, 0, 0]);
        await house.PassAsync(TimeSpan.FromDays(84));
        page = (await house.DoAsync<ShowIntake.Request, ShowIntake.Page>(analyst, new())).Value;
        page.Ending.Select(row => row.Reports).ShouldBe([4, 4, 4]);
    }

    [Theory]
    [InlineData("2026-02-30")]
    [InlineData("2026-13-01")]
    [InlineData("0000-01-01")]
    public async Task A_day_that_does_not_exist_is_told(string day)
    {
        await using var house = await Given.HouseAsync();
        var analyst = await house.PersonAsync(Role.Analyst);
        (await house.DoAsync<ShowIntake.Request, ShowIntake.Page>(analyst, new(day))).Problem.Code.ShouldBe("day-not-a-date");
        (await house.DoAsync<ShowIntake.Request, ShowIntake.Page>(analyst, new("2024-02-29"))).IsDone.ShouldBeTrue();
    }

    /// <summary>What is typed is read as reports are.</summary>
    [Theory]
    [InlineData("8165550100 / 8165550101", "phone +18165550100, phone +18165550101")]
    [InlineData("0018165550100", "phone +18165550100")]
    [InlineData("+52 1 55 1234 5678", "phone +525512345678")]
    [InlineData("555-0177", "")]
    [InlineData("https://example.net:443/p/%61lpha", "url example.net/p/alpha")]
    [InlineData("example.net/p/alpha", "url example.net/p/alpha")]
    [InlineData("Example.net:443/p/alpha", "url example.net/p/alpha")]
    [InlineData("example.net:8080/p/alpha", "url example.net:8080/p/alpha")]
    [InlineData("example.net", "url example.net")]
    [InlineData("example.net#!AbC", "url example.net#!AbC")]
    [InlineData("someone@example.net", "")]
    [InlineData("marisol", "")]
    [InlineData("and/or", "")]
    [InlineData("seen in K.C. and gone", "")]
    public void What_is_typed_has_the_form_in_which_reports_are_kept(string text, string expected) =>
        string.Join(", ", Reading.Typed.Read(text).Where(one => one.Kind is "phone" or "url").Select(one => $"{one.Kind} {one.Value}")).ShouldBe(expected);

    /// <summary>As it is copied out of a mail, a log or another report.</summary>
    [Theory]
    [InlineData("mailto:Quill@Example.net?subject=x", "email quill@example.net")]
    [InlineData("<quill@example.net>,", "email quill@example.net")]
    [InlineData("\u201cquill@example.net\u201d", "email quill@example.net")]
    [InlineData("tel:+1-816-555-0100", "phone +18165550100")]
    [InlineData("\"198.51.100.7\"", "ip 198.51.100.7")]
    [InlineData("198.51.100.7:443", "ip 198.51.100.7")]
    [InlineData("[2001:db8::1]:443", "ip 2001:db8::1")]
    [InlineData("quill_inv@Chat", "screen-name chat:quill_inv")]
    [InlineData("quill@example.net", "screen-name examplenet:quill")]
    [InlineData("IMEI:35-209900-176148-1", "device imei:352099001761481")]
    [InlineData("imei 352099001761481", "device imei:352099001761481")]
    [InlineData("352099001761481", "device imei:352099001761481")]
    [InlineData("35 209900 176148 1", "device imei:352099001761481")]
    [InlineData("00:1B:44:11:3A:B7", "device mac:001b44113ab7")]
    [InlineData("MAC Address 00-1b-44-11-3a-b7", "device mac:001b44113ab7")]
    [InlineData("md5:5D41402ABC4B2A76B9719D911017C592", "file md5:5d41402abc4b2a76b9719d911017c592")]
    [InlineData("sha1: 7c211433f02071597741e6ff5a8ea34789abbf43", "file sha1:7c211433f02071597741e6ff5a8ea34789abbf43")]
    [InlineData("SHA-256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae", "file sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae")]
    [InlineData("C39XK2QJH2XR", "device serial number:c39xk2qjh2xr")]
    public void What_is_typed_is_read_however_it_was_copied(string text, string expected) =>
        Reading.Typed.Read(text).Select(one => $"{one.Kind} {one.Value}").ShouldContain(expected);

    [Theory, MemberData(nameof(Databases))]
    public async Task A_device_is_found_by_its_number_with_and_without_signs_and_kind_and_one_is_where_else_the_other_is(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        RawOriginal With(string number, string imei) => Given.Xml(number, but: report => report with
            { Persons = [new TipPerson { Role = TipRole.Reported, Devices = [new TipDevice("IMEI", imei)] }], Incidents = [] });
        var reports = (await house.ReceiveAsync(With("100200301", "35-209900-176148-1"), With("100200302", "352099001761481"), With("100200303", "990000862471854"))).Reports;
        var intake = house.Services.GetRequiredService<IIntake>();
        foreach (var typed in (string[])["imei:352099001761481", "352099001761481", "35-209900-176148-1", "IMEI 35 209900 176148 1"])
        {
            var found = new List<ReportId>();
            foreach (var one in intake.ReadTyped(typed))
                found.AddRange((await house.WithDbAsync(db => intake.SightingsAsync(db, one.Kind, one.Value, 10, CancellationToken.None))).Select(sighting => sighting.Report));
            found.ShouldBe(reports.Take(2), ignoreOrder: true, typed);
        }
    }
}
