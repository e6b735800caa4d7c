using System.Security.Cryptography;
using Homeward.Exchange.CyberTips;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Intake.Model;
using Homeward.Intake.Providers;
using Homeward.Intake.Reading;
using Homeward.Intake.Retention;
using Homeward.Kernel;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Intake.Tests;

/// <summary>What was changed, cut or deleted behind the house's back is told by name, and stands in nobody's way.</summary>
public sealed class ContentsTests
{
    private const string Damaged = "does not open: what is stored was changed or damaged.";
    public static TheoryData<DatabaseKind> Databases => Given.Databases;

    private static RawOriginal Saying(string number, string text) =>
        Given.Xml(number, but: report => report with { Texts = [new FreeText(TextKind.ReportInfo, text)] });

    private static Task<VerifyContents.Verdict> CheckAsync(TestHouse house) =>
        house.Services.GetRequiredService<VerifyContents>().CheckAsync(_ => { }, CancellationToken.None);

    private static async Task<IEnumerable<string>> FaultsAsync(TestHouse house) => (await CheckAsync(house)).Faults.Select(fault => $"{fault.Where}: {fault.What}");

    private static string Name(Guid block) => $"block {StrongId.Text(block)}";

    /// <summary>Three reports in two blocks: the first two lie together.</summary>
    private static async Task<(IReadOnlyList<ReportId> Reports, Guid First, Guid Second)> StoredAsync(TestHouse house)
    {
        var reports = (await house.ReceiveAsync(Saying("100200300", "A grey Quorvelle."), Saying("100200301", "Room 214."))).Reports
            .Concat((await house.ReceiveAsync(Saying("100200302", "A red Quorvelle."))).Reports).ToList();
        return (reports, await BlockAsync(house, reports[0]), await BlockAsync(house, reports[2]));
    }

    private static Task<Guid> BlockAsync(TestHouse house, ReportId report) =>
        house.WithDbAsync(db => db.Set<ReportVersion>().Where(row => row.Id == report).Select(row => row.BlockId).FirstAsync());

    private static Task PlantAsync(TestHouse house, Guid block, Func<byte[], byte[]> change) => house.WithDbAsync(async db =>
    {
        var sealedBytes = await db.Set<OriginalBlock>().Where(row => row.Id == block).Select(row => row.Sealed).SingleAsync();
        return await db.Set<OriginalBlock>().Where(row => row.Id == block).ExecuteUpdateAsync(set => set.SetProperty(row => row.Sealed, change(sealedBytes)));
    });

    private static byte[] WithOneBitFlipped(byte[] bytes)
    {
        bytes[bytes.Length / 2] ^= 1;
        return bytes;
    }

    private static Task FlipAsync(TestHouse house, Guid block) => PlantAsync(house, block, WithOneBitFlipped);

    [Theory, MemberData(nameof(Databases))]
    public async Task What_nobody_touched_holds_after_a_purge_and_a_new_extraction_too(DatabaseKind kind)
    {
        await using var purge = await PurgeHouse.OpenAsync(kind);
        var house = purge.House;
        var reports = await purge.SetAsideAsync(Given.Xml("100200300"), Given.Xml("100200301"), Given.Json("100200302"));
        await house.ReceiveAsync(Given.Xml("100200301", "(816) 555-0177"));
        foreach (var report in reports) await purge.SealedFileAsync(report);
        (await CheckAsync(house)).ShouldSatisfyAllConditions(
            all => all.Faults.ShouldBeEmpty(), all => all.Holds.ShouldBeTrue(), all => (all.Blocks, all.Originals, all.SealedFiles).ShouldBe((2, 4, 3)));

        await house.WithDbAsync(db => db.Set<ReportVersion>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Extractor, 1)));
        await house.AlterPartsAsync(_ => true, parts => parts with { Persons = [.. parts.Persons.Select(person => person.Family == "Quenneville" ? person with { Family = "Quinneville" } : person)] });
        (await house.DoAsync<ReextractReports.Request, ReextractReports.Receipt>(Actor.House, new(null, false))).Value.Differ.ShouldBe(4);
        (await FaultsAsync(house)).ShouldBeEmpty();

        purge.Uses.Say(reports[1], ReportEnd.Led, Given.Noon);
        purge.Now(Given.Noon.AddYears(2).AddDays(1));
        (await purge.PurgeAsync()).Holds.ShouldBeTrue();
        (await CheckAsync(house)).ShouldSatisfyAllConditions(
            all => all.Faults.ShouldBeEmpty(), all => (all.Originals, all.SealedFiles).ShouldBe((2, 1)));
        // What was moved is bound by the trace anew.
        var block = await BlockAsync(house, reports[1]);
        await house.WithDbAsync(db => db.Set<ReportVersion>().Where(row => row.BlockId == block && row.Version == 1).ExecuteUpdateAsync(set => set.SetProperty(row => row.Number, "100200399")));
        (await FaultsAsync(house)).ShouldHaveSingleItem().ShouldStartWith($"{Name(block)}: the rows of its reports are not what the trace says was stored");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_block_with_one_flipped_bit_is_named_with_its_reports(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var (_, first, _) = await StoredAsync(house);
        await FlipAsync(house, first);
        (await FaultsAsync(house)).ShouldBe([$"{Name(first)} with 2 reports (100200300, 100200301): {Damaged}"]);
        // Cut, it does not open either.
        await PlantAsync(house, first, bytes => bytes[..40]);
        (await FaultsAsync(house)).ShouldBe([$"{Name(first)} with 2 reports (100200300, 100200301): {Damaged}"]);
        await PlantAsync(house, first, _ => []);
        (await FaultsAsync(house)).ShouldBe([$"{Name(first)} with 2 reports (100200300, 100200301): {Damaged}"]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_changed_hash_place_or_length_is_named_with_its_report(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var (reports, _, second) = await StoredAsync(house);
        var before = await house.WithDbAsync(db => db.Set<ReportVersion>().AsNoTracking().SingleAsync(row => row.Id == reports[2]));
        Task SetAsync(string sha256, int offset, int bytes) => house.WithDbAsync(db => db.Set<ReportVersion>().Where(row => row.Id == reports[2]).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Sha256, sha256).SetProperty(row => row.BlockOffset, offset).SetProperty(row => row.Bytes, bytes)));
        var where = $"report 100200302, version 1, in {Name(second)}: ";
        await SetAsync(new string('0', 64), before.BlockOffset, before.Bytes);
        (await FaultsAsync(house)).ShouldBe(
        [
            where + "its original is not the one whose hash stands in its row: hash, place, length or original was changed.",
            Name(second) + ": the rows of its reports are not what the trace says was stored: it held 1, and 1 stand in it. A number, a version, a hash or a place was changed, or a row removed.",
        ]);
        await SetAsync(before.Sha256, before.BlockOffset, before.Bytes - 1);
        (await FaultsAsync(house)).ShouldBe([where + "its original is not the one whose hash stands in its row: hash, place, length or original was changed."]);
        foreach (var (offset, bytes) in new[] { (1, before.Bytes), (0, int.MaxValue), (-1, before.Bytes), (0, -1) })
        {
            await SetAsync(before.Sha256, offset, bytes);
            (await FaultsAsync(house)).ShouldBe([where + "its row names a place that is not in the block: place or length was changed."]);
        }
        await SetAsync(before.Sha256, before.BlockOffset, before.Bytes);
        (await FaultsAsync(house)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_original_that_was_put_in_another_s_place_with_its_hash_is_told_by_the_trace(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var (reports, _, second) = await StoredAsync(house);
        // Who has the house's key and makes all of it agree.
        var original = Saying("100200302", "Room withheld.").Bytes;
        await house.WithDbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            var spot = (await Originals.KeepAsync(db, house.Services.GetRequiredService<Envelope>(), new ThatId(), house.Clock.GetUtcNow(), [original], Originals.Pack([original]), CancellationToken.None)).Single();
            await db.Set<ReportVersion>().Where(row => row.Id == reports[2]).ExecuteUpdateAsync(set => set.SetProperty(row => row.BlockId, spot.Block)
                .SetProperty(row => row.Bytes, original.Length).SetProperty(row => row.Sha256, Convert.ToHexStringLower(SHA256.HashData(original))));
            await transaction.CommitAsync();
            return 0;
        });
        (await FaultsAsync(house)).Select(fault => fault.Split(':')[0] + ":" + fault.Split(':')[1]).ShouldBe(
            [$"{Name(second)}: the rows of its reports are not what the trace says was stored", $"{Name(ThatId.Id)}: is not in the trace"], ignoreOrder: true);
    }

    /// <summary>What was compressed ahead holds the repeat, too: then it is not what is stored.</summary>
    [Theory, MemberData(nameof(Databases))]
    public async Task Originals_that_were_compressed_ahead_lie_where_their_reports_say(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        async Task TakeAsync(params RawOriginal[] originals) => (await house.DoAsync<ReceiveReports.Request, ReceiveReports.Receipt>(
            Actor.House, new ReceiveReports.Request(originals).ReadAhead(Given.Noon))).IsDone.ShouldBeTrue();
        await TakeAsync(Saying("100200301", "Room withheld."));
        await TakeAsync(Saying("100200301", "Room withheld."), Saying("100200302", "Lane withheld."), Saying("100200303", "Road withheld."));
        await TakeAsync(Saying("100200304", "Court withheld."), Saying("100200305", "Yard withheld."));
        (await house.WithDbAsync(db => db.Set<ReportVersion>().CountAsync())).ShouldBe(5);
        (await FaultsAsync(house)).ShouldBeEmpty();
    }

    /// <summary>One id, as a stranger makes it up.</summary>
    private sealed class ThatId : IIdSource
    {
        public static readonly Guid Id = new("00000000-0000-7000-8000-00000000ffff");
        public Guid Next() => Id;
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_block_that_was_deleted_is_named_with_its_reports_and_without(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var (reports, first, second) = await StoredAsync(house);
        await house.WithDbAsync(db => db.Set<OriginalBlock>().ExecuteDeleteAsync());
        await house.WithDbAsync(db => db.Set<ReportVersion>().Where(row => row.Id == reports[2]).ExecuteDeleteAsync());
        (await FaultsAsync(house)).ShouldBe(
        [
            $"{Name(first)} with 2 reports (100200300, …): is not there, and its reports are.",
            $"{Name(second)}: was stored with 1 reports, as the trace says, and neither it nor they are there, though no purge took them.",
        ]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_report_whose_row_was_deleted_is_missed_in_its_block(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var (reports, first, _) = await StoredAsync(house);
        await house.WithDbAsync(db => db.Set<ReportVersion>().Where(row => row.Id == reports[1]).ExecuteDeleteAsync());
        (await FaultsAsync(house)).ShouldHaveSingleItem().ShouldStartWith($"{Name(first)}: the rows of its reports are not what the trace says was stored: it held 2, and 1 stand in it.");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_sealed_file_that_was_cut_changed_deleted_or_robbed_of_its_recipient_is_named(DatabaseKind kind)
    {
        await using var purge = await PurgeHouse.OpenAsync(kind);
        var report = (await purge.SetAsideAsync(Given.Xml("100200300"))).Single();
        var path = await purge.SealedFileAsync(report);
        var (whole, recipients) = (await File.ReadAllBytesAsync(path), await File.ReadAllBytesAsync(path + ".recipients"));
        var where = $"sealed file {Path.GetFileName(path)} of report 100200300: ";
        async Task LayAsync(byte[]? file, byte[]? lines)
        {
            File.Delete(path);
            File.Delete(path + ".recipients");
            if (file is not null) await File.WriteAllBytesAsync(path, file);
            if (lines is not null) await File.WriteAllBytesAsync(path + ".recipients", lines);
        }

        await LayAsync(whole[..^1], recipients);
        (await FaultsAsync(purge.House)).ShouldBe([$"{where}is {whole.Length - 1} bytes long, and was {whole.Length}: it was cut or changed."]);
        await LayAsync(null, recipients);
        (await FaultsAsync(purge.House)).ShouldBe([where + "is not there."]);
        await LayAsync([.. "HWSEAL99"u8, .. whole[8..]], recipients);
        (await FaultsAsync(purge.House)).ShouldBe([where + "does not begin as a sealed file does: it was changed."]);
        await LayAsync(whole, null);
        (await FaultsAsync(purge.House)).ShouldBe([where + "it or its list of recipients is not there or cannot be read."]);
        foreach (var lines in new[] { "", "null\n", "{\"thumbprint\":\"00\",\"wrappedKey\":\"\"}\n" })
        {
            await LayAsync(whole, System.Text.Encoding.UTF8.GetBytes(lines));
            (await FaultsAsync(purge.House)).ShouldBe([where + "its list of recipients has no line of the one to whom it was sealed, so that nobody of them opens it."]);
        }
        await LayAsync(whole, recipients);
        (await CheckAsync(purge.House)).ShouldSatisfyAllConditions(all => all.Holds.ShouldBeTrue(), all => all.SealedFiles.ShouldBe(1));
    }

    [Fact]
    public async Task All_faults_are_counted_and_the_first_are_told()
    {
        await using var house = await Given.HouseAsync();
        await house.ReceiveAsync([.. Enumerable.Range(0, VerifyContents.FaultsMax + 20).Select(index => Given.Xml(Given.Number(index)))]);
        await house.WithDbAsync(db => db.Set<ReportVersion>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Bytes, row => row.Bytes - 1)));
        var verdict = await CheckAsync(house);
        (verdict.Holds, verdict.Broken, verdict.Faults.Count).ShouldBe((false, VerifyContents.FaultsMax + 20, VerifyContents.FaultsMax));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Where_an_original_does_not_open_its_pages_say_so_and_what_to_do(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var (reports, first, second) = await StoredAsync(house);
        await FlipAsync(house, first);
        await house.WithDbAsync(db => db.Set<OriginalBlock>().Where(row => row.Id == second).ExecuteDeleteAsync());
        var analyst = await house.PersonAsync(Role.Analyst);
        foreach (var report in reports)
        {
            await house.DoAsync<OpenReport.Request, OpenReport.Receipt>(analyst, new(report));
            var page = await house.DoAsync<ShowReport.Request, ShowReport.Page>(analyst, new(report));
            var texts = await house.DoAsync<ShowNarrative.Request, ShowNarrative.Page>(analyst, new(report, 1));
            foreach (var problem in new[] { page.Problem, texts.Problem })
            {
                (problem.Code, problem.Kind).ShouldBe(("original-damaged", ProblemKind.Conflict));
                problem.What.ShouldMatch("The original of report 10020030[0-2] does not open");
                problem.Mend.ShouldContain("homeward audit verify --contents");
            }
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_newer_version_is_shown_where_the_older_one_does_not_open(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var report = (await house.ReceiveAsync(Given.Xml("100200300"))).Reports.Single();
        var first = await BlockAsync(house, report);
        await house.ReceiveAsync(Given.Xml("100200300", "(816) 555-0177"));
        await FlipAsync(house, first);
        var analyst = await house.PersonAsync(Role.Analyst);
        await house.DoAsync<OpenReport.Request, OpenReport.Receipt>(analyst, new(report));
        var page = (await house.DoAsync<ShowReport.Request, ShowReport.Page>(analyst, new(report))).Value;
        (page.Version, page.Versions.Count, page.ComparedWith).ShouldBe((2, 2, null));
        (await house.DoAsync<ShowReport.Request, ShowReport.Page>(analyst, new(report, Version: 1))).Problem.Code.ShouldBe("original-damaged");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_search_for_words_goes_on_with_the_other_blocks_and_says_how_many_it_could_not_read(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var (reports, first, _) = await StoredAsync(house);
        Task<TextSightings> FindAsync(string word) => house.WithDbAsync(
            db => house.Services.GetRequiredService<IIntake>().ReportsSayingAsync(db, [word], 50, from: null, CancellationToken.None));
        (await FindAsync("quorvelle")).ShouldSatisfyAllConditions(all => all.Found.Count.ShouldBe(2), all => all.Unread.ShouldBe(0));
        await FlipAsync(house, first);
        var found = await FindAsync("quorvelle");
        found.Found.ShouldHaveSingleItem().Report.ShouldBe(reports[2]);
        found.Unread.ShouldBe(2);
        // A block that cannot hold the word is nobody's concern.
        (await FindAsync("red")).Unread.ShouldBe(0);
        await house.WithDbAsync(db => db.Set<OriginalBlock>().Where(row => row.Id == first).ExecuteDeleteAsync());
        (await FindAsync("quorvelle")).Unread.ShouldBe(2);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_does_not_open_is_named_when_reports_are_drawn_anew_and_the_rest_goes_on(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var (reports, first, second) = await StoredAsync(house);
        await house.WithDbAsync(db => db.Set<ReportVersion>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Extractor, 1)));
        await FlipAsync(house, first);
        foreach (var preview in new[] { true, false })
        {
            var run = (await house.DoAsync<ReextractReports.Request, ReextractReports.Receipt>(Actor.House, new(null, preview))).Value;
            (run.Versions, run.Differ).ShouldBe((3, 0));
            run.Unread.Order().ShouldBe(["100200300", "100200301"]);
        }
        (await house.WithDbAsync(db => db.Set<ReportVersion>().SingleAsync(row => row.Extractor == Extractor.Version))).BlockId.ShouldBe(second);
        (await FaultsAsync(house)).ShouldHaveSingleItem().ShouldContain(Damaged);
    }
}
