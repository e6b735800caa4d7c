namespace Homeward.Kernel.Tests;

/// <summary>The machine's clock is set, forward and back; what the house ends by it stays sound.</summary>
public sealed class ClockJumpTests
{
    private static readonly DateTimeOffset _noon = new(2026, 3, 5, 12, 0, 0, TimeSpan.Zero);
    private readonly JumpingTime _machine = new(_noon);

    [Fact]
    public void Time_that_passes_ends_what_has_a_deadline()
    {
        var clock = new HouseClock(_machine);
        _machine.Pass(TimeSpan.FromDays(3));
        clock.EndingNow().ShouldBe(_noon.AddDays(3));
    }

    [Fact]
    public void A_jump_ahead_ends_nothing_for_an_hour_and_then_it_is_believed()
    {
        var clock = new HouseClock(_machine);
        _machine.Jump(TimeSpan.FromDays(365));
        clock.GetUtcNow().ShouldBe(_noon.AddDays(365));
        clock.EndingNow().ShouldBe(_noon);
        _machine.Pass(TimeSpan.FromMinutes(59));
        clock.EndingNow().ShouldBe(_noon.AddMinutes(59));
        _machine.Pass(TimeSpan.FromMinutes(2));
        clock.EndingNow().ShouldBe(_noon.AddDays(365).AddMinutes(61));
    }

    [Fact]
    public void A_jump_ahead_that_is_put_right_leaves_no_mark()
    {
        var clock = new HouseClock(_machine);
        _machine.Jump(TimeSpan.FromDays(365));
        clock.EndingNow().ShouldBe(_noon);
        _machine.Jump(-TimeSpan.FromDays(365));
        clock.EndingNow().ShouldBe(_noon);
        _machine.Pass(TimeSpan.FromDays(2));
        clock.EndingNow().ShouldBe(_noon.AddDays(2));
    }

    [Fact]
    public void A_jump_back_ends_nothing_early()
    {
        var clock = new HouseClock(_machine);
        _machine.Jump(-TimeSpan.FromDays(30));
        clock.EndingNow().ShouldBe(_noon.AddDays(-30));
        clock.GetUtcNow().ShouldBe(_noon.AddDays(-30));
    }

    [Fact]
    public void Set_back_a_little_the_clock_stands_until_it_has_caught_up()
    {
        var clock = new HouseClock(_machine);
        clock.GetUtcNow().ShouldBe(_noon);
        _machine.Jump(-TimeSpan.FromMinutes(2));
        clock.GetUtcNow().ShouldBe(_noon);
        _machine.Pass(TimeSpan.FromMinutes(1));
        clock.GetUtcNow().ShouldBe(_noon);
        _machine.Pass(TimeSpan.FromMinutes(2));
        clock.GetUtcNow().ShouldBe(_noon.AddMinutes(1));
    }

    [Fact]
    public void What_is_measured_by_uptime_knows_no_jumps()
    {
        var clock = new HouseClock(_machine);
        var before = clock.RunFor;
        _machine.Jump(-TimeSpan.FromDays(365));
        _machine.Pass(TimeSpan.FromSeconds(7));
        (clock.RunFor - before).ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public void Ids_are_each_given_once_whatever_the_clock_does()
    {
        var clock = new HouseClock(_machine);
        var ids = new TimeOrderedIds(clock);
        var given = new HashSet<Guid>();
        foreach (var jump in new[] { 0, 400, -400, -800, 800, 0 })
        {
            _machine.Jump(TimeSpan.FromDays(jump));
            for (var count = 0; count < 1_000; count++) given.Add(ids.Next()).ShouldBeTrue();
        }
    }

    [Fact]
    public void A_clock_that_is_driven_is_believed()
    {
        var clock = new HouseClock(_machine);
        clock.DriveTo(_noon);
        clock.DriveTo(_noon.AddDays(2));
        clock.EndingNow().ShouldBe(_noon.AddDays(2));
    }
}
