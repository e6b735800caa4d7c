using System.Globalization;

namespace Homeward.Linkage;

/// <summary>Reads dates: ISO forms, eight digits, the declared order, and spans with <c>..</c> between.</summary>
internal static class DateReader
{
    /// <returns>
    /// Null where there is no digit at all. A day that does not exist (31 February) keeps its digits and is
    /// compared by them alone: it is still evidence, for a slip of one digit made it.
    /// </returns>
    public static DateValue? Read(string text, DateOrder? order)
    {
        text = text.Trim();
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        if (dots > 0)
        {
            return Read(text[..dots], order) is { IsDate: true } first && Read(text[(dots + 2)..], order) is { IsDate: true } last
                && first.First <= last.Last
                    ? Span(text, first, last)
                    : null;
        }
        Span<int> parts = stackalloc int[3];
        var count = Split(text, order, parts);
        if (count == 0) return null;
        var (year, month, day) = (parts[0], count > 1 ? parts[1] : 0, count > 2 ? parts[2] : 0);
        var digits = count switch
        {
            3 => string.Create(CultureInfo.InvariantCulture, $"{year:0000}{month:00}{day:00}"),
            2 => string.Create(CultureInfo.InvariantCulture, $"{year:0000}{month:00}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{year:0000}"),
        };
        if (year is < 1 or > 9999 || (count > 1 && month is < 1 or > 12)
            || (count > 2 && (day < 1 || day > DateTime.DaysInMonth(year, month))))
        {
            return new(text, digits) { Year = year, Month = month, Day = day };
        }
        var earliest = new DateOnly(year, Math.Max(month, 1), Math.Max(day, 1));
        var latest = day != 0 ? earliest : month != 0 ? earliest.AddMonths(1).AddDays(-1) : new DateOnly(year, 12, 31);
        return new(text, digits)
        {
            Year = year, Month = month, Day = day, First = earliest.DayNumber, Last = latest.DayNumber,
        };
    }

    private static DateValue Span(string text, DateValue first, DateValue last) => new(text, $"{first.Folded}..{last.Folded}")
    {
        Year = first.Year == last.Year ? first.Year : 0,
        First = first.First,
        Last = last.Last,
    };

    /// <summary>The numbers of a date as year, month, day.</summary>
    /// <returns>How many are known; 0 where the text is no date.</returns>
    private static int Split(ReadOnlySpan<char> text, DateOrder? order, Span<int> parts)
    {
        // The time after a date ("2003-04-03T00:00:00", "2003-04-03 00:00") says nothing of the day.
        if (text.IndexOfAny('T', ' ') is >= 8 and var time) text = text[..time];
        Span<int> numbers = stackalloc int[3], lengths = stackalloc int[3];
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiDigit(text[i])) continue;
            var end = i;
            while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
            if (count == 3 || end - i > 8) return 0;
            (numbers[count], lengths[count++]) = (int.Parse(text[i..end], CultureInfo.InvariantCulture), end - i);
            i = end;
        }
        if (count == 1 && lengths[0] == 8) return Compact(numbers[0], order ?? DateOrder.YearMonthDay, parts);
        switch (count)
        {
            case 0:
                return 0;
            case 1:
                parts[0] = numbers[0];
                return lengths[0] == 4 ? 1 : 0;
            case 2:
                // 2003-04 or 04/2003: the four digits are the year.
                (parts[0], parts[1]) = lengths[0] == 4 ? (numbers[0], numbers[1]) : (numbers[1], numbers[0]);
                return 2;
            default:
                // Four digits in front are a year, whatever was declared: nobody writes days with four.
                return Ordered(numbers, lengths[0] == 4 ? DateOrder.YearMonthDay : order, parts);
        }
    }

    private static int Compact(int digits, DateOrder order, Span<int> parts)
    {
        (parts[0], parts[1], parts[2]) = order switch
        {
            DateOrder.YearMonthDay => (digits / 10000, digits / 100 % 100, digits % 100),
            DateOrder.DayMonthYear => (digits % 10000, digits / 10000 % 100, digits / 1000000),
            DateOrder.MonthDayYear => (digits % 10000, digits / 1000000, digits / 10000 % 100),
        };
        return 3;
    }

    private static int Ordered(ReadOnlySpan<int> numbers, DateOrder? order, Span<int> parts)
    {
        switch (order)
        {
            case DateOrder.YearMonthDay: (parts[0], parts[1], parts[2]) = (numbers[0], numbers[1], numbers[2]); return 3;
            case DateOrder.DayMonthYear: (parts[0], parts[1], parts[2]) = (numbers[2], numbers[1], numbers[0]); return 3;
            case DateOrder.MonthDayYear: (parts[0], parts[1], parts[2]) = (numbers[2], numbers[0], numbers[1]); return 3;
            default:
                // 08/06/2019 may be June or August: without a declared order only its year is known (T-61).
                parts[0] = numbers[2];
                return numbers[2] > 31 ? 1 : 0;
        }
    }
}
