namespace Homeward.Linkage;

/// <summary>What is wrong with the meaning of settings: names that are not there, probabilities that are none.</summary>
internal static class SettingsFaults
{
    private const int ComparisonsMax = 16;
    private const int LevelsMax = 14;
    private const int RulesMax = 32;

    /// <summary>Likenesses that look at another field, named in <see cref="Comparison.With"/>.</summary>
    private static readonly Likeness[] Across = [Likeness.Swapped, Likeness.InOtherField, Likeness.NamesTheOther, Likeness.WithTheSame, Likeness.WithOthers];

    public static IEnumerable<LinkageFault> Of(LinkageSettings settings)
    {
        if (Nulls(settings).ToList() is { Count: > 0 } nulls) return nulls;
        var names = settings.Fields.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        return Whole(settings)
            .Concat(settings.Comparisons.SelectMany((comparison, i) => OfComparison(comparison, $"comparisons[{i}]", names)))
            .Concat(settings.Blocking.SelectMany((rule, i) => rule.Parts.SelectMany(part => part.Fields)
                .Select(name => Unknown(name, $"blocking[{i}], {rule}", names)).OfType<LinkageFault>()));
    }

    /// <summary>What a list can hold and C# cannot forbid: null.</summary>
    private static IEnumerable<LinkageFault> Nulls(LinkageSettings settings)
    {
        const string What = "holds a null.";
        if (settings.Fields is null || settings.Fields.Any(field => field is null)) yield return new("fields", What, "Take it out.");
        if (settings.Blocking is null || settings.Blocking.Any(rule => rule is null)) yield return new("blocking", What, "Take it out.");
        if (settings.ExclusiveSources is null || settings.ExclusiveSources.Any(source =>
            source is null)) yield return new("exclusiveSources", What, "Take it out.");
        if (settings.Comparisons is null || settings.Comparisons.Any(comparison => comparison?.Levels is null
            || comparison.Levels.Any(level => level is null) || comparison.With?.Any(name => name is null) == true))
            yield return new("comparisons", What, "Take it out.");
    }

    private static IEnumerable<LinkageFault> Whole(LinkageSettings settings)
    {
        if (settings.Version is < 1 or > LinkageSettings.VersionMax)
            yield return new("version",
                $"{settings.Version} is not known to this release, which reads up to {LinkageSettings.VersionMax}.",
                "Use a newer release, or write the settings anew.");
        foreach (var twice in settings.Fields.CountBy(field => field.Name).Where(count => count.Value > 1))
            yield return new("fields", $"two have the same name \"{twice.Key}\".", "Give each a name of its own.");
        if (settings.Comparisons.Count == 0) yield return new("comparisons", "is empty.",
            "At least one is needed: what else should tell who is who?");
        if (settings.Comparisons.Count > ComparisonsMax) yield return new("comparisons",
            $"{settings.Comparisons.Count} are too many.", $"{ComparisonsMax} at most: keep those that tell the most.");
        if (settings.Blocking.Count == 0) yield return new("blocking", "is empty.",
            "Name rules, or write \"everything\" to compare each record with each.");
        if (settings.Blocking.Count > RulesMax) yield return new("blocking",
            $"{settings.Blocking.Count} rules are too many.", $"{RulesMax} at most.");
        if (settings.Prior is not (> 0 and < 1)) yield return new("prior",
            "a probability above 0 and below 1 is needed.", "One over the number of records is a fair start.");
        if (settings.ClusterSizeMax < 2) yield return new("clusterSizeMax",
            $"{settings.ClusterSizeMax} would join nothing.", "Write 2 or more, or leave it out for clusters of any size.");
        if (settings.Threshold is not (>= 0 and <= 1)) yield return new("threshold", "a probability is needed.",
            "Write 0.9 for nine in ten.");
    }

    private static IEnumerable<LinkageFault> OfComparison(Comparison comparison, string where, HashSet<string> names)
    {
        where = $"{where}, {comparison.Field}";
        foreach (var name in (string[])[comparison.Field, .. comparison.With ?? []])
            if (Unknown(name, where, names) is { } unknown) yield return unknown;
        if (comparison.Levels.Count is 0 or > LevelsMax) yield return new(where, $"{comparison.Levels.Count} levels.",
            $"1 to {LevelsMax} are needed.");
        for (var i = 0; i < comparison.Levels.Count; i++)
        {
            var (level, at) = (comparison.Levels[i], $"{where}, levels[{i}] \"{comparison.Levels[i].Label}\"");
            if (level.M is not (> 0 and <= 1) || level.U is not (> 0 and <= 1))
                yield return new(at, "m and u must be above 0 and at most 1.",
                    "They are probabilities: leave them out to have them learnt.");
            if (Across.Contains(level.Likeness) && comparison.With is not { Count: > 0 })
                yield return new(at, "needs \"with\", the other field.", "Add \"with\": [\"…\"] to the comparison.");
            else if (level.Likeness == Likeness.NamesTheOther && comparison.With is not { Count: 2 })
                yield return new(at, "needs two fields in \"with\".", "Given name and family name, in this order.");
            if (level.Likeness == Likeness.Similar && level.Threshold is not (> 0 and <= 1))
                yield return new(at, "needs a threshold above 0 and at most 1.", "0.92 is almost alike, 0.82 somewhat.");
            if (level.Likeness == Likeness.Edits && level.Threshold is not (>= 1 and <= 8))
                yield return new(at, "needs a threshold from 1 to 8.", "It counts edits.");
            if (level.Likeness == Likeness.SamePrefix && level.Threshold is not (>= 1 and <= 64))
                yield return new(at, "needs a threshold from 1 to 64.", "It counts letters.");
            if (level.Likeness is Likeness.DaysApart or Likeness.Apart && level.Threshold is not (>= 0 and < 1e9))
                yield return new(at, "needs a threshold of 0 or more.", "Days, kilometres, or the number's own unit.");
            if (level.Likeness == Likeness.Else && i + 1 < comparison.Levels.Count)
                yield return new(at, "takes whatever is left, so that levels below it never hold.", "Move it to the end.");
        }
    }

    private static LinkageFault? Unknown(string name, string where, HashSet<string> names) =>
        names.Contains(name) ? null : new(where, $"no field \"{name}\".", JsonWalk.Suggest(name, names));
}
