using System.Globalization;
using System.Text;
using Homeward.Exchange;
using Homeward.Foundations.Sealing;
using Homeward.Intake.Packages;
using Homeward.Kernel;

namespace Homeward.Intake.Tests;

/// <summary>Whose a file is, where many reports and many files come in one act, and where names are written in more than one way.</summary>
public sealed class BelongingTests
{
    private const string Package = "p.zip";

    private static (ReceivePackage.PackedReport Packed, ReportId Id) Report(int number, string folder, params ReceivePackage.NamedFile[] names) => (
        new ReceivePackage.PackedReport(new RawOriginal($"{Package}/{folder}{number}.json", []), number.ToString(CultureInfo.InvariantCulture), Package, names),
        ReportId.From(Guid.CreateVersion7()));

    private static ReceivePackage.PackedFile File(string path, string md5 = "00") =>
        new($"{Package}/{path}", Package, new SealedBlob("blob", "00", 1, "recipient"), md5, "image/jpeg");

    private static string Md5(int number) => number.ToString("x32", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("{0}/", "{0}/a.jpg")]           // beside its report
    [InlineData("{0}/", "{0}/media/a.jpg")]     // below it
    [InlineData("{0}/json/", "{0}/media/a.jpg")]
    [InlineData("", "{0}/a.jpg")]               // by its hash alone
    public void Each_of_a_thousand_files_of_one_name_is_its_own_report_s_and_little_is_looked_at_for_it(string reportIn, string fileAt)
    {
        const int Reports = 1_000;
        List<(ReceivePackage.PackedReport Packed, ReportId Id)> reports = [.. Enumerable.Range(0, Reports).Select(one => Report(one, Numbered(reportIn, one), new ReceivePackage.NamedFile("a.jpg", null, Md5(one))))];
        var files = Enumerable.Range(0, Reports).Select(one => File(Numbered(fileAt, one), Md5(one))).ToList();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var belongs = new Belonging(reports);
        files.ConvertAll(file => belongs.Of(file).Report).ShouldBe(reports.ConvertAll(one => (ReportId?)one.Id));
        reports.ShouldAllBe(one => belongs.AbsentOf(one.Packed).Count == 0);
        // For each file and report, paths that were taken apart anew were hundreds of bytes.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100L * Reports * Reports);

        static string Numbered(string form, int one) => string.Format(CultureInfo.InvariantCulture, form, one);
    }

    [Fact]
    public void A_file_that_fits_too_many_is_told_with_the_first_of_them()
    {
        var belongs = new Belonging([.. Enumerable.Range(0, 60).Select(one => Report(one, "", new ReceivePackage.NamedFile("a.jpg", null, null)))]);
        var answer = belongs.Of(File("a.jpg"));
        (answer.Report, answer.Between.Count, answer.Between[^1]).ShouldBe((null, 50, "49"));
    }

    [Fact]
    public void A_file_without_name_in_any_report_is_that_of_the_nearest_folder_above()
    {
        var (outer, inner, other) = (Report(1, ""), Report(2, "a/"), Report(3, "b/"));
        var belongs = new Belonging([outer, inner, other]);
        new[] { "x.txt", "A/x.txt", "a/deep/x.txt", "ab/x.txt" }.Select(path => belongs.Of(File(path)).Report).ShouldBe([outer.Id, inner.Id, inner.Id, outer.Id]);
    }

    [Theory]
    [InlineData(NormalizationForm.FormC, NormalizationForm.FormD)]
    [InlineData(NormalizationForm.FormD, NormalizationForm.FormC)]
    public void An_accent_is_the_same_written_as_one_character_or_as_two(NormalizationForm inReport, NormalizationForm inPackage)
    {
        const string Name = "José Ångström.jpg", Folder = "Fälle/";
        var (mine, other) = (Report(1, Folder.Normalize(inReport), new ReceivePackage.NamedFile(Name.Normalize(inReport), null, null)), Report(2, "", new ReceivePackage.NamedFile(Name, null, null)));
        var belongs = new Belonging([mine, other]);
        belongs.Of(File(Folder.Normalize(inPackage) + Name.Normalize(inPackage))).Report.ShouldBe(mine.Id);
        belongs.AbsentOf(mine.Packed).ShouldBeEmpty();
        Belonging.IsAlike(Name.Normalize(inReport), Name.Normalize(inPackage)).ShouldBeTrue();
        // Half of a character has no other form, and is no reason to stop.
        Belonging.IsAlike("a\uD83D.jpg", "A\uD83D.jpg").ShouldBeTrue();
    }

    [Fact]
    public void The_end_of_a_long_name_begins_with_a_whole_character()
    {
        PackageDoor.EndOf("a.jpg").ShouldBe("a.jpg");
        var ending = new string('a', 250) + ".jpg";
        PackageDoor.EndOf("x😀" + ending).ShouldBe(ending);
        PackageDoor.EndOf("x😀" + ending[1..]).ShouldBe("😀" + ending[1..]);
        PackageDoor.EndOf(new string('b', 300)).Length.ShouldBe(255);
    }
}
