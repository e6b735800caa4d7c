namespace Homeward.Kernel;

/// <summary>The one clock of the house. Serving, it is the real time; a scenario drives it.</summary>
/// <remarks>
/// Domain instants, duties and escalations run on it; the trace keeps the real time beside it.
/// Instants are whole microseconds, because that is what PostgreSQL keeps. Safe for use from many threads.
/// </remarks>
public sealed class HouseClock : TimeProvider
{
    /// <summary>What the machine's clock is set by at once, and not by running a little faster or slower.</summary>
    private static readonly TimeSpan _jumpMin = TimeSpan.FromMinutes(5);
    /// <summary>Time for people to notice a clock that was set wrongly, and for senders to go on after a machine that slept.</summary>
    private static readonly TimeSpan _doubtedFor = TimeSpan.FromHours(1);

    private readonly TimeProvider _real;
    private readonly Lock _watching = new();
    private long _drivenTicks = -1;
    private long _behindTicks;
    private long _lastTicks;
    private TimeSpan _setTo;
    private TimeSpan _ahead;
    private TimeSpan _doubtedUntil;

    public HouseClock() : this(System) { }

    public HouseClock(TimeProvider real)
    {
        _real = real;
        _setTo = Set(RunFor);
    }

    /// <summary>True while a scenario drives the clock.</summary>
    public bool IsDriven => Interlocked.Read(ref _drivenTicks) >= 0;

    /// <summary>The real time, for the trace.</summary>
    public DateTimeOffset RealNow => Instants.Truncate(_real.GetUtcNow());

    public override DateTimeOffset GetUtcNow()
    {
        var ticks = Interlocked.Read(ref _drivenTicks);
        return ticks >= 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : Held(RealNow.AddTicks(-Interlocked.Read(ref _behindTicks)));
    }

    /// <summary>The time by which what has a deadline ends: <see cref="GetUtcNow"/>, but for an hour after the machine's clock jumped ahead.</summary>
    /// <remarks>
    /// A clock that is set a year ahead by mistake, or a machine that slept, would else end at once whatever is open, and what
    /// was ended is not brought back. It is seen against the machine's uptime, in this process; until the hour is over, what is
    /// open stays open by the time as it was going before. A clock that was set back ends nothing early, and is followed.
    /// </remarks>
    public DateTimeOffset EndingNow()
    {
        if (IsDriven) return GetUtcNow();
        lock (_watching)
        {
            var runFor = RunFor;
            var setTo = Set(runFor);
            var jumped = setTo - _setTo;
            _setTo = setTo;
            if (runFor >= _doubtedUntil) _ahead = TimeSpan.Zero;
            if (jumped > _jumpMin) (_ahead, _doubtedUntil) = (_ahead + jumped, runFor + _doubtedFor);
            // Put right again, wholly or in part.
            else if (jumped < -_jumpMin) _ahead = _ahead + jumped > TimeSpan.Zero ? _ahead + jumped : TimeSpan.Zero;
            return GetUtcNow() - _ahead;
        }
    }

    /// <summary>Runs evenly whatever the machine's clock is set to: for how long something took, or is kept.</summary>
    public TimeSpan RunFor => _real.GetElapsedTime(0);

    private TimeSpan Set(TimeSpan runFor) => TimeSpan.FromTicks(_real.GetUtcNow().UtcTicks) - runFor;

    /// <summary>A clock that is set back a little stands still until it has caught up: what came later must not seem to be earlier.</summary>
    private DateTimeOffset Held(DateTimeOffset now)
    {
        while (true)
        {
            var last = Interlocked.Read(ref _lastTicks);
            if (now.UtcTicks < last && last - now.UtcTicks <= _jumpMin.Ticks) return new DateTimeOffset(last, TimeSpan.Zero);
            if (Interlocked.CompareExchange(ref _lastTicks, now.UtcTicks, last) == last) return now;
        }
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
