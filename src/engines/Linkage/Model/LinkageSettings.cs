using System.Text.Json;
using System.Text.Json.Serialization;

namespace Homeward.Linkage;

/// <summary>All that a linkage is told: fields, comparisons, blocking rules, prior, exclusive sources.</summary>
public sealed record LinkageSettings
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        PropertyNameCaseInsensitive = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>The version of the settings' form, for files that outlive a release.</summary>
    public int Version { get; init; } = 1;

    public required IReadOnlyList<Field> Fields { get; init; }
    public required IReadOnlyList<Comparison> Comparisons { get; init; }

    /// <summary>Only pairs that one of these brings together are compared.</summary>
    public required IReadOnlyList<BlockingRule> Blocking { get; init; }

    /// <summary>The probability that two records taken at random are of one person, above 0 and below 1.</summary>
    public double Prior { get; init; } = 1e-4;

    /// <summary>A pair at least this probable joins a cluster when no person has decided; 0 to 1.</summary>
    public double Threshold { get; init; } = 0.9;

    /// <summary>True when m, u and the prior are as wished and are not to be trained.</summary>
    public bool Trained { get; init; }

    /// <summary>Sources that hold each person once at most: two of their records never join.</summary>
    public IReadOnlyList<string> ExclusiveSources { get; init; } = [];

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="LinkageException">No such settings; names the line, or the key at fault.</exception>
    public static LinkageSettings FromJson(string text)
    {
        try
        {
            var settings = JsonSerializer.Deserialize<LinkageSettings>(text, Json)
                ?? throw new LinkageException("The settings are empty.");
            settings.Check();
            return settings;
        }
        catch (JsonException fault)
        {
            throw new LinkageException($"The settings cannot be read at line {fault.LineNumber + 1}: {fault.Message}", fault);
        }
    }

    /// <exception cref="LinkageException">A field is named that is not there, or a probability is none; all faults at once.</exception>
    public void Check()
    {
        var faults = new List<string>();
        // What JSON can hold in a list and C# cannot forbid: null.
        if (Fields.Any(field => field is null) || Blocking.Any(rule => rule is null) || ExclusiveSources.Any(source => source is null)
            || Comparisons.Any(comparison => comparison is null || comparison.Levels.Any(level => level is null)
                || comparison.With?.Any(name => name is null) == true))
            throw new LinkageException("The settings hold a null in a list: take it out.");
        if (Version != 1) faults.Add($"version: {Version} is not known to this release, which reads 1.");
        var names = Fields.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        if (names.Count != Fields.Count) faults.Add("fields: two have the same name.");
        if (Comparisons.Count == 0) faults.Add("comparisons: at least one is needed.");
        if (Comparisons.Count > 16) faults.Add("comparisons: 16 at most.");
        if (Blocking.Count is 0 or > 32) faults.Add("blocking: 1 to 32 rules.");
        if (Prior is not (> 0 and < 1)) faults.Add("prior: a probability above 0 and below 1 is needed.");
        if (Threshold is not (>= 0 and <= 1)) faults.Add("threshold: a probability is needed.");
        foreach (var comparison in Comparisons)
        {
            foreach (var name in (string[])[comparison.Field, .. comparison.With ?? []]) Known(name, $"comparison of {comparison.Field}");
            if (comparison.Levels.Count is 0 or > 14) faults.Add($"comparison of {comparison.Field}: 1 to 14 levels are needed.");
            foreach (var level in comparison.Levels)
            {
                if (level.M is not (> 0 and <= 1) || level.U is not (> 0 and <= 1))
                    faults.Add($"comparison of {comparison.Field}, \"{level.Label}\": m and u must be above 0 and at most 1.");
                if (level.Likeness is Likeness.Swapped or Likeness.InOtherField or Likeness.NamesTheOther or Likeness.WithTheSame
                    && comparison.With is not { Count: > 0 })
                    faults.Add($"comparison of {comparison.Field}, \"{level.Label}\": needs \"with\", the other field.");
            }
        }
        foreach (var rule in Blocking)
            foreach (var part in rule.Parts)
                foreach (var name in part.Fields) Known(name, $"blocking rule {rule}");
        if (faults.Count > 0) throw new LinkageException(string.Join(Environment.NewLine, faults));

        void Known(string name, string where)
        {
            if (!names.Contains(name)) faults.Add($"{where}: no field \"{name}\"; known: {string.Join(", ", names)}.");
        }
    }

    internal int IndexOf(string field)
    {
        for (var i = 0; i < Fields.Count; i++) if (Fields[i].Name == field) return i;
        throw new LinkageException($"No field \"{field}\".");
    }
}
