using System.Globalization;
using Homeward.Exchange.Initiatives;
using Homeward.Release.Counting;

namespace Homeward.Release.Wording;

/// <summary>A figure as it may be printed.</summary>
/// <param name="Number">The exact number where one may be printed; null for a floor or for what is not published.</param>
/// <param name="Text"><c>161</c>, <c>more than 400</c>; null where nothing may be printed.</param>
public sealed record PublishedFigure(string Measure, int? Number, string? Text)
{
    /// <summary>
    /// What the file does not give is not published by the nation and never printed as if it were; where the file gives a
    /// floor, a floor is printed, and a count that does not pass it is printed as neither (T-42).
    /// </summary>
    internal static PublishedFigure Of(string measure, int? counted, Measure published)
    {
        if (!published.IsGiven || counted is not { } value) return new(measure, null, null);
        if (published.IsFloor)
            return value > published.Count
                ? new(measure, null, $"more than {published.Count.ToString("N0", CultureInfo.InvariantCulture)}")
                : new(measure, null, null);
        return new(measure, value, value.ToString("N0", CultureInfo.InvariantCulture));
    }
}
