namespace Homeward.Kernel.Tests;

/// <summary>A machine whose clock can be set; its uptime cannot.</summary>
internal sealed class JumpingTime(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;
    private long _ticks;

    public void Pass(TimeSpan time) => (_now, _ticks) = (_now + time, _ticks + time.Ticks);
    public void Jump(TimeSpan by) => _now += by;
    public override DateTimeOffset GetUtcNow() => _now;
    public override long GetTimestamp() => _ticks;
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
}
