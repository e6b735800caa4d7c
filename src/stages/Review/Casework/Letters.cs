using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Homeward.Foundations.Pages;
using Homeward.Foundations.Places;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Work;
using Homeward.Kernel;

namespace Homeward.Review.Casework;

/// <summary>A letter as it is printed: plain, short, identifiers only.</summary>
/// <param name="To">The holder, then the lines of the address.</param>
/// <param name="Template">The version of the templates by which it was written.</param>
public sealed record Letter(
    string Title, string Reference, string Date, IReadOnlyList<string> To, IReadOnlyList<string> Paragraphs,
    IReadOnlyList<LetterAccount> Accounts, string Signatory, string SignatoryTitle, string Template);

/// <param name="Report">The number of the report that the holder knows it by.</param>
public sealed record LetterAccount(string Kind, string Value, string Report);

/// <summary>Writes letters from templates. What was served is kept as it was, with its hash.</summary>
internal static class Letters
{
    private sealed record Template(LegalRequestKind Kind, string Title, IReadOnlyList<string> Paragraphs);
    private sealed record Book(string Version, string Note, IReadOnlyList<Template> Letters);

    private static readonly Book _book = EmbeddedJson.Read<Book>(typeof(Letters), "Homeward.Review.letters.json");

    /// <returns>Null where the process knows no letter: a warrant for a file goes to a court with papers of its own.</returns>
    public static Letter? Write(LegalRequest request, RequestTerms terms, DateTimeOffset at, DateTimeOffset? dueAt)
    {
        if (_book.Letters.SingleOrDefault(one => one.Kind == request.Kind) is not { } template) return null;
        var rule = ProcessRules.Of(request);
        var zone = Zones.Of(request.Zone);
        var filled = template.Paragraphs.Select(paragraph => paragraph
            .Replace("{authority}", rule.Authority, StringComparison.Ordinal)
            .Replace("{days}", Text(rule.KeepsDays), StringComparison.Ordinal)
            .Replace("{due}", dueAt is { } due ? InstantWords.Exact(due, zone) : "the day that is named at service", StringComparison.Ordinal)
            .Replace("{asks}", Asked(terms.Asks), StringComparison.Ordinal)
            .Replace("{reference}", request.Reference, StringComparison.Ordinal)).ToList();
        return new Letter(
            template.Title, request.Reference, InstantWords.Day(Zones.LocalDay(at, zone)),
            [terms.Holder, .. (terms.HolderAddress ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
            filled, [.. terms.Accounts.Select(one => new LetterAccount(one.Kind, one.Value, one.Number))], terms.Signatory, terms.SignatoryTitle,
            _book.Version);
    }

    /// <summary>Keeps the letter as it goes out.</summary>
    public static void Keep(Envelope envelope, LegalRequest request, Letter letter)
    {
        var text = JsonSerializer.Serialize(letter, WorkItem.Json);
        (request.Letter, request.LetterHash) =
            (envelope.SealText(Context(request.Id), text), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }

    public static Letter? Kept(Envelope envelope, LegalRequest request) => request.Letter is { } kept
        ? JsonSerializer.Deserialize<Letter>(envelope.OpenText(Context(request.Id), kept), WorkItem.Json)
        : null;

    /// <summary>"who the subscriber is; when and from where the account was used".</summary>
    public static string Asked(IReadOnlyList<RecordKind> asks) => string.Join("; ", asks.Select(CaseworkWords.Of));

    private static string Context(LegalRequestId id) => $"legal-request/letter/{id}";

    private static string Text(int? number) => number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "";
}
