namespace Homeward.Linkage;

/// <summary>What would give a wrong answer in silence, looked for before anything is compared.</summary>
internal static class InputChecks
{
    /// <exception cref="LinkageException">Fields of the settings are no columns; all of them at once.</exception>
    public static void ColumnsAreThere(Dataset data, LinkageSettings settings)
    {
        string[] known = [.. data.Columns.Select(column => column.Name)];
        var faults = settings.Fields.Where(field => data[field.Name] is null)
            .Select(field => new LinkageFault($"fields, {field.Name}",
                $"No column \"{field.Name}\" in {string.Join(", ", data.Sources.Select(source => source.Name))}.",
                JsonWalk.Suggest(field.Name, known))).ToList();
        if (faults.Count > 0) throw new LinkageException(faults);
    }

    /// <summary>Dates written in digits: one file may put the day first and another the month (trap T-61).</summary>
    /// <exception cref="LinkageException">Two files contradict one another, or one contradicts the order of the settings.</exception>
    public static void DatesAreInOneOrder(Dataset data, LinkageSettings settings, Action<string> tell)
    {
        var faults = new List<LinkageFault>();
        foreach (var field in settings.Fields.Where(field => field is { Kind: FieldKind.Date,
            DateOrder: not null and not DateOrder.YearMonthDay }))
        {
            if (data[field.Name] is not { } column) continue;
            var evidence = Evidence(data, column);
            var dayFirst = evidence.FindIndex(file => file.DayFirst > 0 && file.MonthFirst == 0);
            var monthFirst = evidence.FindIndex(file => file.MonthFirst > 0 && file.DayFirst == 0);
            if (dayFirst >= 0 && monthFirst >= 0)
            {
                faults.Add(new(field.Name,
                    $"{data.Sources[dayFirst].Name} writes the day first, {data.Sources[monthFirst].Name} the month.",
                    "Write the dates of one of them as year, month, day: 2003-04-30."));
            }
            else if (evidence.TrueForAll(file => file.DayFirst + file.MonthFirst == 0) && evidence.Exists(file => file.Either > 0))
            {
                tell($"{field.Name}: no date tells whether day or month comes first; read as {Words(field.DateOrder)}, and \"dateOrder\" in the settings says otherwise");
            }
            else if (evidence.Exists(file => file.DayFirst > 0 && file.MonthFirst > 0))
            {
                tell($"{field.Name}: some dates can only have the day first and others only the month; read as {Words(field.DateOrder)}, the others by their digits alone");
            }
        }
        if (faults.Count > 0) throw new LinkageException(faults);
    }

    /// <summary>Days that do not exist (31 February) are compared by their digits, for a slip of one made them; that there are some is told.</summary>
    public static void DaysThatDoNotExist(Dataset data, LinkageSettings settings, Action<string> tell)
    {
        foreach (var field in settings.Fields.Where(field => field.Kind == FieldKind.Date))
        {
            if (data[field.Name] is not { } column) continue;
            var none = column.Texts.Skip(1).Where(text => !ValueReader.SaysNothing(text) && DateReader.Read(text, field.DateOrder) is { IsDate: false }).ToList();
            if (none.Count > 0)
                tell(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                    $"{field.Name}: {none.Count:N0} of {column.DistinctCount:N0} different values are no day that exists, such as \"{none[0]}\"; compared by their digits alone"));
        }
    }

    /// <summary>For each file how many distinct dates can be read in one order only, and how many in either.</summary>
    private static List<(int DayFirst, int MonthFirst, int Either)> Evidence(Dataset data, DataColumn column)
    {
        var evidence = new List<(int DayFirst, int MonthFirst, int Either)>();
        for (var source = 0; source < data.Sources.Count; source++)
        {
            var (start, end) = (data.Sources[source].Start, source + 1 < data.Sources.Count
                ? data.Sources[source + 1].Start : data.RowCount);
            var (seen, dayFirst, monthFirst, either) = (new HashSet<int>(), 0, 0, 0);
            for (var row = start; row < end; row++)
            {
                var code = column.Codes[row];
                if (code == 0 || !seen.Add(code)) continue;
                var (asDay, asMonth) = (IsDate(column.Texts[code], DateOrder.DayMonthYear),
                    IsDate(column.Texts[code], DateOrder.MonthDayYear));
                if (asDay && asMonth) either++;
                else if (asDay) dayFirst++;
                else if (asMonth) monthFirst++;
            }
            evidence.Add((dayFirst, monthFirst, either));
        }
        return evidence;

        // A date that begins with its year is the same in every order.
        static bool IsDate(string text, DateOrder order) =>
            !(text.Length >= 5 && text.AsSpan(0, 4).IndexOfAnyExceptInRange('0', '9') < 0 && !char.IsAsciiDigit(text[4]))
            && DateReader.Read(text, order) is { IsFull: true };
    }

    private static string Words(DateOrder? order) => order == DateOrder.MonthDayYear ? "month, day, year" : "day, month, year";

    /// <summary>The first line of a file that is not UTF-8, counted from 1; 0 where all are.</summary>
    public static int FirstLineNotUtf8(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16);
        var line = new List<byte>(256);
        var number = 1;
        for (var next = file.ReadByte(); ; next = file.ReadByte())
        {
            if (next is not ('\n' or -1))
            {
                line.Add((byte)next);
                continue;
            }
            if (!System.Text.Unicode.Utf8.IsValid(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(line))) return number;
            if (next == -1) return 0;
            line.Clear();
            number++;
        }
    }
}
