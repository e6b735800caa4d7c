namespace Homeward.Kernel;

/// <summary>The one clock of the house. Serving, it is the real time; a scenario drives it.</summary>
/// <remarks>
/// Domain instants, duties and escalations run on it; the trace keeps the real time beside it.
/// Instants are whole microseconds, because that is what PostgreSQL keeps. Safe for use from many threads.
/// </remarks>
public sealed class HouseClock : TimeProvider
{
    private readonly TimeProvider _real;
    private long _drivenTicks = -1;
    private long _behindTicks;

    public HouseClock() : this(System) { }
    public HouseClock(TimeProvider real) => _real = real;

    /// <summary>True while a scenario drives the clock.</summary>
    public bool IsDriven => Interlocked.Read(ref _drivenTicks) >= 0;

    /// <summary>The real time, for the trace.</summary>
    public DateTimeOffset RealNow => Instants.Truncate(_real.GetUtcNow());

    public override DateTimeOffset GetUtcNow()
    {
        var ticks = Interlocked.Read(ref _drivenTicks);
        return ticks >= 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : RealNow.AddTicks(-Interlocked.Read(ref _behindTicks));
    }

    /// <summary>Sets the house's time. It never runs back.</summary>
    public void DriveTo(DateTimeOffset instant)
    {
        var ticks = Instants.Truncate(instant).UtcTicks;
        long before;
        do
        {
            before = Interlocked.Read(ref _drivenTicks);
            Ensure.That(ticks >= before);
        }
        while (Interlocked.CompareExchange(ref _drivenTicks, ticks, before) != before);
    }

    /// <summary>Back to the real time, when the scenario is over.</summary>
    public void Release() => Interlocked.Exchange(ref _drivenTicks, -1);

    /// <summary>Goes on from where it was driven to, at the pace of the real time.</summary>
    /// <remarks>Who looks at an exercise after its month wants clocks that have hours left, not all of them late by years.</remarks>
    public void GoOn()
    {
        Ensure.That(IsDriven);
        Interlocked.Exchange(ref _behindTicks, (RealNow - GetUtcNow()).Ticks);
        Release();
    }
}

/// <summary>What every instant of the house has in common: UTC, whole microseconds.</summary>
public static class Instants
{
    /// <summary>The same instant in UTC without what is below a microsecond, as PostgreSQL would keep it.</summary>
    public static DateTimeOffset Truncate(DateTimeOffset instant)
    {
        var ticks = instant.UtcTicks;
        return new DateTimeOffset(ticks - (ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
    }

    /// <summary>ISO 8601 in UTC, to the second unless there is less: <c>2019-07-03T12:00:00Z</c>.</summary>
    public static string Iso(DateTimeOffset instant) => instant.UtcDateTime.ToString(
        instant.UtcTicks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-ddTHH:mm:ssZ" : "yyyy-MM-ddTHH:mm:ss.ffffffZ",
        global::System.Globalization.CultureInfo.InvariantCulture);
}
