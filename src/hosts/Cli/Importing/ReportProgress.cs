using System.Globalization;
using Homeward.Foundations.Pages;

namespace Homeward.Cli.Importing;

/// <summary>How far an import is, by the bytes on disk that it reads: of archives, as they lie there.</summary>
/// <param name="read">Bytes done with so far.</param>
/// <param name="all">How many there are: counted beside the import, which does not wait for it. Where that fails no total is told; the import says itself what it cannot read.</param>
internal sealed class ReportProgress(Func<long> read, Task<long> all)
{
    /// <summary>Before it is known how fast it goes, nobody is told how long it takes.</summary>
    private static readonly TimeSpan _ratedAfter = TimeSpan.FromSeconds(5);

    public long Read => read();

    /// <param name="done">Of bytes whose reports are stored.</param>
    /// <param name="isLast">It has ended, whole or not.</param>
    /// <returns>"; 34 % of 1,204.5 MiB, about 12 min left", as far as known.</returns>
    public string Words(long done, TimeSpan since, bool isLast)
    {
        if (!all.IsCompletedSuccessfully || all.Result == 0) return $"; {SizeWords.Of(done)}";
        // What was added since it was counted is read too.
        var part = Math.Min(1, done / (double)all.Result);
        var told = string.Create(CultureInfo.InvariantCulture, $"; {Math.Floor(100 * part):N0} % of {SizeWords.Of(all.Result)}");
        if (isLast || part is 0 or 1 || since < _ratedAfter) return told;
        var left = since * ((1 - part) / part);
        return $"{told}, {(left.TotalMinutes < 1 ? "" : "about ")}{InstantWords.Span(left)} left";
    }
}
