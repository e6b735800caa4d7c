using System.Globalization;

namespace Homeward.Foundations.Pages;

/// <summary>How much a list has, and where in it a page stands.</summary>
public static class ListWords
{
    /// <summary>"1 report", "12 reports", "3,010 reports".</summary>
    public static string Counted(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");

    /// <summary>"101 to 200 of 3,010"; null of an empty page.</summary>
    public static string? Place(int from, int shown, int total) => shown == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{from + 1:N0} to {from + shown:N0} of {total:N0}");
}
