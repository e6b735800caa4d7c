using Homeward.Review.Files;

namespace Homeward.Review.Tests;

public sealed class FileAccessTests
{
    private static readonly DateOnly _today = new(2026, 6, 1);

    [Fact]
    public void Kansas_and_Missouri_have_two_answers_and_both_undecided_the_strictest()
    {
        var kansas = FileAccessTable.Advise(Viewed.No, Viewed.No, ["10"], _today);
        var missouri = FileAccessTable.Advise(Viewed.No, Viewed.No, ["8"], _today);
        var undecided = FileAccessTable.Advise(Viewed.No, Viewed.No, ["10", "8"], _today);

        kansas.Authority.ShouldContain("Ackerman");
        missouri.IsSettled.ShouldBeFalse();
        undecided.Kind.ShouldBe(FileAccessKind.WarrantFirst);
        FileAccessTable.Advise(Viewed.No, Viewed.No, ["6"], _today).Kind.ShouldBe(FileAccessKind.RepeatableView);
        FileAccessTable.Advise(Viewed.No, Viewed.No, ["6", "9"], _today).Kind.ShouldBe(FileAccessKind.WarrantFirst);
    }

    [Fact]
    public void Advice_is_for_each_file_of_one_report()
    {
        var files = Enumerable.Repeat(Viewed.Yes, 31).Concat(Enumerable.Repeat(Viewed.No, 125)).ToList();

        var advice = files.Select(viewed => FileAccessTable.Advise(viewed, Viewed.Unknown, ["4"], _today).Kind).ToList();

        advice.Count(kind => kind == FileAccessKind.RepeatableView).ShouldBe(31);
        advice.Count(kind => kind == FileAccessKind.WarrantFirst).ShouldBe(125);
    }

    [Fact]
    public void Not_stated_counts_as_not_viewed()
    {
        FileAccessTable.Advise(Viewed.Unknown, Viewed.Unknown, ["9"], _today).Kind.ShouldBe(FileAccessKind.WarrantFirst);
        FileAccessTable.Advise(Viewed.Unknown, Viewed.Unknown, ["5"], _today).Kind.ShouldBe(FileAccessKind.RepeatableView);
        FileAccessTable.Advise(Viewed.Yes, Viewed.Unknown, ["9"], _today).Kind.ShouldBe(FileAccessKind.RepeatableView);
    }

    [Fact]
    public void The_table_is_dated_and_says_which_version_answered()
    {
        var before = FileAccessTable.Advise(Viewed.No, Viewed.No, ["4"], new DateOnly(2026, 3, 9));
        var after = FileAccessTable.Advise(Viewed.No, Viewed.No, ["4"], new DateOnly(2026, 3, 10));

        (before.Kind, after.Kind).ShouldBe((FileAccessKind.AskCounsel, FileAccessKind.WarrantFirst));
        (before.AsOf, before.TableVersion).ShouldBe((new DateOnly(2026, 3, 9), FileAccessTable.Version));
    }

    [Fact]
    public void An_unknown_circuit_is_the_strictest()
    {
        FileAccessTable.Advise(Viewed.No, Viewed.No, [], _today).Kind.ShouldBe(FileAccessKind.WarrantFirst);
        FileAccessTable.Advise(Viewed.No, Viewed.No, ["6", "?"], _today).Kind.ShouldBe(FileAccessKind.WarrantFirst);
    }

    [Fact]
    public void Every_circuit_has_one_answer_on_every_day()
    {
        string[] circuits = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "DC"];
        foreach (var circuit in circuits)
            for (var day = new DateOnly(2015, 1, 1); day <= _today; day = day.AddDays(1))
                FileAccessTable.Rows.Count(row => row.Circuit == circuit && row.From <= day && (row.To is null || day <= row.To)).ShouldBe(1, $"{circuit} {day:O}");
    }
}
