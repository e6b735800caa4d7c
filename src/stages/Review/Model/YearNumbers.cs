using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Dapper;
using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;

namespace Homeward.Review.Model;

/// <summary>Numbers by which people name what Review makes.</summary>
internal static class YearNumbers
{
    /// <summary><c>L-2019-00012</c>: the year by the house's clock, no number given twice. The row is the lock.</summary>
    /// <param name="table">The counters, with <c>year</c> and <c>last</c>.</param>
    [SuppressMessage("Security", "CA2100", Justification = "The text is made of the house's own names.")]
    public static async Task<string> NextAsync(Act act, char kind, string table, CancellationToken cancel)
    {
        var year = act.Now.UtcDateTime.Year;
        var last = await act.Db.Connection().ExecuteScalarAsync<long>(new CommandDefinition(
            $"INSERT INTO {table} (year, last) VALUES (@year, 1) ON CONFLICT (year) DO UPDATE SET last = {table}.last + 1 RETURNING last",
            new { year }, act.Db.Transaction(), cancellationToken: cancel));
        return string.Create(CultureInfo.InvariantCulture, $"{kind}-{year}-{last:00000}");
    }
}
