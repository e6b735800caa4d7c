using System.Text;
using Homeward.Exchange;
using Homeward.Exchange.Lines;
using Homeward.Exchange.Missing;
using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.People;
using Homeward.Foundations.Places;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Intake.Tests;

/// <summary>R-07 to for missing-child entries.</summary>
public sealed class EntryTests
{
    private const string Nic = "M100000001";
    public static TheoryData<DatabaseKind> Databases => Given.Databases;

    private static PartialDate Born(string text) => PartialDate.TryParse(text, out var date) ? date : throw new FormatException(text);

    [Theory, MemberData(nameof(Databases))]
    public async Task An_entry_keeps_what_is_known_with_its_precision_and_makes_the_child_s_record(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var line = Given.Line(Given.Entry(Nic));
        (await house.ReceiveAsync(line, line)).ShouldSatisfyAllConditions(
            receipt => receipt.New.ShouldBe(1), receipt => receipt.Repeats.ShouldBe(1), receipt => receipt.Entries.Count.ShouldBe(1));
        var gist = await GistAsync(house);
        (gist.Born.ToString(), gist.State, gist.AtRisk, gist.Custody).ShouldBe(("2004", EntryState.Entered, true, "family"));
        gist.Names.ShouldBe([("Marisol", "Quenneville"), ("Mari", "Quen")]);
        (gist.Phones.Single(), gist.Emails.Single(), gist.ScreenNames.Single()).ShouldBe(("+18165550100", "mari@example.com", "example platform:mariq"));
        var record = await house.WithDbAsync(db => db.Set<PersonRecord>().SingleAsync());
        (record.Id, record.Source, record.Given, record.Aliases, record.Marks).ShouldBe((gist.Record, $"missing-child/{Nic}", "Marisol", "Mari\tQuen", "ncmec:1234567"));
    }

    [Fact]
    public async Task Dates_that_cannot_be_so_are_told_and_the_entry_is_taken_as_it_says()
    {
        await using var house = await Given.HouseAsync();
        var receipt = await house.ReceiveAsync(
            Given.Line(Given.Entry("M100000001") with { Born = Born("2031-02") }), Given.Line(Given.Entry("M100000002") with { LastSeenAt = Given.Noon.AddYears(1) }, 2),
            Given.Line(Given.Entry("M100000003") with { Born = Born("2019-03-01"), LastSeenAt = Given.Noon.AddYears(-1) }, 3), Given.Line(Given.Entry("M100000004"), 4));
        (receipt.New, receipt.Rejected).ShouldBe((4, 0));
        receipt.Doubted!.Select(one => $"{one.Line}: {one.Field} {one.Says}").ShouldBe(
            ["1: born lies in the future", "2: lastSeenAt lies after the message itself", "3: lastSeenAt lies before the birth date"]);
        (await house.ReceiveAsync(Given.Line(Given.Entry("M100000005"), 5))).Doubted.ShouldBeNull();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_tab_within_a_name_takes_away_neither_the_family_s_name_nor_that_it_is_an_alias(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await house.ReceiveAsync(Given.Line(Given.Entry(Nic) with { Names = [new EntryName("Mari\tsol", "Quenne\tville"), new EntryName("Ma\tri", "Quen", IsAlias: true), new EntryName(null, "Quen\t")] }));
        var record = await house.WithDbAsync(db => db.Set<PersonRecord>().SingleAsync());
        (record.Given, record.Family, record.Aliases).ShouldBe(("Mari sol", "Quenne ville", "Ma ri\tQuen\n\tQuen"));
        ChildRecord.Names((await house.WithDbAsync(db => db.Set<Entry>().SingleAsync())).Names).ShouldBe([("Mari sol", "Quenne ville", false), ("Ma ri", "Quen", true), ("", "Quen", false)]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_office_of_an_entry_is_that_of_its_day_whatever_else_comes_with_it(DatabaseKind kind)
    {
        // Closed at the end of September 2024, and its county went to another office.
        const string County = "47001";
        await using var house = await Given.HouseAsync(kind);
        house.Clock.DriveTo(new DateTimeOffset(2024, 12, 1, 12, 0, 0, TimeSpan.Zero));
        MissingChildEntry Entry(string nic, int month, int day) =>
            Given.Entry(nic, new DateTimeOffset(2024, month, day, 12, 0, 0, TimeSpan.Zero)) with { Ori = null, LastSeen = new EntryPlace(null, null, null, County) };
        await house.ReceiveAsync(Given.Line(Entry("M100000001", 9, 1)), Given.Line(Entry("M100000002", 11, 15), 2));
        var offices = await house.WithDbAsync(db => db.Set<Entry>().OrderBy(row => row.Nic).Select(row => row.OfficeCode).ToListAsync());
        offices.ShouldBe([Office(9, 1), Office(11, 15)]);
        offices[0].ShouldNotBe(offices[1]);

        string? Office(int month, int day) => Gazetteer.Default.ResolvePlace(new PlaceQuery { County = County }, new DateOnly(2024, month, day)).Office?.Code;
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_row_of_a_table_is_an_entry_as_a_line_is_and_what_cannot_be_read_is_told_with_its_line(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        using var table = new MemoryStream();
        MissingChildEntries.Csv.Write([Given.Entry(Nic)], table);
        var (header, row) = (Encoding.UTF8.GetString(table.ToArray()).Split('\n')[0], Encoding.UTF8.GetString(table.ToArray()).Split('\n')[1]);
        RawLine Row(string text, int line) => new("missing/extract.csv", text, line, header);
        // A row that was cut does not wipe out what it lacks.
        var (bad, cut) = ("yesterday" + row[row.IndexOf(',', StringComparison.Ordinal)..], row[..row.IndexOf("816", StringComparison.Ordinal)].Replace("T12", "T11", StringComparison.Ordinal));
        var receipt = await house.ReceiveAsync(Row(row, 2), Row(bad, 3), Row("\"x\"y", 4), Row(row, 5), Row(cut, 6));
        (receipt.New, receipt.Repeats, receipt.Rejected).ShouldBe((1, 1, 3));
        receipt.Refused.Select(one => (one.Source, one.Line, one.Faults[0].Line, one.Faults[0].Field)).ShouldBe(
            [("missing/extract.csv", 3, 3, "received"), ("missing/extract.csv", 4, 4, ""), ("missing/extract.csv", 6, 6, "")]);
        var (gist, message) = (await GistAsync(house), await house.WithDbAsync(db => db.Set<EntryMessage>().SingleAsync()));
        (gist.Names[0].Given, gist.Born.ToString(), gist.Phones.Single(), message.Source).ShouldBe(("Marisol", "2004", "+18165550100", "missing/extract.csv:2"));
        (await house.ReceiveAsync(Row(row, 9), Row(bad, 8))).ShouldSatisfyAllConditions(
            again => (again.New, again.Versions, again.Repeats, again.Rejected).ShouldBe((0, 0, 1, 1)));
        (await house.WithDbAsync(db => db.Set<Reject>().CountAsync())).ShouldBe(3);
        // Under another header the same cells say something else.
        (await house.ReceiveAsync(new RawLine("missing/extract.csv", row, 2, header.Replace("phones,emails", "emails,phones", StringComparison.Ordinal)))).Versions.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_newest_message_says_how_an_entry_stands_and_an_overtaken_one_changes_nothing(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var changed = Given.Entry(Nic, Given.Noon.AddHours(2)) with { Status = EntryStatus.Modified, Names = [new EntryName("Marisol", "Vanterpool")] };
        var overtaken = Given.Entry(Nic, Given.Noon.AddHours(1)) with { Status = EntryStatus.Modified, Born = PartialDate.OfYear(2001) };
        await house.ReceiveAsync(Given.Line(Given.Entry(Nic)));
        house.Clock.DriveTo(Given.Noon.AddHours(3));
        (await house.ReceiveAsync(Given.Line(changed, 2), Given.Line(overtaken, 3))).Versions.ShouldBe(2);
        var gist = await GistAsync(house);
        (gist.State, gist.Names.Single().Family, gist.Born.Year).ShouldBe((EntryState.Modified, "Vanterpool", 2004));
        (await house.WithDbAsync(db => db.Set<PersonRecord>().SingleAsync())).Family.ShouldBe("Vanterpool");
        (await house.WithDbAsync(db => db.Set<EntryMessage>().CountAsync())).ShouldBe(3);
        await house.ReceiveAsync(Given.Line(Given.Entry(Nic, Given.Noon.AddHours(3)) with { Status = EntryStatus.Cleared }, 4));
        (await house.WithDbAsync(db => house.Services.GetRequiredService<IIntake>().OpenEntriesAsync(db, CancellationToken.None))).ShouldBeEmpty();
    }

    /// <summary>NCIC's MM, LM and CM say what happened and no category; a row with LM or CM has no more to say than that.</summary>
    [Theory, MemberData(nameof(Databases))]
    public async Task What_a_message_does_not_state_of_category_and_of_a_located_child_stands(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var whole = Given.Entry(Nic) with { Custody = Custody.Foster, Marks = ["SC L ARM"], Dental = Stated.Yes };
        await house.ReceiveAsync(Given.Line(whole));
        house.Clock.DriveTo(Given.Noon.AddHours(9));
        await house.ReceiveAsync(Given.Line(whole with { Received = Given.Noon.AddHours(1), Status = EntryStatus.Modified, Category = null, Marks = [], AgeText = "about 15" }, 2));
        var entry = await EntryAsync();
        (entry.Category, entry.CaseType, entry.Marks, entry.State).ShouldBe(("EMJ", "ERU", "", EntryState.Modified));
        MissingChildEntry Bare(EntryStatus status, int hour) => new() { Received = Given.Noon.AddHours(hour), Status = status, Nic = Nic, LastSeen = new EntryPlace(null, "KS", null, null), HeightInMin = 65 };
        foreach (var (status, hour) in new[] { (EntryStatus.Located, 2), (EntryStatus.Cleared, 3) })
        {
            await house.ReceiveAsync(Given.Line(Bare(status, hour), hour + 1));
            entry = await EntryAsync();
            (entry.State.ToString(), entry.Category, entry.AgencyOri, entry.NcmecCase, entry.Custody).ShouldBe((status.ToString(), "EMJ", "XX0000001", "1234567", Custody.Foster));
            (entry.Born.ToString(), entry.Sex, entry.Dental, entry.LastSeenAt, entry.Phones).ShouldBe(("2004", "F", Stated.Yes, Given.Noon.AddDays(-2), "+18165550100"));
            (entry.LastSeenCity, entry.LastSeenState, entry.HeightInMin, entry.HeightInMax).ShouldBe(("Kansas City", "MO", 65, null));
        }
        (await house.WithDbAsync(db => db.Set<PersonRecord>().SingleAsync())).ShouldSatisfyAllConditions(
            record => record.Given.ShouldBe("Marisol"), record => record.Aliases.ShouldBe("Mari\tQuen"), record => record.Marks.ShouldBe("ncmec:1234567"));
        var page = (await house.DoAsync<ShowMissing.Request, ShowMissing.Page>(await house.PersonAsync(Role.National), new(entry.Id))).Value;
        page.Messages.Select(message => string.Join(", ", message.Changes.Select(change => change.What))).ShouldBe(["", "Age, Marks", "Height", ""]);

        Task<Entry> EntryAsync() => house.WithDbAsync(db => db.Set<Entry>().AsNoTracking().SingleAsync());
    }

    /// <summary>An extract under other columns, mapped to ours: it has no column for custody, for instance, and none of its rows can say that nobody knows of it.</summary>
    [Theory, MemberData(nameof(Databases))]
    public async Task A_row_that_modifies_withdraws_nothing_of_what_its_table_has_no_column_for(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await house.ReceiveAsync(Given.Line(Given.Entry(Nic) with { Custody = Custody.Foster, Dental = Stated.Yes, Marks = ["SC L ARM"], AgeText = "about 15", HeightInMin = 60, HeightInMax = 63, Hair = "BRO" }));
        house.Clock.DriveTo(Given.Noon.AddDays(9));
        var mapped = ColumnMap.Read("""{"received": "AT", "status": "KEY", "nic": "NIC", "category": {"is": "EMJ"}, "hair": "HAI", "born": "DOB", "height_in_min": "HGT", "last_seen_state": "PLC"}"""u8.ToArray(), MissingChildEntries.Csv.Columns)
            .Value.Over("AT,KEY,NIC,HAI,DOB,HGT,PLC,TEL").Value;
        mapped.Header.ShouldStartWith("received,status,nic,(ncmec_case),(ori),category,(case_type),(names),born,(age_text)");

        await TakeAsync("2019-07-02T12:00:00Z,modified,M100000001,,2004,60,MO,816-555-0177", 2);
        var entry = await EntryAsync();
        (entry.Hair, entry.Born.ToString(), entry.AgeText, entry.HeightInMin, entry.HeightInMax).ShouldBe((null, "2004", "about 15", 60, 63), "what the table has a column for is unsaid by an empty cell");
        (entry.Custody, entry.Dental, entry.Marks, entry.NcmecCase, entry.AgencyOri, entry.CaseType).ShouldBe((Custody.Foster, Stated.Yes, "SC L ARM", "1234567", "XX0000001", "ERU"));
        (entry.LastSeenCity, entry.LastSeenState, entry.Phones, entry.LastSeenAt).ShouldBe(("Kansas City", "MO", "+18165550100", Given.Noon.AddDays(-2)));
        (await house.WithDbAsync(db => db.Set<PersonRecord>().SingleAsync())).Given.ShouldBe("Marisol");
        var page = (await house.DoAsync<ShowMissing.Request, ShowMissing.Page>(await house.PersonAsync(Role.National), new(entry.Id))).Value;
        page.Messages[^1].Changes.Select(change => change.What).ShouldBe(["Hair"]);
        page.NcmecCase.ShouldBe("1234567");

        // Half of what belongs together never joins half of what stood.
        await TakeAsync("2019-07-03T12:00:00Z,modified,M100000001,,2005,61,KS,", 3);
        entry = await EntryAsync();
        (entry.AgeText, entry.HeightInMin, entry.HeightInMax, entry.LastSeenCity, entry.LastSeenState).ShouldBe((null, 61, null, null, "KS"));
        // Found, and entered anew: that is another last contact, in another's care.
        await TakeAsync("2019-07-04T12:00:00Z,cleared,M100000001,,,,,", 4);
        (await EntryAsync()).Custody.ShouldBe(Custody.Foster);
        await TakeAsync("2019-07-05T12:00:00Z,entered,M100000001,,2005,61,KS,", 5);
        (await EntryAsync()).Custody.ShouldBe(Custody.Unknown);

        async Task TakeAsync(string row, int line) => (await house.ReceiveAsync(new RawLine("missing/extract.csv", mapped.Of(row)!, line, mapped.Header))).Versions.ShouldBe(1);
        Task<Entry> EntryAsync() => house.WithDbAsync(db => db.Set<Entry>().AsNoTracking().SingleAsync());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_entry_is_there_since_its_oldest_message_whenever_that_comes(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        house.Clock.DriveTo(Given.Noon.AddDays(20));
        var modified = Given.Entry(Nic, Given.Noon.AddDays(9)) with { Status = EntryStatus.Modified };
        await house.ReceiveAsync(Given.Line(modified, 2));
        await house.ReceiveAsync(Given.Line(Given.Entry(Nic), 1));
        // In one batch, too.
        await house.ReceiveAsync(Given.Line(modified with { Nic = "M100000002" }, 2), Given.Line(Given.Entry("M100000002"), 1));
        var officer = await house.PersonAsync(Role.National);
        foreach (var entry in await house.WithDbAsync(db => db.Set<Entry>().ToListAsync()))
        {
            var page = (await house.DoAsync<ShowMissing.Request, ShowMissing.Page>(officer, new(entry.Id))).Value;
            (entry.State, page.Clock.EnteredAt).ShouldBe((EntryState.Modified, Given.Noon));
            page.Gaps.Single(gap => gap.What == "photograph").DueAt.ShouldBe(Given.Noon.AddDays(30));
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_character_that_no_text_has_rejects_its_line_alone(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var nul = Given.Line(Given.Entry(Nic) with { Names = [new EntryName("O\0k", "Quenneville")] }, 1);
        nul.Text.ShouldContain("\\u0000");
        using var table = new MemoryStream();
        MissingChildEntries.Csv.Write([Given.Entry("M100000003")], table);
        var rows = Encoding.UTF8.GetString(table.ToArray()).Split('\n');
        var receipt = await house.ReceiveAsync(nul, Given.Line(Given.Entry("M100000002"), 2), new RawLine("missing/extract.csv", rows[1].Replace("Kansas", "Kan\0sas", StringComparison.Ordinal), 2, rows[0]));
        (receipt.New, receipt.Rejected).ShouldBe((1, 2));
        receipt.Refused.ShouldAllBe(one => one.Faults[0].Reason.Contains("U+0000"));
    }

    [Fact]
    public async Task Days_that_cannot_be_are_shown_to_the_agency_and_the_entry_is_taken()
    {
        await using var house = await Given.HouseAsync(DatabaseKind.Sqlite);
        var entry = (await house.ReceiveAsync(Given.Line(Given.Entry(Nic) with { Born = PartialDate.OfYear(2030), LastSeenAt = Given.Noon.AddDays(3) }))).Entries.Single();
        var gaps = (await house.DoAsync<ShowMissing.Request, ShowMissing.Page>(await house.PersonAsync(Role.National), new(entry))).Value.Gaps;
        gaps.Select(gap => gap.What).Where(what => what.Contains("past", StringComparison.Ordinal)).ShouldBe(["birth date that lies in the past", "date of last contact that lies in the past"]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_message_that_is_dated_ahead_freezes_no_entry(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var receipt = await house.ReceiveAsync(Given.Line(Given.Entry("M100000002", Given.Noon.AddYears(180)), 4));
        (receipt.New, receipt.Rejected).ShouldBe((0, 1));
        receipt.Refused.Single().Faults.ShouldHaveSingleItem().ShouldSatisfyAllConditions(fault => (fault.Line, fault.Field).ShouldBe((4, "received")), fault => fault.Mend.ShouldNotBeEmpty());
        // A local time that was written as UTC: it came when it came, and is told.
        var id = (await house.ReceiveAsync(Given.Line(Given.Entry(Nic, Given.Noon.AddHours(10))))).Entries.Single();
        await house.PassAsync(TimeSpan.FromHours(1));
        await house.ReceiveAsync(Given.Line(Given.Entry(Nic, Given.Noon.AddMinutes(50)) with { Status = EntryStatus.Cleared }, 2));
        (await GistAsync(house)).State.ShouldBe(EntryState.Cleared);
        var page = (await house.DoAsync<ShowMissing.Request, ShowMissing.Page>(await house.PersonAsync(Role.Analyst), new(id))).Value;
        page.Messages[0].ShouldSatisfyAllConditions(one => one.ReceivedAt.ShouldBe(Given.Noon), one => one.Source.ShouldBe("missing/entries.jsonl:1, dated 2019-07-01T22:00:00Z, ahead of this house's clock"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_an_entry_says_and_nobody_reads_is_told_and_kept_with_its_message(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var line = Given.Line(Given.Entry(Nic)) with { Text = Given.Line(Given.Entry(Nic)).Text.Replace("\"sex\":\"F\"", "\"sex\":\"F\",\"shoes\":\"red\"", StringComparison.Ordinal) };
        (await house.ReceiveAsync(line, line)).Unread.ShouldBe([new UnreadField("missing/entries.jsonl", "shoes", 2)]);
        var message = await house.WithDbAsync(db => db.Set<EntryMessage>().SingleAsync());
        Encoding.UTF8.GetString(house.Services.GetRequiredService<Foundations.Sealing.Envelope>().Open("originals", EntryMessage.Context(message.EntryId, 1), message.Original!)).ShouldBe(line.Text);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Missing_from_foster_care_without_a_case_at_NCMEC_opens_a_duty_that_the_case_number_proves(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await house.ReceiveAsync(Given.Line(Given.Entry(Nic) with { Custody = Custody.Foster, NcmecCase = null }));
        var duty = await house.WithDbAsync(db => db.Set<Duty>().SingleAsync());
        (duty.Rule, duty.State, duty.OfficeCode).ShouldBe(("tell-ncmec", DutyState.Open, "KC"));
        await house.ReceiveAsync(Given.Line(Given.Entry(Nic, Given.Noon.AddHours(1)) with { Status = EntryStatus.Modified, Custody = Custody.Foster }, 2));
        (await house.WithDbAsync(db => db.Set<Duty>().SingleAsync())).State.ShouldBe(DutyState.Met);
    }

    [Fact]
    public async Task A_bad_line_is_rejected_with_its_number_and_field()
    {
        await using var house = await Given.HouseAsync();
        var receipt = await house.ReceiveAsync(
            Given.Line(Given.Entry(Nic)), new RawLine("missing/entries.jsonl", """{"received":"2019-07-01T12:00:00Z","status":"entered","nic":"X1"}""", 7));
        (receipt.New, receipt.Rejected).ShouldBe((1, 1));
        var reject = await house.WithDbAsync(db => db.Set<Reject>().SingleAsync());
        (reject.Kind, reject.FaultLine).ShouldBe(("entry", 7));
        reject.Field.ShouldContain("nic");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_child_found_is_cleared_without_saying_where_and_a_later_edit_does_not_lose_her_again(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var id = (await house.ReceiveAsync(Given.Line(Given.Entry(Nic)))).Entries.Single();
        var intake = house.Services.GetRequiredService<IIntake>();
        var specialist = await house.PersonAsync(Role.VictimSpecialist, "KC", "KC-01");
        await ActAsync(house, specialist, act => intake.NoteLocatedAsync(act, id, act.Now, CancellationToken.None));
        (await GistAsync(house)).State.ShouldBe(EntryState.Located);
        await house.ReceiveAsync(Given.Line(Given.Entry(Nic, Given.Noon.AddHours(1)) with { Status = EntryStatus.Modified }, 2));
        (await GistAsync(house)).State.ShouldBe(EntryState.Located);

        var elsewhere = await house.PersonAsync(Role.VictimSpecialist, "DN", "DN-01");
        var confirmed = new ConfirmCleared.Request(id, SuspectAtRecipient: false, null, "desk sergeant, by phone, 17", "case desk, 18");
        (await house.DoAsync<ConfirmCleared.Request, ConfirmCleared.Receipt>(elsewhere, confirmed)).Problem.Kind.ShouldBe(ProblemKind.NotFound);
        (await house.DoAsync<ConfirmCleared.Request, ConfirmCleared.Receipt>(specialist, confirmed with { NcmecReference = null })).Problem.Code.ShouldBe("ncmec-reference-missing");
        (await house.DoAsync<ConfirmCleared.Request, ConfirmCleared.Receipt>(specialist, confirmed with { SuspectAtRecipient = true })).Problem.Code.ShouldBe("told-instead-missing");
        (await house.DoAsync<ConfirmCleared.Request, ConfirmCleared.Receipt>(specialist, confirmed)).IsDone.ShouldBeTrue();
        (await GistAsync(house)).State.ShouldBe(EntryState.Cleared);
        var duty = await house.WithDbAsync(db => db.Set<Duty>().SingleAsync(row => row.Rule == "clear-entry"));
        (duty.State, duty.Grade, duty.OwedBy).ShouldBe((DutyState.Met, EvidenceGrade.ConfirmedByReceiver, Role.VictimSpecialist));
        (await house.WithDbAsync(db => intake.ClearedAtAsync(db, id, CancellationToken.None))).ShouldBe(Given.Noon);
        var page = (await house.DoAsync<ShowMissing.Request, ShowMissing.Page>(specialist, new(id))).Value;
        page.Cleared!.Says.ShouldBe("located, safe");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_child_found_a_second_time_is_cleared_a_second_time_and_the_first_stays_as_it_was(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var id = (await house.ReceiveAsync(Given.Line(Given.Entry(Nic)))).Entries.Single();
        var specialist = await house.PersonAsync(Role.VictimSpecialist, "KC", "KC-01");
        await LocateAsync(house, specialist, id);
        (await ConfirmAsync(house, specialist, id)).IsDone.ShouldBeTrue();
        await house.PassAsync(TimeSpan.FromDays(30));
        await house.ReceiveAsync(Given.Line(Given.Entry(Nic, Given.Noon.AddDays(30)), 2));
        var page = await ShowAsync(house, specialist, id);
        (page.State, page.Cleared, page.Before.Single().Cleared.Single().ConfirmedAt).ShouldBe((EntryState.Entered, null, Given.Noon));
        var intake = house.Services.GetRequiredService<IIntake>();
        (await house.WithDbAsync(db => intake.ClearedAtAsync(db, id, CancellationToken.None))).ShouldBeNull("she is missing again");

        await LocateAsync(house, specialist, id);
        page = await ShowAsync(house, specialist, id);
        (page.State, page.Cleared!.WrittenAt, page.Cleared.ConfirmedAt).ShouldBe((EntryState.Located, Given.Noon.AddDays(30), null));
        (await DutiesAsync(house, "clear-entry")).Select(duty => (duty.State, duty.StartsAt)).ShouldBe([(DutyState.Met, Given.Noon), (DutyState.Open, Given.Noon.AddDays(30))]);
        (await ConfirmAsync(house, specialist, id)).IsDone.ShouldBeTrue();
        (await ConfirmAsync(house, specialist, id)).Problem.Code.ShouldBe("already-confirmed");
        (await GistAsync(house)).State.ShouldBe(EntryState.Cleared);
        (await DutiesAsync(house, "clear-entry")).ShouldAllBe(duty => duty.State == DutyState.Met);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_clearing_that_is_confirmed_after_the_child_went_missing_again_takes_nothing_out(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var id = (await house.ReceiveAsync(Given.Line(Given.Entry(Nic)))).Entries.Single();
        var specialist = await house.PersonAsync(Role.VictimSpecialist, "KC", "KC-01");
        await LocateAsync(house, specialist, id);
        await house.PassAsync(TimeSpan.FromDays(1));
        await house.ReceiveAsync(Given.Line(Given.Entry(Nic, Given.Noon.AddDays(1)), 2));
        (await ConfirmAsync(house, specialist, id)).IsDone.ShouldBeTrue();
        var page = await ShowAsync(house, specialist, id);
        (page.State, page.Cleared, page.Before.Single().Cleared.Single().ConfirmedAt).ShouldBe((EntryState.Entered, null, Given.Noon.AddDays(1)));

        // Where both wait, each is confirmed by itself.
        await house.ReceiveAsync(Given.Line(Given.Entry("M100000002", Given.Noon), 3));
        var other = await house.WithDbAsync(db => db.Set<Entry>().Where(row => row.Nic == "M100000002").Select(row => row.Id).SingleAsync());
        await LocateAsync(house, specialist, other);
        await house.PassAsync(TimeSpan.FromDays(1));
        await house.ReceiveAsync(Given.Line(Given.Entry("M100000002", Given.Noon.AddDays(2)), 4));
        await LocateAsync(house, specialist, other);
        (await ConfirmAsync(house, specialist, other, (await ShowAsync(house, specialist, other)).Before.Single().Cleared.Single().Version)).IsDone.ShouldBeTrue();
        page = await ShowAsync(house, specialist, other);
        (page.State, page.Cleared!.ConfirmedAt).ShouldBe((EntryState.Located, null));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Missing_from_foster_care_again_without_a_case_opens_a_duty_again_and_the_page_says_what_the_book_says(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        house.Clock.DriveTo(Given.Noon.AddDays(60));
        var foster = Given.Entry(Nic) with { Custody = Custody.Foster, NcmecCase = null };
        var id = (await house.ReceiveAsync(Given.Line(foster, 1))).Entries.Single();
        var officer = await house.PersonAsync(Role.National);
        (await ShowAsync(house, officer, id)).Ncmec!.State.ShouldBe(DutyState.Open);
        await house.ReceiveAsync(Given.Line(foster with { Received = Given.Noon.AddDays(1), Status = EntryStatus.Modified, NcmecCase = "7770001" }, 2));
        (await ShowAsync(house, officer, id)).Ncmec.ShouldBeNull();
        await house.ReceiveAsync(Given.Line(foster with { Received = Given.Noon.AddDays(2), Status = EntryStatus.Cleared, NcmecCase = "7770001" }, 3));
        await house.ReceiveAsync(Given.Line(foster with { Received = Given.Noon.AddDays(50) }, 4));
        (await DutiesAsync(house, "tell-ncmec")).Select(duty => duty.State).ShouldBe([DutyState.Met, DutyState.Open]);
        (await ShowAsync(house, officer, id)).Ncmec!.State.ShouldBe(DutyState.Open);
        // A further message of the same time opens none, nor does an older one of it.
        await house.ReceiveAsync(Given.Line(foster with { Received = Given.Noon.AddDays(51), Status = EntryStatus.Modified }, 5), Given.Line(foster with { Received = Given.Noon.AddDays(49) }, 6));
        (await DutiesAsync(house, "tell-ncmec")).Count.ShouldBe(2);

        // The supervisor's word is not the case's.
        var open = (await DutiesAsync(house, "tell-ncmec"))[1];
        (await house.DoAsync<WaiveDuty.Request, Done>(await house.PersonAsync(Role.Supervisor), new(open.Id, "told by the state, on record there"))).IsDone.ShouldBeTrue();
        (await ShowAsync(house, officer, id)).Ncmec!.State.ShouldBe(DutyState.Waived);
        // One that was cleared before it came here never had a duty.
        var cleared = (await house.ReceiveAsync(Given.Line(foster with { Nic = "M100000002", Status = EntryStatus.Cleared }, 7))).Entries.Single();
        (await ShowAsync(house, officer, cleared)).Ncmec.ShouldBe(new ShowMissing.NcmecTelling(null, null));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_clocks_of_a_child_entered_anew_run_from_the_new_entry_in_whatever_order_messages_come(DatabaseKind kind)
    {
        var (first, cleared) = (Given.Entry(Nic), Given.Entry(Nic, Given.Noon.AddDays(20)) with { Status = EntryStatus.Cleared });
        var (again, edited) = (Given.Entry(Nic, Given.Noon.AddDays(100)), Given.Entry(Nic, Given.Noon.AddDays(101)) with { Status = EntryStatus.Modified });
        MissingChildEntry[][] orders = [[first, cleared, again, edited], [edited, again, first, cleared], [cleared, edited, again, first], [again, cleared, first, edited]];
        foreach (var order in orders)
        {
            await using var house = await Given.HouseAsync(kind);
            house.Clock.DriveTo(Given.Noon.AddDays(102));
            foreach (var message in order) await house.ReceiveAsync(Given.Line(message));
            var officer = await house.PersonAsync(Role.Officer, "KC", "KC-01");
            var id = await house.WithDbAsync(db => db.Set<Entry>().Select(row => row.Id).SingleAsync());
            var page = await ShowAsync(house, officer, id);
            var said = string.Join(",", order.Select(one => one.Received.DayOfYear));
            (page.State, page.Clock.EnteredAt, page.Before.Single().Clock.EnteredAt, page.Before.Single().EndedAt).ShouldBe(
                (EntryState.Modified, Given.Noon.AddDays(100), Given.Noon, Given.Noon.AddDays(20)), said);
            page.Gaps.Single(gap => gap.What == "dental records").ShouldBe(new("dental records", Given.Noon.AddDays(130), false), said);
            (await house.DoAsync<ListMissing.Request, ListMissing.Page>(officer, new())).Value.Rows.Single().ReceivedAt.ShouldBe(Given.Noon.AddDays(100), said);
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task When_the_agency_was_told_is_recorded_for_each_time_that_the_child_is_missing(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var id = (await house.ReceiveAsync(Given.Line(Given.Entry(Nic)))).Entries.Single();
        var officer = await house.PersonAsync(Role.Officer, "KC", "KC-01");
        (await TellAsync(Given.Noon.AddHours(-3))).IsDone.ShouldBeTrue();
        await house.PassAsync(TimeSpan.FromDays(100));
        await house.ReceiveAsync(
            Given.Line(Given.Entry(Nic, Given.Noon.AddDays(20)) with { Status = EntryStatus.Cleared }, 2), Given.Line(Given.Entry(Nic, Given.Noon.AddDays(100)), 3));
        (await ShowAsync(house, officer, id)).Clock.ShouldSatisfyAllConditions(clock => clock.ToldAt.ShouldBeNull(), clock => clock.IsLate.ShouldBeFalse());
        (await TellAsync(Given.Noon.AddDays(100).AddMinutes(1))).Problem.Code.ShouldBe("told-after-entry");
        (await TellAsync(Given.Noon.AddDays(100).AddHours(-1))).IsDone.ShouldBeTrue();
        var page = await ShowAsync(house, officer, id);
        (page.Clock.ToldAt, page.Clock.IsLate).ShouldBe((Given.Noon.AddDays(100).AddHours(-1), false));
        page.Before.Single().Clock.ShouldSatisfyAllConditions(clock => clock.ToldAt.ShouldBe(Given.Noon.AddHours(-3)), clock => clock.LateBy.ShouldBe(TimeSpan.FromHours(1)));

        async Task<Result<NoteAgencyTold.Receipt>> TellAsync(DateTimeOffset at) => await house.DoAsync<NoteAgencyTold.Request, NoteAgencyTold.Receipt>(
            officer, new(id, at, (await ShowAsync(house, officer, id)).Revision));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_a_record_lacks_is_shown_to_the_office_of_the_agency_and_by_when_it_is_added(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var id = (await house.ReceiveAsync(Given.Line(Given.Entry(Nic)))).Entries.Single();
        var officer = await house.PersonAsync(Role.Officer, "KC", "KC-01");
        async Task<IReadOnlyList<ShowMissing.Gap>> GapsAsync(Actor? by = null) => (await house.DoAsync<ShowMissing.Request, ShowMissing.Page>(by ?? officer, new(id))).Value.Gaps;
        var by = Given.Noon.AddDays(30);
        (await GapsAsync()).ShouldBe(
        [
            new("birth date", null, false), new("race", null, false), new("weight", null, false), new("eye color", null, false), new("hair color", null, false),
            new("photograph", by, false), new("dental records", by, false), new("medical records", by, false),
        ]);

        // A photograph of 181 days before the entry is too old, one of 180 days is not; "on file: no" is not on file.
        var whole = Given.Entry(Nic, Given.Noon.AddHours(1)) with
        {
            Status = EntryStatus.Modified, Born = PartialDate.Of(new(2004, 3, 1)), Race = "W", Eyes = "BRO", Hair = "BLN", WeightLbMin = 110, WeightLbMax = 115,
            PhotoTaken = PartialDate.Of(new(2019, 1, 1)), Dental = Stated.No, Medical = Stated.Yes,
        };
        await house.ReceiveAsync(Given.Line(whole, 2));
        (await GapsAsync()).ShouldBe([new("newer photograph", by, false), new("dental records", by, false)]);
        await house.ReceiveAsync(Given.Line(whole with { Received = Given.Noon.AddHours(2), PhotoTaken = PartialDate.Of(new(2019, 1, 2)), Dental = Stated.Yes }, 3));
        (await GapsAsync()).ShouldBeEmpty();
        await house.ReceiveAsync(Given.Line(whole with { Received = Given.Noon.AddHours(2).AddMinutes(1), PhotoTaken = PartialDate.Of(new(2019, 1, 2)) }, 6));
        await house.PassAsync(TimeSpan.FromDays(30));
        (await GapsAsync()).ShouldBe([new("dental records", by, false)]);
        await house.PassAsync(TimeSpan.FromSeconds(1));
        (await GapsAsync()).ShouldBe([new("dental records", by, true)]);

        var analyst = await house.PersonAsync(Role.Analyst);
        // An entry of nothing lacks all of it; of one that was taken out nothing is asked.
        await house.ReceiveAsync(Given.Line(new MissingChildEntry { Received = Given.Noon.AddHours(3), Status = EntryStatus.Entered, Nic = Nic, Ori = "XX0000001", LastSeen = new EntryPlace(null, "MO", null, null) }, 4));
        (await GapsAsync(analyst)).Where(gap => gap.DueAt is null).Select(gap => gap.What).ShouldBe(
            ["name", "birth date", "sex", "race", "height", "weight", "eye color", "hair color", "date of last contact", "place of last contact", "category"]);
        await house.ReceiveAsync(Given.Line(new MissingChildEntry { Received = Given.Noon.AddHours(4), Status = EntryStatus.Cleared, Nic = Nic, Ori = "XX0000001", LastSeen = new EntryPlace("Kansas City", "MO", null, null) }, 5));
        (await GapsAsync(analyst)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Entries_whose_record_lacks_something_are_listed_with_it_the_most_pressing_first(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        MissingChildEntry Whole(int number, int day) => Given.Entry($"M10000000{number}", Given.Noon.AddDays(day)) with
        {
            Born = PartialDate.Of(new(2004, 3, 1)), Race = "W", Eyes = "BRO", Hair = "BLN", WeightLbMin = 110, WeightLbMax = 115, PhotoTaken = PartialDate.Of(new(2019, 6, 1)),
            Dental = Stated.Yes, Medical = Stated.Yes, AtRisk = number == 3 ? Stated.No : Stated.Yes,
        };
        house.Clock.DriveTo(Given.Noon.AddDays(11));
        await house.ReceiveAsync(
            Given.Line(Whole(1, 0), 1), Given.Line(Whole(2, 1) with { Dental = Stated.No }, 2), Given.Line(Whole(3, 2) with { Medical = Stated.No, Race = null }, 3),
            Given.Line(Whole(4, 10) with { Dental = Stated.No }, 4), Given.Line(Whole(5, 11) with { Eyes = null }, 5), Given.Line(Whole(6, 9) with { Eyes = null }, 6),
            Given.Line(Whole(7, 3) with { Eyes = null, LastSeen = new EntryPlace("Denver", "CO", null, null) }, 7), Given.Line(Whole(8, -1) with { Status = EntryStatus.Cleared, Eyes = null }, 8));
        var officer = await house.PersonAsync(Role.Officer, "KC", "KC-01");
        await house.PassAsync(TimeSpan.FromDays(22));

        // The second is past its day for longer than the third, which owes more; the fifth and the sixth owe what was asked for at entry.
        (await ListAsync(GapFilter.Pressing)).ShouldBe("23654");
        (await ListAsync(GapFilter.Lacking)).ShouldBe("54632");
        (await ListAsync(GapFilter.Late)).ShouldBe("23");
        (await ListAsync(null)).ShouldBe("5463218");
        (await ListAsync(GapFilter.Pressing, by: await house.PersonAsync(Role.Analyst))).ShouldBe("237654");
        (await ListAsync(GapFilter.Pressing, new(AtRisk: true))).ShouldBe("2654");
        (await ListAsync(GapFilter.Pressing, new(From: 2))).ShouldBe("654");
        var rows = (await house.DoAsync<ListMissing.Request, ListMissing.Page>(officer, new(Gaps: GapFilter.Pressing))).Value;
        rows.Total.ShouldBe(5);
        rows.Rows[1].Gaps.ShouldBe([new("race", null, false), new("medical records", Given.Noon.AddDays(32), true)]);
        (await house.DoAsync<ListMissing.Request, ListMissing.Page>(officer, new())).Value.Rows.Where(row => row.Gaps.Count == 0).Select(row => row.Nic[^1..]).ShouldBe(["1", "8"]);

        async Task<string> ListAsync(GapFilter? gaps, ListMissing.Request? request = null, Actor? by = null) =>
            string.Concat((await house.DoAsync<ListMissing.Request, ListMissing.Page>(by ?? officer, (request ?? new()) with { Gaps = gaps })).Value.Rows.Select(row => row.Nic[^1]));
    }

    [Fact]
    public async Task The_two_hour_clock_is_shown_only_when_its_start_is_known_and_stays_late_for_ever()
    {
        await using var house = await Given.HouseAsync();
        var id = (await house.ReceiveAsync(Given.Line(Given.Entry(Nic)))).Entries.Single();
        var officer = await house.PersonAsync(Role.Officer, "KC", "KC-01");
        var page = (await house.DoAsync<ShowMissing.Request, ShowMissing.Page>(officer, new(id))).Value;
        page.Clock.ToldAt.ShouldBeNull();
        (await house.DoAsync<NoteAgencyTold.Request, NoteAgencyTold.Receipt>(officer, new(id, Given.Noon.AddMinutes(-121), page.Revision))).IsDone.ShouldBeTrue();
        (await house.DoAsync<NoteAgencyTold.Request, NoteAgencyTold.Receipt>(officer, new(id, Given.Noon.AddMinutes(-30), page.Revision)))
            .Problem.Details!["theirs"].ShouldBe("2019-07-01T09:59:00Z");
        await house.PassAsync(TimeSpan.FromDays(400));
        page = (await house.DoAsync<ShowMissing.Request, ShowMissing.Page>(officer, new(id))).Value;
        page.Clock.IsLate.ShouldBeTrue();

        // A correction stands beside what was recorded before it, with who and when; late once is late for ever.
        var analyst = await house.PersonAsync(Role.Analyst);
        (await house.DoAsync<NoteAgencyTold.Request, NoteAgencyTold.Receipt>(analyst, new(id, Given.Noon.AddMinutes(-30), page.Revision))).IsDone.ShouldBeTrue();
        var clock = (await house.DoAsync<ShowMissing.Request, ShowMissing.Page>(officer, new(id))).Value.Clock;
        (clock.ToldAt, clock.IsLate, clock.LateBy).ShouldBe((Given.Noon.AddMinutes(-30), true, TimeSpan.FromMinutes(1)));
        clock.Recorded.ShouldBe(
            [new(Given.Noon.AddMinutes(-121), officer.Name, Given.Noon, TimeSpan.FromMinutes(1)), new(Given.Noon.AddMinutes(-30), analyst.Name, Given.Noon.AddDays(400), null)]);
        (await house.WithDbAsync(db => db.Set<Foundations.Audit.AuditEntry>().Where(row => row.Action == "intake.agency-told" && row.Codes != "").OrderBy(row => row.At).ThenBy(row => row.Seq).Select(row => row.Codes).ToListAsync()))
            .ShouldBe(["agency-told=2019-07-01T09:59:00Z;before=not-recorded", "agency-told=2019-07-01T11:30:00Z;before=2019-07-01T09:59:00Z"]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_office_sees_the_entries_of_its_territory_and_nothing_of_others(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var abroad = Given.Entry("M100000002") with { LastSeen = new EntryPlace("Denver", "CO", null, null), NcmecCase = "7654321" };
        var ids = (await house.ReceiveAsync(Given.Line(Given.Entry(Nic)), Given.Line(abroad, 2))).Entries;
        var officer = await house.PersonAsync(Role.Officer, "KC", "KC-01");
        (await house.DoAsync<ListMissing.Request, ListMissing.Page>(officer, new())).Value.Rows.Single().Nic.ShouldBe(Nic);
        (await house.DoAsync<ListMissing.Request, ListMissing.Page>(officer, new(Q: "7654321"))).Value.Total.ShouldBe(0);
        (await house.DoAsync<ShowMissing.Request, ShowMissing.Page>(officer, new(ids[1]))).Problem.Kind.ShouldBe(ProblemKind.NotFound);
        var analyst = await house.PersonAsync(Role.Analyst);
        (await house.DoAsync<ListMissing.Request, ListMissing.Page>(analyst, new(Q: "QUÉNNEVILLE"))).Value.Total.ShouldBe(2);
        (await house.DoAsync<ListMissing.Request, ListMissing.Page>(analyst, new(State: EntryState.Entered, AtRisk: true, Office: "DN"))).Value.Total.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_name_finds_every_entry_newest_first_and_paging_reaches_the_last(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        house.Clock.DriveTo(Given.Noon.AddDays(2));
        RawLine[] lines = [.. Enumerable.Range(0, 1_105).Select(number => Given.Line(
            Given.Entry($"M1{number:D8}", Given.Noon.AddMinutes(number)) with { Names = [new EntryName("Ada", number % 10 == 0 ? "Other" : "Quenneville")], NcmecCase = null }, number + 1))];
        (await house.ReceiveAsync([.. lines.Reverse()])).New.ShouldBe(1_105);
        await house.ReceiveAsync(Given.Line(Given.Entry("M200000000", Given.Noon.AddHours(-1)) with { Status = EntryStatus.Cleared }, 1_106));
        var analyst = await house.PersonAsync(Role.Analyst);
        foreach (var (gaps, total) in new[] { ((GapFilter?)null, 1_106), (GapFilter.Lacking, 1_105) })
        {
            var nics = new List<string>();
            while (true)
            {
                var page = (await house.DoAsync<ListMissing.Request, ListMissing.Page>(analyst, new(Q: "a", From: nics.Count, Gaps: gaps))).Value;
                page.Total.ShouldBe(total);
                if (page.Rows.Count == 0) break;
                nics.AddRange(page.Rows.Select(row => row.Nic));
            }
            nics.ShouldBe([.. Enumerable.Range(0, 1_105).Reverse().Select(number => $"M1{number:D8}"), .. gaps is null ? ["M200000000"] : Array.Empty<string>()]);
        }
        (await house.DoAsync<ListMissing.Request, ListMissing.Page>(analyst, new(Q: "other"))).Value.Total.ShouldBe(111);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_place_of_last_contact_is_all_that_is_stated_of_it(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        EntryPlace?[] places = [new(null, null, null, "29095"), new("Kansas City", "MO", "64106", "29095"), new(null, "MO", null, "99999"), null];
        var ids = (await house.ReceiveAsync([.. places.Select((place, number) => Given.Line(Given.Entry($"M10000000{number}") with { LastSeen = place }, number + 1))])).Entries;
        var national = await house.PersonAsync(Role.National);
        var shown = new List<string?>();
        foreach (var id in ids) shown.Add((await house.DoAsync<ShowMissing.Request, ShowMissing.Page>(national, new(id))).Value.LastSeen);
        shown.ShouldBe(["Jackson County MO (29095)", "Kansas City, MO, 64106, Jackson County (29095)", "MO, county 99999", null]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Signs_alone_are_no_part_of_a_name(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await house.ReceiveAsync(Given.Line(Given.Entry(Nic)));
        var analyst = await house.PersonAsync(Role.Analyst);
        foreach (var signs in (string[])["%", "_", "*", "'", "\\"])
        {
            (await house.DoAsync<ListMissing.Request, ListMissing.Page>(analyst, new(Q: signs))).Value.Total.ShouldBe(0, signs);
            (await house.DoAsync<ListMissing.Request, ListMissing.Page>(analyst, new(Q: signs, Gaps: GapFilter.Lacking))).Value.Total.ShouldBe(0, signs);
        }
        var intake = house.Services.GetRequiredService<IIntake>();
        foreach (var word in (string[])["%", "_", "%%%"])
            (await house.WithDbAsync(db => intake.EntriesSayingAsync(db, [word], 10, CancellationToken.None))).ShouldBeEmpty(word);
    }

    [Fact]
    public async Task Of_a_child_s_telephones_each_in_one_field_is_kept_and_a_local_one_as_it_came()
    {
        await using var house = await Given.HouseAsync();
        var id = (await house.ReceiveAsync(Given.Line(Given.Entry(Nic) with { Phones = ["8165550100 / 8165550101", "555-0177"] }))).Entries.Single();
        var analyst = await house.PersonAsync(Role.Analyst);
        (await house.DoAsync<ShowMissing.Request, ShowMissing.Page>(analyst, new(id))).Value.Phones.ShouldBe(["+18165550100", "+18165550101", "555-0177"]);
    }

    [Fact]
    public async Task The_children_sought_are_those_marked_at_risk_by_then()
    {
        await using var house = await Given.HouseAsync();
        house.Clock.DriveTo(Given.Noon.AddDays(1));
        await house.ReceiveAsync(
            Given.Line(Given.Entry(Nic)), Given.Line(Given.Entry("M100000002", Given.Noon.AddDays(1)), 2),
            Given.Line(Given.Entry("M100000003") with { AtRisk = Stated.No }, 3));
        var intake = house.Services.GetRequiredService<IIntake>();
        (await house.WithDbAsync(db => intake.SoughtAsync(db, Given.Noon, CancellationToken.None))).Count.ShouldBe(1);
        (await house.WithDbAsync(db => intake.SoughtAsync(db, Given.Noon.AddDays(2), CancellationToken.None))).Count.ShouldBe(2);
    }

    private static async Task<EntryGist> GistAsync(TestHouse house) =>
        (await house.WithDbAsync(db => house.Services.GetRequiredService<IIntake>().EntryByNicAsync(db, Nic, CancellationToken.None)))!;

    /// <summary>Runs what a later stage does inside its own act, through a use case of the test.</summary>
    private static async Task ActAsync(TestHouse house, Actor actor, Func<Act, Task> what) =>
        (await house.DoAsync<LaterStage.Request, Done>(actor, new(what))).IsDone.ShouldBeTrue();

    private static async Task<ShowMissing.Page> ShowAsync(TestHouse house, Actor actor, EntryId id) => (await house.DoAsync<ShowMissing.Request, ShowMissing.Page>(actor, new(id))).Value;

    private static Task LocateAsync(TestHouse house, Actor actor, EntryId id) =>
        ActAsync(house, actor, act => house.Services.GetRequiredService<IIntake>().NoteLocatedAsync(act, id, act.Now, CancellationToken.None));

    private static Task<Result<ConfirmCleared.Receipt>> ConfirmAsync(TestHouse house, Actor actor, EntryId id, int? version = null) => house.DoAsync<ConfirmCleared.Request, ConfirmCleared.Receipt>(
        actor, new(id, SuspectAtRecipient: false, null, "desk sergeant, by phone, 17", "case desk, 18", Version: version));

    private static Task<List<Duty>> DutiesAsync(TestHouse house, string rule) => house.WithDbAsync(db => db.Set<Duty>().AsNoTracking().Where(row => row.Rule == rule).OrderBy(row => row.Key).ToListAsync());
}
