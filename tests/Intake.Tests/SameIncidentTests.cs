using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Exchange.Tests;
using Homeward.Foundations.Sealing;
using Homeward.Intake.Model;
using Homeward.Kernel;
using Homeward.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Intake.Tests;

/// <summary>The same incident from many providers is one group, as soon as it is stored; nothing is dropped by it.</summary>
public sealed class SameIncidentTests
{
    public static TheoryData<DatabaseKind> Databases => Given.Databases;

    private static Task<IReadOnlyDictionary<ReportId, IncidentGroup>> AskAsync(TestHouse house, params ReportId[] reports) =>
        house.WithDbAsync(db => house.Services.GetRequiredService<IIntake>().SameIncidentsAsync(db, reports, CancellationToken.None));

    /// <summary>One provider's report: whose account, and how long after the others it says that it happened.</summary>
    private static RawOriginal Of(int number, string account, int minutesLater = 0, bool zoneKnown = true, bool isBatched = false) => Given.Xml(Given.Number(number), but: report => report with
    {
        IncidentAt = At(Given.Noon.AddHours(-3).AddMinutes(minutesLater), zoneKnown), IsBatched = isBatched, ProviderName = $"Platform {number}",
        Persons = [new TipPerson { Role = TipRole.Reported, ScreenName = account, Service = "Example Platform", Emails = [new TipEmail($"{account}@example.com")] }],
    });

    private static StatedInstant At(DateTimeOffset at, bool zoneKnown) =>
        zoneKnown ? StatedInstant.Of(at) : new(at, ZoneKnown: false, at.ToString("yyyy-MM-ddTHH:mm:ss", System.Globalization.CultureInfo.InvariantCulture));

    private static RawOriginal Bundled(int number, string? bundle) => Given.Json(Given.Number(number), but: report => report with
    {
        Ncmec = new NcmecMarks(NcmecDisposition.Referral, 2, bundle, Stated.No), Persons = [new TipPerson { Role = TipRole.Reported, ScreenName = $"account-{number}" }],
    });

    private static async Task<ReportId[]> ReceiveAsync(TestHouse house, params RawOriginal[] originals)
    {
        var ids = new List<ReportId>();
        foreach (var original in originals) ids.AddRange((await house.ReceiveAsync(original)).Reports);
        return [.. ids];
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task One_account_at_one_hour_is_one_incident_and_hours_later_it_is_another(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var ids = await ReceiveAsync(house, Of(1, "nightowl"), Of(2, "nightowl", 40), Of(3, "nightowl", 300), Of(4, "dayowl"));
        var groups = await AskAsync(house, ids);
        groups.Keys.ShouldBe([ids[0], ids[1]], ignoreOrder: true);
        groups[ids[0]].Others.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            other => other.Report.ShouldBe(ids[1]), other => other.Ties.ShouldBe([IncidentTie.Account]));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_address_that_is_nobodys_ties_nothing(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var ids = await ReceiveAsync(house, Of(1, "nightowl"), Of(2, "nightowl", 40), Of(3, "nightowl", 50));
        await house.AlterPartsAsync(version => version.Id == ids[1], parts => parts with { Identifiers = [.. parts.Identifiers.Select(one => one with { Person = null })] });
        (await AskAsync(house, ids)).Keys.ShouldBe([ids[0], ids[2]], ignoreOrder: true);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_corrected_leaves_its_group_and_a_print_beside_takes_nobody_out(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var ids = await ReceiveAsync(house, Of(1, "nightowl"), Of(2, "nightowl", 40), Of(3, "dayowl"), Of(4, "dayowl", 10, isBatched: true), Bundled(5, "B-7"), Bundled(6, "B-7"));
        await ReceiveAsync(house, Of(1, "another"), Bundled(5, "B-8"));
        foreach (var number in new[] { 3, 4 })
            await ReceiveAsync(house, new RawOriginal($"{number}.pdf", PrintedReport.Of(Given.Number(number), "Section A: Reported Information\nSubmitter: Example Platform\nIncident Type: Online Enticement of Children for Sexual Acts\n")));

        var groups = await AskAsync(house, ids);
        groups.Keys.ShouldBe([ids[2], ids[3]], ignoreOrder: true);
        groups[ids[2]].Others.ShouldHaveSingleItem().Report.ShouldBe(ids[3]);
        groups[ids[3]].IsViral.ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_file_that_did_not_come_along_ties_by_the_hash_that_both_state(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        RawOriginal Naming(int number, params TipHash[] hashes) => Given.Json(Given.Number(number), but: report => report with
        {
            Ncmec = null, Persons = [], Files = [new TipFile($"{number}.bin") { Hashes = hashes }],
        });
        var (md5, sha1) = (new string('a', 31) + "b", new string('c', 39) + "d");
        var ids = await ReceiveAsync(house, Naming(1, new("MD5", md5), new("SHA-1", sha1)), Naming(2, new TipHash("MD5", md5.ToUpperInvariant())), Naming(3, new TipHash("SHA1", sha1)),
            Naming(4, new TipHash("MD5", "d41d8cd98f00b204e9800998ecf8427e")), Naming(5, new TipHash("MD5", "d41d8cd98f00b204e9800998ecf8427e")), Naming(6, new TipHash("PhotoDNA", md5)));
        var groups = await AskAsync(house, ids);
        groups.Keys.ShouldBe([ids[0], ids[1], ids[2]], ignoreOrder: true);
        groups[ids[0]].Others.Select(one => (one.Report, one.Ties.Single())).ShouldBe([(ids[2], IncidentTie.File), (ids[1], IncidentTie.File)], ignoreOrder: true);
        Reading.Typed.Read(md5).ShouldContain(one => one.Kind == "file" && one.Value == $"md5:{md5}");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_file_byte_for_byte_ties_and_so_does_ncmecs_bundle(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var ids = await ReceiveAsync(house, Of(1, "a"), Of(2, "b"), Of(3, "c"), Bundled(4, "B-7"), Bundled(5, "B-7"), Bundled(6, "B-8"), Bundled(7, null));
        foreach (var (report, bytes) in new[] { (ids[0], "neutral bytes"), (ids[1], "neutral bytes"), (ids[2], "other bytes"), (ids[3], "neutral bytes") })
            (await house.Services.GetRequiredService<SealedArrivals>().ReceiveAsync(
                Foundations.Access.Actor.House, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(bytes)), "image/jpeg", report, CancellationToken.None)).IsDone.ShouldBeTrue();
        var groups = await AskAsync(house, ids);
        groups.Keys.ShouldBe([ids[0], ids[1], ids[3], ids[4]], ignoreOrder: true);
        groups[ids[3]].Others.ToDictionary(other => other.Report, other => other.Ties.Single())
            .ShouldBe(new Dictionary<ReportId, IncidentTie> { [ids[4]] = IncidentTie.Bundle, [ids[1]] = IncidentTie.File, [ids[0]] = IncidentTie.File }, ignoreOrder: true);
        groups[ids[4]].Others.ShouldHaveSingleItem().Report.ShouldBe(ids[3], "ties of ties join strangers");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_crowds_hold_ties_nobody_and_a_time_without_its_zone_is_no_time(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var crowd = (await house.ReceiveAsync([.. Enumerable.Range(1, 51).Select(number => Of(number, "throwaway"))])).Reports;
        (await AskAsync(house, crowd[0], crowd[50])).ShouldBeEmpty();
        var unknown = await ReceiveAsync(house, Of(101, "nozone", zoneKnown: false), Of(102, "nozone"));
        (await AskAsync(house, unknown)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_what_goes_round_a_hundred_are_read_and_it_is_told_that_there_are_more(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        // Those of one millisecond are in no order but that of their ids.
        var ids = (await house.ReceiveAsync([.. Enumerable.Range(1, 103).Select(number => Bundled(number, "B-7"))])).Reports.OrderBy(id => id.ToString(), StringComparer.Ordinal).ToList();
        var groups = await AskAsync(house, ids[0], ids[102]);
        // Of the newest hundred each but the report itself: neither the whole bundle nor fewer.
        groups[ids[0]].Others.Select(other => other.Report).ShouldBe(ids.Skip(3).Reverse());
        groups[ids[102]].Others.Select(other => other.Report).ShouldBe(ids.Skip(3).SkipLast(1).Reverse());
        groups.Values.ShouldAllBe(group => group.IsCut);
        var few = await ReceiveAsync(house, Bundled(201, "B-8"), Bundled(202, "B-8"));
        (await AskAsync(house, few))[few[0]].IsCut.ShouldBeFalse();
        // A viral file is capped by itself.
        house.Clock.DriveTo(house.Clock.GetUtcNow().AddSeconds(1));
        var next = house.Services.GetRequiredService<IIdSource>();
        await house.WithDbAsync(async db =>
        {
            db.AddRange(Enumerable.Range(0, 103).Select(number => new SealedFileRow
            {
                Id = next.Next(), ReportId = number == 0 ? few[0] : next.Next<ReportId>(), Blob = "none", Sha256 = new string('7', 64), Bytes = 1, MediaType = "image/jpeg",
                RecipientThumbprint = "", ReceivedAt = Given.Noon,
            }));
            return await db.SaveChangesAsync();
        });
        (await AskAsync(house, few[0]))[few[0]].ShouldSatisfyAllConditions(
            group => group.IsCut.ShouldBeTrue(), group => group.Others.Count(other => other.Ties.Contains(IncidentTie.File)).ShouldBe(100));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_report_that_stands_for_many_copies_says_so(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var ids = await ReceiveAsync(house, Of(1, "meme", isBatched: true), Of(2, "other"));
        var groups = await AskAsync(house, ids);
        groups.ShouldHaveSingleItem().Key.ShouldBe(ids[0]);
        (groups[ids[0]].IsViral, groups[ids[0]].Others.Count).ShouldBe((true, 0));
    }
}
