using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Foundations.Access;
using Homeward.Foundations.Audit;
using Homeward.Foundations.Duties;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Intake.Tests;

/// <summary>What an older extractor drew is drawn anew out of the same bytes, and the difference is kept and shown.</summary>
public sealed class ReextractTests
{
    private const string Plate = "123ABC";
    public static TheoryData<DatabaseKind> Databases => Given.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_drawn_anew_replaces_the_rows_and_the_difference_stands_on_the_report(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var (older, same) = await OlderAsync(house);
        var before = await house.WithDbAsync(db => db.Set<ReportVersion>().AsNoTracking().SingleAsync(row => row.Id == older));
        // A preview says it, and changes nothing.
        var preview = await RunAsync(house, preview: true);
        (preview.Versions, preview.Differ, preview.Unread.Count).ShouldBe((4, 1, 0));
        preview.Changes.ShouldBe(new Dictionary<string, int> { ["field urgency claimed: other"] = 1, ["identifier plate: new"] = 1, ["person victim: other"] = 1 }, ignoreOrder: true);
        (await PlatesAsync(house, older)).ShouldBe(0);

        (await RunAsync(house)).Changes.ShouldBe(preview.Changes, ignoreOrder: true);
        (await PlatesAsync(house, older)).ShouldBe(1);
        (await house.PartsAsync(older)).ShouldHaveSingleItem().Persons.Count(person => person.Family == "Quenneville").ShouldBe(1);
        var after = await house.WithDbAsync(db => db.Set<ReportVersion>().AsNoTracking().SingleAsync(row => row.Id == older));
        (after.Extractor, after.Sha256, after.ReceivedAt, after.PreserveUntil, after.BlockId, after.EscalationClaimed)
            .ShouldBe((Extractor.Version, before.Sha256, before.ReceivedAt, before.PreserveUntil, before.BlockId, true));
        // What is now seen to claim danger alerts, as it would have when it came.
        (await house.WithDbAsync(db => db.Set<Duty>().CountAsync(row => row.Rule == "alert-imminent"))).ShouldBe(1);

        var analyst = await house.PersonAsync(Role.Analyst);
        await house.DoAsync<OpenReport.Request, OpenReport.Receipt>(analyst, new(older));
        var shown = (await house.DoAsync<ShowReport.Request, ShowReport.Page>(analyst, new(older))).Value;
        (shown.Versions.Count, shown.Extractor).ShouldBe((1, Extractor.Version));
        var extraction = shown.Extractions.ShouldHaveSingleItem();
        (extraction.Before, extraction.Extractor).ShouldBe((1, Extractor.Version));
        extraction.Changes.ShouldContain(change => change.What == "identifier" && change.Kind == "plate" && change.Before == null && change.After!.StartsWith(Plate, StringComparison.Ordinal) && change.Path.Length > 0);
        extraction.Changes.ShouldContain(change => change.What == "person" && change.Before!.Contains("Quinneville", StringComparison.Ordinal) && change.After!.Contains("Quenneville", StringComparison.Ordinal));
        await house.DoAsync<OpenReport.Request, OpenReport.Receipt>(analyst, new(same));
        (await house.DoAsync<ShowReport.Request, ShowReport.Page>(analyst, new(same))).Value.Extractions.ShouldBeEmpty();
        (await house.WithDbAsync(db => db.Set<AuditEntry>().CountAsync(entry => entry.Codes.StartsWith("reextracted=1-")))).ShouldBe(1);
        // There is nothing left for the next run.
        (await RunAsync(house)).ShouldSatisfyAllConditions(run => run.Versions.ShouldBe(0), run => run.Last.ShouldBeNull());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_run_that_is_stopped_between_two_steps_goes_on_and_draws_nothing_twice(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await OlderAsync(house);
        var first = await StepAsync(house, new(null, false, Max: 1));
        (first.Versions, first.Differ).ShouldBe((1, 1));
        // Begun again without a word of where it was.
        var rest = await RunAsync(house);
        (rest.Versions, rest.Differ).ShouldBe((3, 0));
        (await house.WithDbAsync(db => db.Set<ReportExtraction>().CountAsync())).ShouldBe(1);
        (await house.WithDbAsync(db => db.Set<ReportVersion>().CountAsync(row => row.Extractor != Extractor.Version))).ShouldBe(0);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_the_reader_no_longer_takes_stays_as_it_is_and_is_named_and_the_rest_goes_on(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var (older, _) = await OlderAsync(house);
        // As if its form were read by a reader that takes nothing of it.
        await house.WithDbAsync(db => db.Set<ReportVersion>().Where(row => row.Id == older).ExecuteUpdateAsync(set => set.SetProperty(row => row.Form, ReportForm.AgencyJson)));
        var run = await RunAsync(house);
        (run.Versions, run.Differ).ShouldBe((4, 0));
        run.Unread.ShouldBe(["100200300"]);
        (await house.WithDbAsync(db => db.Set<ReportVersion>().SingleAsync(row => row.Extractor == 1))).Id.ShouldBe(older);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_report_is_found_by_words_that_only_the_newer_extractor_read_and_its_neighbours_by_theirs(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        RawOriginal Saying(string number, string text) => Given.Xml(number, but: report => report with { Texts = [new FreeText(TextKind.ReportInfo, text)] });
        var ids = (await house.ReceiveAsync(Saying("100200300", "A grey Quorvelle."), Saying("100200301", "Room 214."), Saying("100200302", "Room 215."))).Reports;
        // As an older extractor left them, that did not see the first one's text.
        await house.WithDbAsync(async db =>
        {
            var (block, row) = ((await db.Set<ReportVersion>().Select(version => version.BlockId).Distinct().ToListAsync()).ShouldHaveSingleItem(), TextWords.HashesOf(["Room 214 215"]));
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.Set<OriginalWords>().ExecuteDeleteAsync();
            await house.Services.GetRequiredService<TextSearch>().KeepAsync(db, [new(block, ids[1], 1, row), new(block, ids[2], 1, row)], CancellationToken.None);
            await db.Set<ReportVersion>().Where(version => version.Id != ids[2]).ExecuteUpdateAsync(set => set.SetProperty(version => version.Extractor, 1));
            await transaction.CommitAsync();
            return 0;
        });
        (await FoundAsync(house, "quorvelle")).ShouldBeEmpty();
        (await RunAsync(house, preview: true)).Versions.ShouldBe(2);
        (await FoundAsync(house, "quorvelle")).ShouldBeEmpty();

        await RunAsync(house);
        (await FoundAsync(house, "quorvelle")).ShouldBe([ids[0]]);
        (await FoundAsync(house, "214")).ShouldBe([ids[1]]);
        (await FoundAsync(house, "215")).ShouldBe([ids[2]], "which nobody read anew");
        (await house.WithDbAsync(db => db.Set<OriginalWords>().SingleAsync())).Drawn.ShouldBe(2);
        // Where the words are the same nothing is written.
        await house.WithDbAsync(db => db.Set<ReportVersion>().ExecuteUpdateAsync(set => set.SetProperty(version => version.Extractor, 1)));
        await RunAsync(house);
        (await house.WithDbAsync(db => db.Set<OriginalWords>().SingleAsync())).Drawn.ShouldBe(2);
    }

    private static async Task<IEnumerable<ReportId>> FoundAsync(TestHouse house, string word) => (await house.WithDbAsync(
        db => house.Services.GetRequiredService<IIntake>().ReportsSayingAsync(db, [word], 10, from: null, CancellationToken.None))).Found.Select(one => one.Report);

    [Fact]
    public async Task The_difference_goes_with_its_report()
    {
        await using var purge = await PurgeHouse.OpenAsync(DatabaseKind.Sqlite);
        var (older, _) = await OlderAsync(purge.House);
        await RunAsync(purge.House);
        await purge.House.WithDbAsync(db => db.Set<Duty>().ExecuteUpdateAsync(set => set.SetProperty(duty => duty.State, DutyState.Waived)));
        purge.Uses.Say(older, ReportEnd.NoNexus, Given.Noon);
        purge.Now(Given.Noon.AddYears(2));
        (await purge.PurgeAsync()).Holds.ShouldBeTrue();
        (await purge.House.WithDbAsync(db => db.Set<ReportExtraction>().CountAsync())).ShouldBe(0);
    }

    /// <summary>Four reports in their forms, as an older extractor left them: of one the plate, the right name and the claim of urgency are missing.</summary>
    private static async Task<(ReportId Older, ReportId Same)> OlderAsync(TestHouse house)
    {
        var ids = (await house.ReceiveAsync(
            Given.Xml("100200300", but: report => report with { EscalationClaimed = true, Texts = [.. report.Texts, new FreeText(TextKind.EscalationReason, "narrative withheld"), new FreeText(TextKind.Vehicle, "van, plate 123 ABC", 0)] }),
            Given.Json("100200301"), Given.Xml("100200302", "(816) 555-0101"))).Reports;
        await house.ReceiveAsync(Given.Json("100200301", "(816) 555-0177"));
        await house.WithDbAsync(async db =>
        {
            await db.Set<ReportVersion>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Extractor, 1));
            await db.Set<ReportVersion>().Where(row => row.Id == ids[0]).ExecuteUpdateAsync(set => set.SetProperty(row => row.EscalationClaimed, false));
            return await db.Set<Duty>().ExecuteDeleteAsync();
        });
        await house.AlterPartsAsync(version => version.Id == ids[0], parts => parts with
        {
            Persons = [.. parts.Persons.Select(person => person.Family == "Quenneville" ? person with { Family = "Quinneville" } : person)],
            Identifiers = [.. parts.Identifiers.Where(one => one.Kind != "plate")],
        });
        return (ids[0], ids[1]);
    }

    /// <summary>In how many versions of the report the plate stands and is found.</summary>
    private static async Task<int> PlatesAsync(TestHouse house, ReportId id)
    {
        var found = await house.WithDbAsync(db => db.Set<ReportIdentifierRow>().CountAsync(row => row.ReportId == id && row.Look == Look.Of("plate", Plate)));
        (await house.PartsAsync(id)).Count(parts => parts.Holding("plate", Plate).Any()).ShouldBe(found);
        return found;
    }

    private static async Task<ReextractReports.Receipt> StepAsync(TestHouse house, ReextractReports.Request request) =>
        (await house.DoAsync<ReextractReports.Request, ReextractReports.Receipt>(Actor.House, request)).Value;

    /// <summary>To the end, two reports a step.</summary>
    private static async Task<ReextractReports.Receipt> RunAsync(TestHouse house, bool preview = false)
    {
        var all = new ReextractReports.Receipt(0, null, 0, 0, new Dictionary<string, int>(), []);
        ReportId? last = null;
        do
        {
            var step = await StepAsync(house, new(last, preview, Max: 2));
            last = step.Last;
            all = new(step.Extractor, null, all.Versions + step.Versions, all.Differ + step.Differ,
                all.Changes.Concat(step.Changes).GroupBy(one => one.Key).ToDictionary(group => group.Key, group => group.Sum(one => one.Value)), [.. all.Unread, .. step.Unread]);
        }
        while (last is not null);
        return all;
    }
}
