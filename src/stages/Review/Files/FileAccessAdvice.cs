using Homeward.Kernel;

namespace Homeward.Review.Files;

/// <summary>Yes, no, or not stated. What is not stated counts as no (T-05).</summary>
public enum Viewed { Unknown, Yes, No }

/// <summary>What is advised before a reported file is opened anywhere, mildest first: the order decides which is strictest.</summary>
public enum FileAccessKind { RepeatableView, AskCounsel, WarrantFirst }

/// <summary>Advice for one file, never permission and never for a whole report (T-04). Homeward itself opens no file.</summary>
/// <param name="Authority">What it rests on, in words.</param>
/// <param name="IsSettled">False where no court of the circuit has decided; pages say so.</param>
/// <param name="TableVersion">The table that was asked, and the day for which: kept with a decision (T-06).</param>
public sealed record FileAccessAdvice(
    FileAccessKind Kind, string Authority, string Source, bool IsSettled, string? Circuit, string TableVersion, DateOnly AsOf)
{
    /// <summary>As a page says it.</summary>
    public string Words => Kind switch
    {
        FileAccessKind.RepeatableView => "View may be repeated, of this file only",
        FileAccessKind.AskCounsel => "Ask counsel first",
        FileAccessKind.WarrantFirst => "Warrant first",
    };
}

/// <summary>What a circuit's courts say of a file that was matched by its hash and viewed by nobody, in a span of days.</summary>
/// <param name="Circuit">"1" to "11", or "DC".</param>
public sealed record FileAccessRow(
    string Circuit, DateOnly From, DateOnly? To, FileAccessKind HashOnly, bool IsSettled, string Authority, string? DecidedOn, string Source);

/// <summary>The dated table of advice, and the rule that reads it. Pure; counsel edits the data, not the code.</summary>
/// <remarks>Cases and dates: <c>file-access.json</c>. State courts may be stricter; a place of opening and a place of trial may lie in two circuits.</remarks>
public static class FileAccessTable
{
    private const string PrivateSearch =
        "The provider viewed this very file: the view may be repeated within its scope (private search, United States v. Jacobsen, 1984)";
    private const string Public = "The file was publicly available: nobody's privacy is searched";
    private const string NoCircuit = "The circuit is not known: the strictest advice applies";

    private sealed record Table(string Version, string Note, IReadOnlyList<FileAccessRow> Rows);

    private static readonly Table _table = EmbeddedJson.Read<Table>(typeof(FileAccessTable), "Homeward.Review.file-access.json");

    public static string Version => _table.Version;
    public static IReadOnlyList<FileAccessRow> Rows => _table.Rows;

    /// <param name="circuits">All circuits that may govern: where it is opened, where it may be tried. The strictest counts; none known is strictest.</param>
    /// <param name="asOf">The day for which advice is asked.</param>
    public static FileAccessAdvice Advise(Viewed viewedByProvider, Viewed publiclyAvailable, IReadOnlyCollection<string> circuits, DateOnly asOf)
    {
        if (viewedByProvider == Viewed.Yes) return Known(FileAccessKind.RepeatableView, PrivateSearch);
        if (publiclyAvailable == Viewed.Yes) return Known(FileAccessKind.RepeatableView, Public);
        // A circuit that the table does not hold is one that is not known.
        var rows = circuits.Select(circuit => RowOf(circuit, asOf)).ToList();
        if (rows.Count == 0 || rows.Contains(null)) return Known(FileAccessKind.WarrantFirst, NoCircuit) with { IsSettled = false };
        var strictest = rows.OfType<FileAccessRow>().OrderByDescending(row => row.HashOnly).ThenBy(row => row.IsSettled ? 0 : 1)
            .ThenBy(row => row.Circuit, StringComparer.Ordinal).First();
        return new(strictest.HashOnly, strictest.Authority, strictest.Source, strictest.IsSettled, strictest.Circuit, Version, asOf);

        FileAccessAdvice Known(FileAccessKind kind, string authority) => new(kind, authority, "", true, null, Version, asOf);
    }

    private static FileAccessRow? RowOf(string circuit, DateOnly asOf) =>
        _table.Rows.SingleOrDefault(row => row.Circuit == circuit && row.From <= asOf && (row.To is null || asOf <= row.To));
}
