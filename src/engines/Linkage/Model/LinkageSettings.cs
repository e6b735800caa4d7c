using System.Text.Json;
using System.Text.Json.Serialization;

namespace Homeward.Linkage;

/// <summary>What trained parameters rest on.</summary>
/// <param name="Records">Records that the training saw.</param>
/// <param name="Matches">Matching pairs that it expected among them.</param>
/// <param name="Labelled">Pairs that people had labelled.</param>
/// <param name="Rounds">Rounds of EM.</param>
/// <param name="Converged">True when nothing moved any more at the end.</param>
/// <param name="Library">The library's version.</param>
public sealed record LearntFrom(long Records, double Matches, long Labelled, int Rounds, bool Converged, string Library);

/// <summary>All that a linkage is told: fields, comparisons, blocking rules, prior, exclusive sources.</summary>
public sealed record LinkageSettings
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>The newest form that this release reads.</summary>
    internal const int VersionMax = 1;

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

    /// <summary>The match weight, in bits, that the threshold stands for.</summary>
    internal double WeightMin => Scorer.WeightOf(Threshold);

    /// <summary>True when m, u and the prior are as wished and are not to be trained.</summary>
    public bool Trained { get; init; }

    /// <summary>Sources that hold each person once at most: two of their records never join.</summary>
    public IReadOnlyList<string> ExclusiveSources { get; init; } = [];

    /// <summary>
    /// Records of one cluster at most: what scores would make larger is set aside for a person, with the pair that would
    /// have joined it. Null where clusters may be of any size. What people decided to be the same is not cut.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ClusterSizeMax { get; init; }

    /// <summary>What m, u and the prior were learnt from; null where they were set by judgement.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LearntFrom? LearntFrom { get; init; }

    /// <summary>The settings as JSON, to be kept with the results: <see cref="FromJson"/> reads them back the same.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Reads settings. Comments and trailing commas are allowed; the form is described by <see cref="JsonSchema"/>.</summary>
    /// <exception cref="LinkageException">No such settings; every fault with its path and how to mend it.</exception>
    public static LinkageSettings FromJson(string text) => SettingsReader.Read(text);

    /// <summary>The JSON schema (draft 2020-12) of a settings file, for editors.</summary>
    public static string JsonSchema => SettingsSchema.Text;

    /// <exception cref="LinkageException">A field is named that is not there, or a probability is none; all faults at once.</exception>
    public void Check()
    {
        var faults = FindFaults().ToList();
        if (faults.Count > 0) throw new LinkageException(faults);
    }

    internal IEnumerable<LinkageFault> FindFaults() => SettingsFaults.Of(this);

    internal int IndexOf(string field)
    {
        for (var i = 0; i < Fields.Count; i++) if (Fields[i].Name == field) return i;
        throw new LinkageException($"No field \"{field}\".");
    }
}
