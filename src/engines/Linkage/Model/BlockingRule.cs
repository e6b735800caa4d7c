using System.Text.Json;
using System.Text.Json.Serialization;

namespace Homeward.Linkage;

/// <summary>What is taken of a value to make a key.</summary>
public enum KeyForm
{
    /// <summary>The folded value; of a set each value.</summary>
    Same,
    /// <summary>The Soundex code of each word.</summary>
    Sound,
    /// <summary>Each word.</summary>
    Word,
    /// <summary>Each formal name that a given name may stand for; the name itself where none is known.</summary>
    Nickname,
    /// <summary>The first three letters.</summary>
    Prefix,
    /// <summary>Each year that a date may lie in, where these are at most three.</summary>
    Year,
    /// <summary>Year, month and day, where all are known, with day and month in either order.</summary>
    Day,
}

/// <summary>One part of a key: a form of one field, or of several that stand for one another.</summary>
public sealed record KeyPart(KeyForm Form, IReadOnlyList<string> Fields)
{
    public override string ToString() => $"{Form.ToString().ToLowerInvariant()}({string.Join('|', Fields)})";
}

/// <summary>Records that agree in all parts of a rule are compared. Written <c>sound(family|given) + year(born)</c>.</summary>
/// <remarks>Fields with a bar between stand for one another, so that swapped names meet in one block.</remarks>
[JsonConverter(typeof(BlockingRuleJson))]
public sealed record BlockingRule(IReadOnlyList<KeyPart> Parts)
{
    private const string Everything = "everything";

    /// <summary>Reads a rule. <c>everything</c> has no parts: it compares each record with each.</summary>
    /// <exception cref="LinkageException">The text is no rule; says what one looks like.</exception>
    public static BlockingRule Parse(string text)
    {
        if (text.Trim() == Everything) return new([]);
        var parts = new List<KeyPart>();
        foreach (var part in text.Split('+', StringSplitOptions.TrimEntries))
        {
            var open = part.IndexOf('(', StringComparison.Ordinal);
            if (open <= 0 || part[^1] != ')'
                || !Enum.TryParse<KeyForm>(part[..open].Trim(), ignoreCase: true, out var form) || !Enum.IsDefined(form))
            {
                throw new LinkageException($"\"{text}\" is no blocking rule: write it as sound(surname) + year(born), "
                    + $"with the forms {string.Join(", ", Enum.GetNames<KeyForm>()).ToLowerInvariant()}.");
            }
            parts.Add(new(form, part[(open + 1)..^1].Split('|', StringSplitOptions.TrimEntries)));
        }
        return new(parts);
    }

    public override string ToString() => Parts.Count == 0 ? Everything : string.Join(" + ", Parts);
}

internal sealed class BlockingRuleJson : JsonConverter<BlockingRule>
{
    public override BlockingRule Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        BlockingRule.Parse(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, BlockingRule value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
