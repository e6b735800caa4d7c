using Homeward.Exchange.CyberTips;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Intake;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Providers.Tests;

/// <summary>What a provider says of its files is found as what it says in the report is: by the words that the filters hold.</summary>
public sealed class FileWordsTests
{
    public static TheoryData<DatabaseKind> Databases => LineHouse.Databases;

    private static Task<TextSightings> FindAsync(LineHouse house, string words) => house.WithDbAsync(
        db => house.App.Services.GetRequiredService<IIntake>().ReportsSayingAsync(db, TextWords.Of(words), 50, from: null, CancellationToken.None));

    private static async Task<IEnumerable<string>> NumbersAsync(LineHouse house, string words)
    {
        var found = (await FindAsync(house, words)).Found.Select(one => one.Report).ToList();
        return await house.WithDbAsync(db => db.Set<ReportVersion>().Where(row => found.Contains(row.Id)).Select(row => row.Number).Order().ToListAsync());
    }

    /// <summary>Three reports: with an undescribed and a described file, with a described one, and with none.</summary>
    private static async Task<(string First, string Second, string Third)> SendAsync(LineHouse house)
    {
        var provider = house.As();
        async Task<string> SayAsync(string text, params string?[] files)
        {
            var number = await provider.OpenAsync(Sample.Report(rest: $"<additionalInfo>{text}</additionalInfo>")
                .Replace("</reporter>", "<termsOfService>Quorvelle terms.</termsOfService></reporter>", StringComparison.Ordinal));
            foreach (var (at, said) in files.Index())
            {
                house.Wait(TimeSpan.FromSeconds(1));
                var file = (await provider.UploadAsync(number, [(byte)at])).ShouldSucceed().FileId!;
                if (said is not null) (await provider.XmlAsync("fileinfo", Sample.File(number, file, $"<additionalInfo>{said}</additionalInfo>"))).ShouldSucceed();
            }
            (await provider.FinishAsync(number)).ShouldSucceed();
            return number;
        }
        return (await SayAsync("Narrative withheld. Room 214.", null, "Seen beside a Quorvelle."),
            await SayAsync("Narrative withheld. A Quorvelle.", "Room 215."), await SayAsync("Narrative withheld. Room 214."));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_report_is_found_by_what_is_said_of_its_files_and_by_all_words_that_the_filters_hold(DatabaseKind kind)
    {
        await using var house = await LineHouse.OpenAsync(kind);
        var (first, second, third) = await SendAsync(house);
        (await NumbersAsync(house, "quorvelle")).ShouldBe([first, second]);
        // One word in the report, one in what is said of a file.
        (await NumbersAsync(house, "214 quorvelle")).ShouldBe([first]);
        (await NumbersAsync(house, "quorvelle 215")).ShouldBe([second]);
        (await NumbersAsync(house, "214")).ShouldBe([first, third]);
        (await NumbersAsync(house, "beside 215")).ShouldBeEmpty();
        (await NumbersAsync(house, "terms")).ShouldBeEmpty();
        var sighting = (await FindAsync(house, "beside")).Found.ShouldHaveSingleItem();
        sighting.Path.ShouldStartWith("/fileDetails[2]/", customMessage: "the first file was not described");
        await FiltersSayWhatIsShownAsync(house);

        // What lay beside a purged report moves, and keeps the words of its files.
        await MoveAsync(house, first);
        (await NumbersAsync(house, "beside")).ShouldBe([first]);
        await FiltersSayWhatIsShownAsync(house);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_file_that_came_is_known_by_its_hash_to_who_names_it_whatever_its_sender_says_of_it(DatabaseKind kind)
    {
        await using var house = await LineHouse.OpenAsync(kind);
        await SendAsync(house);
        var md5 = Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData([0]));
        var found = await house.WithDbAsync(db => house.App.Services.GetRequiredService<IIntake>().SightingsAsync(db, "file", $"md5:{md5}", 5, CancellationToken.None));
        found.Select(one => one.Path).ShouldBe(["/fileDetails[1]", "/fileDetails[1]"]);
        (await house.WithDbAsync(db => house.App.Services.GetRequiredService<IIntake>().SameIncidentsAsync(db, [found[0].Report], CancellationToken.None)))[found[0].Report]
            .Others.ShouldContain(other => other.Report == found[1].Report && other.Ties.Contains(IncidentTie.File));
    }

    /// <summary>Each filter is over the words of the texts that a page shows of its reports, as far as they are searched, and over no others; by each of them its report is found.</summary>
    private static async Task FiltersSayWhatIsShownAsync(LineHouse house)
    {
        var (filters, envelope) = (house.App.Services.GetRequiredService<WordFilters>(), house.App.Services.GetRequiredService<Envelope>());
        var kept = await house.WithDbAsync(db => db.Set<OriginalWords>().AsNoTracking().ToDictionaryAsync(row => row.Id, row => row.Filter));
        var versions = await house.WithDbAsync(db => db.Set<ReportVersion>().AsNoTracking().ToListAsync());
        kept.Keys.Order().ShouldBe(versions.Select(row => row.BlockId).Distinct().Order());
        foreach (var block in versions.GroupBy(row => row.BlockId))
        {
            var words = new HashSet<string>(StringComparer.Ordinal);
            foreach (var version in block)
            {
                var shown = (await house.WithDbAsync(db => ReadOriginals.OfAsync(db, envelope, version, CancellationToken.None))).Value;
                var mine = shown.Texts.Where(text => text.Kind != TextKind.ProviderTerms).SelectMany(text => TextWords.Of(text.Text)).Distinct(StringComparer.Ordinal).ToList();
                foreach (var word in mine) (await NumbersAsync(house, word)).ShouldContain(version.Number, word);
                words.UnionWith(mine);
            }
            kept[block.Key].ShouldBe(filters.Over([.. words.Select(word => StableHash.Of(word))]));
        }
    }

    /// <summary>As a purge of its neighbours does.</summary>
    private static Task MoveAsync(LineHouse house, string number) => house.WithDbAsync(async db =>
    {
        var envelope = house.App.Services.GetRequiredService<Envelope>();
        var version = await db.Set<ReportVersion>().AsNoTracking().SingleAsync(row => row.Number == number);
        var original = (await Originals.OpenAsync(db, envelope, version, CancellationToken.None)).ShouldNotBeNull();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await house.App.Services.GetRequiredService<TextSearch>().MoveAsync(
            db, [version.BlockId], [new Originals.Moved(version, version.BlockId, original)], CancellationToken.None);
        await transaction.CommitAsync();
        return 0;
    });
}
