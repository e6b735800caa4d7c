using System.Text.Json;

namespace Homeward.Linkage;

/// <summary>Reads a settings file; every fault of form is found in one go, each with its path.</summary>
internal sealed class SettingsReader
{
    private static readonly JsonDocumentOptions Options = new()
    {
        CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 32,
    };

    private readonly JsonWalk _walk = new();

    /// <exception cref="LinkageException">No such settings; all faults at once.</exception>
    public static LinkageSettings Read(string text)
    {
        using var json = Parse(text);
        var reader = new SettingsReader();
        var settings = reader.Settings(json.RootElement);
        // Meaning is looked at even where the form has faults, so that one look shows all of them.
        var faults = reader._walk.Faults.Concat(settings.FindFaults()).DistinctBy(fault => fault.ToString()).ToList();
        return faults.Count == 0 ? settings : throw new LinkageException(faults);
    }

    /// <exception cref="LinkageException">The text is no JSON; says the line.</exception>
    public static JsonDocument Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text, Options);
        }
        catch (JsonException fault)
        {
            throw new LinkageException([new($"settings, line {fault.LineNumber + 1}", "is no JSON.", fault.Message)]);
        }
    }

    private LinkageSettings Settings(JsonElement root)
    {
        var members = _walk.Members(root, "", "$schema", "version", "fields", "comparisons", "blocking", "prior",
            "threshold", "trained", "exclusiveSources", "clusterSizeMax", "learntFrom");
        foreach (var needed in (string[])["fields", "comparisons", "blocking"])
            if (!members.ContainsKey(needed)) _walk.Add(needed, "is missing.",
                "Add it; homeward link FILE --out FOLDER writes settings to start from.");
        var plain = new LinkageSettings
        {
            Fields = members.TryGetValue("fields", out var fields) ? _walk.List(fields, "fields", Field) : [],
            Comparisons = members.TryGetValue("comparisons", out var comparisons) ? _walk.List(comparisons, "comparisons", Comparison) : [],
            Blocking = members.TryGetValue("blocking", out var blocking) ? _walk.List(blocking, "blocking", Rule) : [],
            ExclusiveSources = members.TryGetValue("exclusiveSources", out var sources)
                ? _walk.List(sources, "exclusiveSources", _walk.Text) : [],
        };
        return plain with
        {
            Version = members.TryGetValue("version", out var version) ? (int)Math.Clamp(_walk.Number(version, "version", 1), -1, 1000) : 1,
            Prior = members.TryGetValue("prior", out var prior) ? _walk.Number(prior, "prior", plain.Prior) : plain.Prior,
            Threshold = members.TryGetValue("threshold", out var threshold)
                ? _walk.Number(threshold, "threshold", plain.Threshold) : plain.Threshold,
            ClusterSizeMax = members.TryGetValue("clusterSizeMax", out var sizeMax) && sizeMax.ValueKind != JsonValueKind.Null
                ? (int)Math.Clamp(_walk.Number(sizeMax, "clusterSizeMax", 0), 0, int.MaxValue) : null,
            Trained = members.TryGetValue("trained", out var trained) && _walk.Truth(trained, "trained"),
            LearntFrom = members.TryGetValue("learntFrom", out var learnt) && learnt.ValueKind != JsonValueKind.Null
                ? Learning(learnt) : null,
        };
    }

    private Field? Field(JsonElement element, string where)
    {
        var members = _walk.Members(element, where, "name", "kind", "isSet", "dateOrder", "frequency");
        var name = Needed(members, where, "name", _walk.Text);
        var kind = NeededWord<FieldKind>(members, where, "kind");
        if (name is null || kind is null) return null;
        return new(name, kind.Value)
        {
            IsSet = members.TryGetValue("isSet", out var isSet) && _walk.Truth(isSet, $"{where}.isSet"),
            DateOrder = members.TryGetValue("dateOrder", out var order) && order.ValueKind != JsonValueKind.Null
                ? _walk.Word<DateOrder>(order, $"{where}.dateOrder") : null,
            Frequency = members.TryGetValue("frequency", out var frequency)
                ? _walk.Word<FrequencySource>(frequency, $"{where}.frequency") ?? FrequencySource.Records : FrequencySource.Records,
        };
    }

    private Comparison? Comparison(JsonElement element, string where)
    {
        var members = _walk.Members(element, where, "field", "levels", "with");
        var field = Needed(members, where, "field", _walk.Text);
        if (!members.TryGetValue("levels", out var levels)) _walk.Add($"{where}.levels", "is missing.", "Add at least one level.");
        var read = levels.ValueKind == JsonValueKind.Undefined ? [] : _walk.List(levels, $"{where}.levels", Level);
        var with = members.TryGetValue("with", out var others) && others.ValueKind != JsonValueKind.Null
            ? _walk.List(others, $"{where}.with", _walk.Text) : null;
        return field is null ? null : new(field, read) { With = with };
    }

    private Level? Level(JsonElement element, string where)
    {
        var members = _walk.Members(element, where, "label", "likeness", "threshold", "m", "u", "byFrequency", "isSilent");
        var label = Needed(members, where, "label", _walk.Text);
        var likeness = NeededWord<Likeness>(members, where, "likeness");
        if (label is null || likeness is null) return null;
        return new(label, likeness.Value)
        {
            Threshold = members.TryGetValue("threshold", out var threshold) ? _walk.Number(threshold, $"{where}.threshold", 0) : 0,
            M = members.TryGetValue("m", out var m) ? _walk.Number(m, $"{where}.m", 0.5) : 0.5,
            U = members.TryGetValue("u", out var u) ? _walk.Number(u, $"{where}.u", 0.5) : 0.5,
            ByFrequency = members.TryGetValue("byFrequency", out var by) && _walk.Truth(by, $"{where}.byFrequency"),
            IsSilent = members.TryGetValue("isSilent", out var silent) && _walk.Truth(silent, $"{where}.isSilent"),
        };
    }

    private BlockingRule? Rule(JsonElement element, string where)
    {
        if (_walk.Text(element, where) is not { } text) return null;
        try
        {
            return BlockingRule.Parse(text);
        }
        catch (LinkageException fault)
        {
            _walk.Add(where, fault.Message);
            return null;
        }
    }

    private LearntFrom Learning(JsonElement element)
    {
        var members = _walk.Members(element, "learntFrom", "records", "matches", "labelled", "rounds", "converged", "library");
        double Count(string name) => members.TryGetValue(name, out var value) ? _walk.Number(value, $"learntFrom.{name}", 0) : 0;
        return new(
            (long)Math.Clamp(Count("records"), 0, 1e15), Count("matches"), (long)Math.Clamp(Count("labelled"), 0, 1e15),
                (int)Math.Clamp(Count("rounds"), 0, 1e9),
            members.TryGetValue("converged", out var converged) && _walk.Truth(converged, "learntFrom.converged"),
            members.TryGetValue("library", out var library) ? _walk.Text(library, "learntFrom.library") ?? "" : "");
    }

    private T? Needed<T>(Dictionary<string, JsonElement> members, string where, string name, Func<JsonElement, string,
        T?> read) where T : class
    {
        if (members.TryGetValue(name, out var value)) return read(value, JsonWalk.Path(where, name));
        if (members.Count > 0) _walk.Add(JsonWalk.Path(where, name), "is missing.", "Add it.");
        return null;
    }

    private T? NeededWord<T>(Dictionary<string, JsonElement> members, string where, string name) where T : struct, Enum
    {
        if (members.TryGetValue(name, out var value)) return _walk.Word<T>(value, JsonWalk.Path(where, name));
        if (members.Count > 0) _walk.Add(JsonWalk.Path(where, name), "is missing.", $"One of {string.Join(", ", JsonWalk.Words<T>())}.");
        return null;
    }
}
