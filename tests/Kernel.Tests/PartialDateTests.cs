using System.Text.Json;
using CsCheck;

namespace Homeward.Kernel.Tests;

public sealed class PartialDateTests
{
    private static readonly Gen<DateOnly> Day =
        Gen.Int[0, DateOnly.MaxValue.DayNumber].Select(DateOnly.FromDayNumber);

    /// <summary>Every kind of known date: a year, a month, a day.</summary>
    private static readonly Gen<PartialDate> Known = Gen.Select(Day, Gen.Int[0, 2], (day, kind) => Read(kind switch
    {
        0 => PartialDate.Of(day).ToString()[..4],
        1 => PartialDate.Of(day).ToString()[..7],
        _ => PartialDate.Of(day).ToString(),
    }));

    private static PartialDate Read(string text) =>
        PartialDate.TryParse(text, out var date) ? date : throw new FormatException(text);

    [Fact]
    public void What_is_written_reads_back_the_same() =>
        Known.Sample(date => PartialDate.TryParse(date.ToString(), out var back) && back == date);

    [Fact]
    public void What_reads_is_written_as_it_was() =>
        Known.Select(date => date.ToString()).Sample(text => Read(text).ToString() == text);

    [Fact]
    public void Any_text_is_read_or_refused_and_never_thrown_at() =>
        Gen.String.Sample(text => PartialDate.TryParse(text, out var date) ? date.ToString() == text.Trim() : date == default);

    [Fact]
    public void It_travels_in_JSON_as_its_text() =>
        Known.Sample(date => JsonSerializer.Serialize(date) == $"\"{date}\""
            && JsonSerializer.Deserialize<PartialDate>(JsonSerializer.Serialize(date)) == date);

    [Fact]
    public void Texts_sort_as_their_dates_do() =>
        Gen.Select(Known, Known).Sample((one, other) =>
            Math.Sign(one.CompareTo(other)) == Math.Sign(string.CompareOrdinal(one.ToString(), other.ToString())));

    [Fact]
    public void The_earliest_day_is_never_after_the_latest() =>
        Known.Sample(date => date.Earliest <= date.Latest && date.IsFull == (date.Earliest == date.Latest));

    [Theory]
    [InlineData("08/06/2019")]   // T-61: June or August
    [InlineData("2019-8-6")]
    [InlineData("2019-13")]
    [InlineData("2019-00")]
    [InlineData("2019-02-29")]
    [InlineData("2019-04-31")]
    [InlineData("2019-04-00")]
    [InlineData("0000")]
    [InlineData("19")]
    [InlineData("2019-")]
    [InlineData("2019-04-15-01")]
    [InlineData("+019")]
    [InlineData("٢٠١٩")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_ISO_date_is_refused(string? text) => PartialDate.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Feb29() => Read("2004-02-29").Latest.ShouldBe(new DateOnly(2004, 2, 29));

    [Fact]
    public void February_ends_as_its_year_says()
    {
        Read("2004-02").Latest.ShouldBe(new DateOnly(2004, 2, 29));
        Read("2003-02").Latest.ShouldBe(new DateOnly(2003, 2, 28));
        Read("1900-02").Latest.ShouldBe(new DateOnly(1900, 2, 28));
    }

    [Fact]
    public void DefaultIsUnknown()
    {
        PartialDate date = default;
        date.IsUnknown.ShouldBeTrue();
        date.ToString().ShouldBe("");
        date.Earliest.ShouldBeNull();
        date.AgeOn(new(2019, 7, 1)).ShouldBeNull();
    }

    [Fact]
    public void Nothing_is_filled_in()
    {
        var year = Read("2003");
        (year.Month, year.Day, year.IsFull).ShouldBe((0, 0, false));
        year.ShouldNotBe(Read("2003-01-01"));
    }

    [Theory]
    [InlineData("2022-02-28", 17)]   // T-20
    [InlineData("2022-03-01", 18)]
    [InlineData("2024-02-28", 19)]
    [InlineData("2024-02-29", 20)]
    public void Born_on_29_February_one_is_older_on_1_March_of_common_years(string on, int age)
    {
        var day = DateOnly.ParseExact(on, "O", null);
        Read("2004-02-29").AgeOn(day).ShouldBe((age, age));
    }

    [Fact]
    public void A_year_alone_gives_two_ages() => Read("2003").AgeOn(new(2019, 7, 1)).ShouldBe((15, 16));

    [Fact]
    public void A_month_alone_gives_two_ages_in_that_month_only()
    {
        Read("2001-07").AgeOn(new(2019, 7, 15)).ShouldBe((17, 18));
        Read("2001-07").AgeOn(new(2019, 6, 30)).ShouldBe((17, 17));
        Read("2001-07").AgeOn(new(2019, 7, 31)).ShouldBe((18, 18));
    }

    [Fact]
    public void Who_may_not_yet_be_born_has_no_age()
    {
        Read("2019-07-02").AgeOn(new(2019, 7, 1)).ShouldBeNull();
        Read("2019").AgeOn(new(2019, 7, 1)).ShouldBe((0, 0));
    }

    [Fact]
    public void Age_brackets_the_age_of_each_day_that_it_may_be() =>
        Gen.Select(Known, Day, Gen.Double[0, 1]).Sample((born, on, at) =>
        {
            var first = born.Earliest!.Value.DayNumber;
            var exact = DateOnly.FromDayNumber(first + (int)((born.Latest!.Value.DayNumber - first) * at));
            if (PartialDate.Of(exact).AgeOn(on) is not { } age) return true;
            return born.AgeOn(on) is { } span && span.Min <= age.Min && age.Max <= span.Max;
        });

    [Fact]
    public void Day_and_month_exchange_where_that_is_a_date()
    {
        Read("2019-03-04").TrySwap(out var swapped).ShouldBeTrue();
        swapped.ShouldBe(Read("2019-04-03"));
        Read("2019-03-13").TrySwap(out _).ShouldBeFalse();
        Read("2019-03-03").TrySwap(out _).ShouldBeFalse();
        Read("2019-03").TrySwap(out _).ShouldBeFalse();
    }

    [Fact]
    public void Exchanged_twice_it_is_itself() =>
        Known.Sample(date => !date.TrySwap(out var swapped) || (swapped.Value.TrySwap(out var back) && back == date));

    [Theory]
    [InlineData("\"08/06/2019\"")]
    [InlineData("2019")]
    [InlineData("{}")]
    public void JSON_that_is_no_date_is_a_fault_of_the_JSON(string json) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<PartialDate>(json));

    [Fact]
    public void JSON_null_and_the_empty_text_are_unknown()
    {
        JsonSerializer.Deserialize<PartialDate>("null").IsUnknown.ShouldBeTrue();
        JsonSerializer.Deserialize<PartialDate>("\"\"").IsUnknown.ShouldBeTrue();
    }
}
