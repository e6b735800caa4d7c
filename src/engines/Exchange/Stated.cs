namespace Homeward.Exchange;

/// <summary>A yes-or-no question on somebody else's form that may have been left open.</summary>
/// <remarks>
/// Never a plain boolean: whether a provider opened a file decides whether a warrant is needed to open it, and
/// "not stated" is neither answer. <c>default</c> is <see cref="NotStated"/>.
/// </remarks>
public enum Stated
{
    NotStated,
    No,
    Yes,
}

/// <summary>An instant as somebody else wrote it.</summary>
/// <param name="At">UTC, whole microseconds. Read as UTC where no zone was given: see <paramref name="ZoneKnown"/>.</param>
/// <param name="ZoneKnown">False when the original names no zone, so that the instant may be up to 14 hours off.</param>
/// <param name="Text">The original, digit for digit.</param>
public readonly record struct StatedInstant(DateTimeOffset At, bool ZoneKnown, string Text)
{
    /// <summary>An instant of ours, as it is written for others.</summary>
    public static StatedInstant Of(DateTimeOffset at)
    {
        var instant = Kernel.Instants.Truncate(at);
        return new(instant, ZoneKnown: true, Kernel.Instants.Iso(instant));
    }
}
