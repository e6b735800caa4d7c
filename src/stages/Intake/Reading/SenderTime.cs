using Homeward.Exchange;
using Homeward.Kernel;

namespace Homeward.Intake.Reading;

/// <summary>When a message of a feed counts as received: as its sender says, and never later than now.</summary>
/// <remarks>
/// The newest message says how an entry or a tip stands, and one of the year 2199 would say it for ever. What is dated a little
/// ahead (a clock that runs fast, a local time written as UTC) came now; what is further ahead says nothing of when it came.
/// </remarks>
internal static class SenderTime
{
    private static readonly TimeSpan _leadMax = TimeSpan.FromDays(1);

    public static Rejection? Fault(DateTimeOffset received, DateTimeOffset now, int line) => received <= now + _leadMax ? null : new(
        line, 0, "received", "more than a day ahead of this house's clock", "send it with the time at which it was received, in UTC");

    /// <summary>The same of a report, whose day and time of arrival stand in its path.</summary>
    public static Rejection? Fault(DateTimeOffset? arrived, DateTimeOffset now) => !(arrived > now + _leadMax) ? null : new(
        0, 0, "", "the day in its path is more than a day ahead of this house's clock", "put it into the folder of the day on which it came, under its time in UTC");

    /// <summary>When a report counts as received: never later than now, for its terms are counted from then.</summary>
    public static DateTimeOffset Taken(DateTimeOffset? arrived, DateTimeOffset now) => arrived < now ? arrived.Value : now;

    /// <returns>When it counts as received, and where it came from: that its own time was not taken is said there.</returns>
    public static (DateTimeOffset At, string Source) Taken(DateTimeOffset received, DateTimeOffset now, RawLine line) => received <= now
        ? (received, $"{line.Source}:{line.Line}")
        : (now, $"{line.Source}:{line.Line}, dated {Instants.Iso(received)}, ahead of this house's clock");
}
