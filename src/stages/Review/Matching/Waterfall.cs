using System.Buffers;
using System.Text;
using System.Text.Json;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Homeward.Linkage;

namespace Homeward.Review.Matching;

/// <summary>One bar: what a field says, in bits and as a sentence.</summary>
internal sealed record WaterfallBar(string Field, string Level, double Weight, string Sentence);

/// <summary>Why a proposal scores as it does, as it is stored with it. Prior and bars add up to the weight.</summary>
/// <param name="Unknown">What is missing on a side. It weighs nothing, for and against .</param>
internal sealed record Waterfall(double Prior, IReadOnlyList<WaterfallBar> Bars, IReadOnlyList<WaterfallBar> Unknown)
{
    private const double SpeaksFrom = 0.05;
    private const string NotKnown = "not known";
    private const string NotKnownOnEither = $" is {NotKnown} on either side";

    private static readonly JsonEncodedText _prior = JsonEncodedText.Encode("prior");
    private static readonly JsonEncodedText _bars = JsonEncodedText.Encode("bars");
    private static readonly JsonEncodedText _unknown = JsonEncodedText.Encode("unknown");
    private static readonly JsonEncodedText _field = JsonEncodedText.Encode("field");
    private static readonly JsonEncodedText _level = JsonEncodedText.Encode("level");
    private static readonly JsonEncodedText _weight = JsonEncodedText.Encode("weight");
    private static readonly JsonEncodedText _rest = JsonEncodedText.Encode("rest");

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Bytes, Utf8JsonWriter Json)? _writer;

    /// <summary>As it is stored, a few hundred bytes a proposal: without what the rest says already, and what is 0 or nothing.</summary>
    /// <param name="Unknown">Of a field that neither side knows, its name alone.</param>
    private sealed record Stored(double Prior, IReadOnlyList<StoredBar> Bars, IReadOnlyList<StoredBar> Unknown);

    /// <param name="Rest">The sentence begins with its level; this is what follows.</param>
    private sealed record StoredBar(string Field, string? Level, double Weight, string? Rest);

    /// <remarks>Written here and not by the serializer, which takes three times as long: each candidate of each report has one.</remarks>
    public static string Write(Explanation explanation)
    {
        var (bytes, json) = _writer ??= NewWriter();
        bytes.ResetWrittenCount();
        json.Reset();
        json.WriteStartObject();
        WriteWeight(json, _prior, explanation.PriorWeight);
        json.WriteStartArray(_bars);
        foreach (var one in explanation.Waterfall) WriteBar(json, one.Field, one.Level, one.Weight, After(one.Level, one.Sentence));
        json.WriteEndArray();
        json.WriteStartArray(_unknown);
        foreach (var one in explanation.Unknown) WriteBar(json, one.Field, null, 0, IsOnNeitherSide(one) ? default : one.Sentence);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    public static Waterfall Read(string json)
    {
        var stored = JsonSerializer.Deserialize<Stored>(json, WorkItem.Json)!;
        return new(
            stored.Prior,
            [.. stored.Bars.Select(bar => new WaterfallBar(bar.Field, bar.Level!, bar.Weight, bar.Level + bar.Rest))],
            [.. stored.Unknown.Select(bar => new WaterfallBar(bar.Field, NotKnown, 0, bar.Rest ?? OnNeitherSide(bar.Field)))]);
    }

    /// <summary>What speaks for a match, the strongest first.</summary>
    public IEnumerable<WaterfallBar> For() => Bars.Where(bar => bar.Weight >= SpeaksFrom).OrderByDescending(bar => bar.Weight);

    /// <summary>What speaks against it, the strongest first.</summary>
    public IEnumerable<WaterfallBar> Against() => Bars.Where(bar => bar.Weight <= -SpeaksFrom).OrderBy(bar => bar.Weight);

    /// <summary>The picture that the library draws everywhere: from the prior through each field to the total.</summary>
    public string Picture() => new Explanation(
        Prior + Bars.Sum(bar => bar.Weight), Scorer.Probability(Prior + Bars.Sum(bar => bar.Weight)), Prior,
        [.. Bars.Select(bar => new Contribution(bar.Field, bar.Level, bar.Weight, 0, bar.Sentence))],
        [.. Unknown.Select(bar => new Contribution(bar.Field, bar.Level, 0, 0, bar.Sentence))]).ToSvg();

    private static (ArrayBufferWriter<byte>, Utf8JsonWriter) NewWriter()
    {
        var bytes = new ArrayBufferWriter<byte>();
        return (bytes, new(bytes));
    }

    private static void WriteBar(Utf8JsonWriter json, string field, string? level, double weight, ReadOnlySpan<char> rest)
    {
        json.WriteStartObject();
        json.WriteString(_field, field);
        if (level is not null) json.WriteString(_level, level);
        WriteWeight(json, _weight, weight);
        if (field == PersonSchema.ScreenName) rest = Probes.AsPeopleWrite(rest);
        if (rest.Length > 0) json.WriteString(_rest, rest);
        json.WriteEndObject();
    }

    private static void WriteWeight(Utf8JsonWriter json, JsonEncodedText name, double weight)
    {
        if (Math.Round(weight, 2) is not 0 and var rounded) json.WriteNumber(name, rounded);
    }

    private static string OnNeitherSide(string field) => field + NotKnownOnEither;

    private static bool IsOnNeitherSide(Contribution one) => one.Sentence.Length == one.Field.Length + NotKnownOnEither.Length
        && one.Sentence.StartsWith(one.Field, StringComparison.Ordinal) && one.Sentence.EndsWith(NotKnownOnEither, StringComparison.Ordinal);

    private static ReadOnlySpan<char> After(string level, string sentence)
    {
        Ensure.That(sentence.StartsWith(level, StringComparison.Ordinal));
        return sentence.AsSpan(level.Length);
    }
}

/// <summary>The one question whose answer would move the decision most.</summary>
internal static class SettlingQuestion
{
    /// <summary>What is asked where a field is unknown, that which tells people apart best first.</summary>
    private static readonly (string Field, string Question)[] _whenUnknown =
    [
        (PersonSchema.Email, "Which e-mail address does the child use? Ask the entering agency, or the provider for the account's."),
        (PersonSchema.ScreenName, "Which accounts does the child use? Ask the entering agency or the family."),
        (PersonSchema.Phone, "Which telephone number does the child use? Ask the entering agency, or the provider for the account's."),
        (PersonSchema.Born, "Which birth date does the account state? Ask the provider."),
        (PersonSchema.GivenName, "Which name does the child go by? Ask the entering agency for aliases and short names."),
        (PersonSchema.Place, "Where was the account used? Ask the provider for the place of its last log-ins."),
    ];

    public static string Of(Waterfall waterfall)
    {
        if (waterfall.Against().FirstOrDefault() is { Weight: <= -4 } strongest)
            return strongest.Field switch
            {
                PersonSchema.Born => "The birth dates differ: which one is proved? Ask the entering agency for the source of its own.",
                PersonSchema.GivenName => "The given names differ: is there a brother or sister, a twin, or another name? Ask the entering agency.",
                PersonSchema.FamilyName => "The family names differ: has the child another name? Ask the entering agency.",
                _ => $"The {strongest.Field} differs: which side is proved?",
            };
        foreach (var (field, question) in _whenUnknown)
            if (waterfall.Unknown.Any(bar => bar.Field == field)) return question;
        return "Do both sides speak of one child? Ask the entering agency to compare the photograph; none is shown here.";
    }
}
