using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>How many there are, counted as far as anybody needs it: exactly up to ten thousand, and "more than" from there.</summary>
/// <param name="Number">At most <see cref="Max"/>.</param>
/// <param name="IsMore">There are more than that.</param>
/// <remarks>A queue is looked at a hundred times for each time that it changes much, and a count of all of it reads all of it (docs/decisions/0009).</remarks>
public readonly record struct QueueCount(int Number, bool IsMore)
{
    public const int Max = 10_000;

    internal static async Task<QueueCount> OfAsync<TRow>(IQueryable<TRow> rows, CancellationToken cancel)
    {
        var counted = await rows.Take(Max + 1).CountAsync(cancel);
        return new(Math.Min(counted, Max), counted > Max);
    }

    public override string ToString() => $"{(IsMore ? "more than " : "")}{Number.ToString("N0", CultureInfo.InvariantCulture)}";
}
