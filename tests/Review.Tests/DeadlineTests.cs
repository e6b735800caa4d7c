using System.Globalization;
using CsCheck;
using Homeward.Foundations.Places;
using Homeward.Review.Casework;

namespace Homeward.Review.Tests;

/// <summary>The arithmetic of legal days, against a walk through the calendar hour by hour.</summary>
public sealed class DeadlineTests
{
    private static readonly TimeZoneInfo[] _zones =
        [.. Gazetteer.Default.Offices.All.Select(office => Zones.ZoneOf(office)).DistinctBy(zone => zone.Id), TimeZoneInfo.Utc];

    private static readonly Gen<(DateTimeOffset At, TimeZoneInfo Zone, int Days, int Renewals)> _cases = Gen.Select(
        Gen.Long[DateTimeOffset.Parse("2000-01-01Z", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds(), DateTimeOffset.Parse("2035-12-31Z", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds()],
        Gen.Int[0, _zones.Length - 1], Gen.Int[1, 90], Gen.Int[0, 1],
        (ms, zone, days, renewals) => (DateTimeOffset.FromUnixTimeMilliseconds(ms), _zones[zone], days, renewals));

    private static DateOnly DayOf(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    [Fact]
    public void A_time_runs_out_where_the_last_of_its_days_ends_on_the_offices_calendar() => _cases.Sample(one =>
    {
        var runsOut = Deadlines.RunsOut(one.At, one.Days, one.Renewals, one.Zone);
        var last = DayOf(one.At, one.Zone);
        for (var day = 0; day < one.Days * (1 + one.Renewals); day++) last = last.AddDays(1);

        DayOf(runsOut.AddTicks(-1), one.Zone).ShouldBe(last);
        DayOf(runsOut, one.Zone).ShouldBe(last.AddDays(1));
        Deadlines.DayOf(runsOut, one.Zone).ShouldBe(last);
    });

    [Fact]
    public void It_is_never_shorter_than_its_days_and_never_a_whole_day_longer_however_the_clocks_are_set() => _cases.Sample(one =>
    {
        var ran = Deadlines.RunsOut(one.At, one.Days, one.Renewals, one.Zone) - one.At;
        var days = TimeSpan.FromDays(one.Days * (1 + one.Renewals));
        // An hour each way, for the one that summer takes or gives.
        ran.ShouldBeGreaterThan(days - TimeSpan.FromHours(1));
        ran.ShouldBeLessThanOrEqualTo(days + TimeSpan.FromHours(25));
    });

    [Fact]
    public void A_renewal_begins_where_the_first_time_would_have_ended_whenever_it_was_asked_for() => _cases.Sample(one =>
    {
        var first = Deadlines.RunsOut(one.At, one.Days, 0, one.Zone);
        Deadlines.RunsOut(one.At, one.Days, 1, one.Zone).ShouldBe(Deadlines.RunsOut(first.AddTicks(-1), one.Days, 0, one.Zone));
    });

    [Fact]
    public void Warnings_only_come_nearer_and_the_last_comes_when_it_has_run_out() =>
        Gen.Select(_cases, Gen.Int[-60, 60], Gen.Int[0, 48]).Sample((one, days, hours) =>
        {
            int[] warnDays = [14, 3];
            var dueAt = Deadlines.RunsOut(one.At, one.Days, 0, one.Zone);
            var now = dueAt.AddDays(days);
            var warned = Deadlines.WarningsDue(dueAt, now, warnDays, one.Zone);
            warned.ShouldBeInRange(0, warnDays.Length + 1);
            (warned == warnDays.Length + 1).ShouldBe(now >= dueAt);
            Deadlines.WarningsDue(dueAt, now.AddHours(hours), warnDays, one.Zone).ShouldBeGreaterThanOrEqualTo(warned);
        });

    [Theory]
    // Over the end of summer time in Chicago: the last day ends at midnight there, which is 06:00 UTC by then and was 05:00 UTC.
    [InlineData("2019-08-15T15:00Z", "America/Chicago", 90, 0, "2019-11-14T06:00Z")]
    // 23:30 in Chicago is the next day in UTC: the office's day counts.
    [InlineData("2019-07-02T04:30Z", "America/Chicago", 90, 0, "2019-09-30T05:00Z")]
    [InlineData("2019-07-02T04:30Z", "UTC", 90, 0, "2019-10-01T00:00Z")]
    [InlineData("2019-07-02T04:30Z", "America/Chicago", 90, 1, "2019-12-29T06:00Z")]
    // Arizona keeps no summer time; a leap day is a day.
    [InlineData("2020-02-20T12:00Z", "America/Phoenix", 14, 0, "2020-03-06T07:00Z")]
    public void Examples_from_the_calendar(string at, string zone, int days, int renewals, string runsOut) =>
        Deadlines.RunsOut(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture), days, renewals, TimeZoneInfo.FindSystemTimeZoneById(zone))
            .ShouldBe(DateTimeOffset.Parse(runsOut, CultureInfo.InvariantCulture));
}
