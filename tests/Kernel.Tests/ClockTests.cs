using CsCheck;

namespace Homeward.Kernel.Tests;

public sealed class ClockTests
{
    private static readonly DateTimeOffset Noon = new(2019, 7, 1, 12, 0, 0, TimeSpan.Zero);

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    [Fact]
    public void Serving_the_house_s_time_is_the_real_time()
    {
        var clock = new HouseClock(new FixedTime(Noon));
        clock.GetUtcNow().ShouldBe(Noon);
        clock.IsDriven.ShouldBeFalse();
    }

    [Fact]
    public void Driven_it_stands_where_it_was_driven_to_and_the_real_time_beside_it()
    {
        var clock = new HouseClock(new FixedTime(Noon));
        clock.DriveTo(Noon.AddYears(-3));
        (clock.IsDriven, clock.GetUtcNow(), clock.RealNow).ShouldBe((true, Noon.AddYears(-3), Noon));
        clock.Release();
        clock.GetUtcNow().ShouldBe(Noon);
    }

    [Fact]
    public void After_the_scenario_it_goes_on_from_there_at_the_pace_of_the_real_time()
    {
        var real = new MovingTime { Now = Noon };
        var clock = new HouseClock(real);
        clock.DriveTo(Noon.AddYears(-3));
        real.Now = Noon.AddMinutes(1);
        clock.GoOn();
        (clock.IsDriven, clock.GetUtcNow()).ShouldBe((false, Noon.AddYears(-3)));
        real.Now = Noon.AddMinutes(6);
        (clock.GetUtcNow(), clock.RealNow).ShouldBe((Noon.AddYears(-3).AddMinutes(5), Noon.AddMinutes(6)));
    }

    private sealed class MovingTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; }
        public override DateTimeOffset GetUtcNow() => Now;
    }

    [Fact]
    public void It_never_runs_back()
    {
        var clock = new HouseClock();
        clock.DriveTo(Noon);
        clock.DriveTo(Noon);
        Should.Throw<BrokenInvariantException>(() => clock.DriveTo(Noon.AddTicks(-10)));
        clock.GetUtcNow().ShouldBe(Noon);
    }

    [Fact]
    public void It_never_runs_back_under_many_drivers()
    {
        var clock = new HouseClock();
        clock.DriveTo(Noon);
        var ranBack = 0;
        using var start = new Barrier(4);
        var drivers = Enumerable.Range(0, 4).Select(driver => new Thread(() =>
        {
            start.SignalAndWait();
            for (var step = 1; step <= 200_000; step++)
            {
                var before = clock.GetUtcNow();
                try
                {
                    clock.DriveTo(before.AddMicroseconds(1 + ((step + driver) % 5)));
                }
                catch (BrokenInvariantException)
                {
                    // Another driver was further: refused, and that is right.
                }
                if (clock.GetUtcNow() < before.AddMicroseconds(1)) Interlocked.Increment(ref ranBack);
            }
        })).ToList();
        drivers.ForEach(driver => driver.Start());
        drivers.ForEach(driver => driver.Join());
        ranBack.ShouldBe(0);
    }

    [Fact]
    public void Instants_are_UTC_and_whole_microseconds() =>
        Gen.Select(Gen.Long[0, Noon.AddYears(100).Ticks], Gen.Int[-14 * 60, 14 * 60])
            .Where((ticks, minutes) => ticks > TimeSpan.FromHours(15).Ticks)
            .Select((ticks, minutes) => new DateTimeOffset(ticks, TimeSpan.FromMinutes(minutes)))
            .Sample(instant =>
            {
                var kept = Instants.Truncate(instant);
                return kept.Offset == TimeSpan.Zero && kept.UtcTicks % TimeSpan.TicksPerMicrosecond == 0
                    && kept <= instant && instant - kept < TimeSpan.FromMicroseconds(1) && Instants.Truncate(kept) == kept;
            });

    [Fact]
    public void Iso_text_says_the_instant_and_no_more_than_is_known()
    {
        Instants.Iso(Noon.ToOffset(TimeSpan.FromHours(-5))).ShouldBe("2019-07-01T12:00:00Z");
        Instants.Iso(Noon.AddMicroseconds(7)).ShouldBe("2019-07-01T12:00:00.000007Z");
    }

    [Fact]
    public void Driven_time_is_cut_to_what_the_databases_keep()
    {
        var clock = new HouseClock();
        clock.DriveTo(Noon.AddTicks(7));
        clock.GetUtcNow().ShouldBe(Noon);
    }
}
