using System.Text.Json;
using Homeward.Linkage.Splink;

namespace Homeward.Linkage;

/// <summary>Settings that came from a Splink file, and what could not be taken.</summary>
/// <param name="Settings">Trained when every m and u and the prior stood in the file; else to be trained from its values.</param>
/// <param name="NotTaken">Each thing that was left out or differs, with its place in the file.</param>
/// <param name="WithinFiles">True when records of one file are compared with one another too (dedupe_only, link_and_dedupe).</param>
/// <param name="IdColumn">The column that names a record.</param>
public sealed record SplinkConversion(LinkageSettings Settings, IReadOnlyList<LinkageFault> NotTaken, bool WithinFiles, string IdColumn);

/// <summary>Reads settings that Splink (version 3 or 4) has saved as JSON.</summary>
/// <remarks>
/// Conditions are read as SQL and matched with what they compare. A level that has no counterpart is left out and
/// its m and u are added to the level that now takes its pairs, so that the probabilities still add up.
/// </remarks>
public static class SplinkSettings
{
    private const double ProbabilityMin = 1e-9;

    /// <summary>Keys of a Splink file that say how it works or what it writes, and nothing of who is whom.</summary>
    private static readonly string[] WithoutMeaning =
    [
        "retain_matching_columns", "retain_intermediate_calculation_columns", "additional_columns_to_retain", "sql_dialect", "linker_uid",
        "em_convergence", "max_iterations", "bayes_factor_column_prefix", "match_weight_column_prefix",
            "term_frequency_adjustment_column_prefix",
        "comparison_vector_value_column_prefix", "source_dataset_column_name", "$schema",
    ];

    /// <summary>True when a JSON text has the marks of a Splink file.</summary>
    public static bool Recognise(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && (root.TryGetProperty("link_type", out _) || root.TryGetProperty("blocking_rules_to_generate_predictions", out _));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <exception cref="LinkageException">No Splink settings, or nothing of them could be taken; all faults at once.</exception>
    public static SplinkConversion Read(string json)
    {
        using var document = SettingsReader.Parse(json);
        return new Reader(document.RootElement).Read();
    }

    private sealed class Reader(JsonElement root)
    {
        private readonly List<LinkageFault> _notTaken = [];
        private readonly Dictionary<string, (FieldKind? Kind, bool IsSet)> _columns = new(StringComparer.Ordinal);
        private bool _allKnown = true;

        public SplinkConversion Read()
        {
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("comparisons", out var comparisons)
                || comparisons.ValueKind != JsonValueKind.Array)
                throw new LinkageException([new("comparisons", "is missing: this is no settings file of Splink.",
                    "Save it with linker.misc.save_model_to_json.")]);
            var taken = comparisons.EnumerateArray().Select((comparison, i) => Comparison(comparison,
                $"comparisons[{i}]")).OfType<Comparison>().ToList();
            var rules = Rules().ToList();
            foreach (var other in root.EnumerateObject().Where(member => !WithoutMeaning.Contains(member.Name) && member.Name is not
                ("comparisons" or "link_type" or "blocking_rules_to_generate_predictions" or "probability_two_random_records_match" or "unique_id_column_name")))
                _notTaken.Add(new(other.Name, "is not known.", ""));
            var prior = Number(root, "probability_two_random_records_match");
            if (taken.Count == 0) throw new LinkageException([.. _notTaken,
                new("comparisons", "none could be taken.", "Write the settings by hand, from homeward link FILE --out FOLDER.")]);
            if (rules.Count == 0)
            {
                rules.Add(new([]));
                _notTaken.Add(new("blocking_rules_to_generate_predictions",
                    "none could be taken, so each record is compared with each.", "Add rules before you link many records."));
            }
            var settings = new LinkageSettings
            {
                Fields = [.. _columns.OrderBy(column => column.Key, StringComparer.Ordinal)
                    .Select(column => new Field(column.Key, KindOf(column.Key)) { IsSet = column.Value.IsSet })],
                Comparisons = taken, Blocking = rules,
                Prior = prior is > 0 and < 1 ? prior.Value : 1e-4,
                Trained = _allKnown && prior is > 0 and < 1,
            };
            settings.Check();
            return new(settings, _notTaken, Text(root, "link_type") != "link_only", Text(root, "unique_id_column_name") ?? "unique_id");
        }

        private Comparison? Comparison(JsonElement comparison, string where)
        {
            if (comparison.ValueKind != JsonValueKind.Object || !comparison.TryGetProperty("comparison_levels",
                out var levels) || levels.ValueKind != JsonValueKind.Array)
            {
                _notTaken.Add(new(where, "has no comparison_levels.", "Save the model from Splink, not the call that made it."));
                return null;
            }
            string? field = null;
            IReadOnlyList<string> with = [];
            var taken = new List<Level>();
            double lostM = 0, lostU = 0;
            var place = 0;
            foreach (var level in levels.EnumerateArray())
            {
                var at = $"{where}.comparison_levels[{place++}]";
                if (level.ValueKind != JsonValueKind.Object || Text(level, "sql_condition") is not { } condition) continue;
                var sql = SqlReader.Read(condition);
                if (level.TryGetProperty("is_null_level", out var isNull) && isNull.ValueKind == JsonValueKind.True
                    || IsNullTest(sql)) continue;
                var (m, u) = (Number(level, "m_probability"), Number(level, "u_probability"));
                var isElse = condition.Trim().Equals("else", StringComparison.OrdinalIgnoreCase);
                var translated = isElse || sql is null ? null : LevelTranslation.Of(sql);
                if (!isElse && Why(translated, field, with) is { } why)
                {
                    _notTaken.Add(new(at, $"\"{condition}\" {why}", "Its m and u were added to the level below it."));
                    (lostM, lostU) = (lostM + (m ?? 0), lostU + (u ?? 0));
                    continue;
                }
                if (translated is not null)
                {
                    field ??= translated.Field;
                    if (translated.With.Count > with.Count) with = translated.With;
                    if (translated.Note.Length > 0) _notTaken.Add(new(at, translated.Note, ""));
                    foreach (var column in (string[])[translated.Field, .. translated.With]) Know(column,
                        column == translated.Field ? translated : null);
                }
                _allKnown &= m is not null && u is not null;
                taken.Add(new(Text(level, "label_for_charts") ?? condition, translated?.Likeness ?? Likeness.Else)
                {
                    Threshold = translated?.Threshold ?? 0,
                    M = Probability(m is null ? null : m + lostM, isElse ? 0.1 : 0.8 / (taken.Count + 1)),
                    U = Probability(u is null ? null : u + lostU, isElse ? 0.9 : 0.01),
                    ByFrequency = ByFrequency(level, translated, at),
                });
                (lostM, lostU) = (0, 0);
            }
            if (field is not null && taken.Count > 0) return new(field, taken) { With = with.Count == 0 ? null : with };
            _notTaken.Add(new(where,
                $"\"{Text(comparison, "output_column_name") ?? "?"}\": none of its levels could be taken.",
                "Write the comparison by hand."));
            return null;
        }

        /// <returns>Null where the level can stand in this comparison.</returns>
        private static string? Why(Translated? level, string? field, IReadOnlyList<string> with)
        {
            if (level is null) return "has no counterpart.";
            if (field is not null && level.Field != field
                && !(level.Likeness is Likeness.Swapped or Likeness.WithTheSame && level.With.Contains(field)))
                return $"looks at {level.Field}, but a comparison looks at one field, here {field}.";
            return with.Count > 0 && level.With.Count > 0 && with[0] != level.With[0] && level.With[0] != field
                ? "looks at other fields than the levels above it."
                : null;
        }

        private static bool IsNullTest(Sql? sql) =>
            sql is Sql.Call { Name: "is null" } || (sql is Sql.Call { Name: "or" or "and", Arguments: [var left,
                var right] } && IsNullTest(left) && IsNullTest(right));

        private bool ByFrequency(JsonElement level, Translated? translated, string at)
        {
            if (Text(level, "tf_adjustment_column") is not { } column) return false;
            if (translated is null || column != translated.Field)
            {
                _notTaken.Add(new($"{at}.tf_adjustment_column", $"\"{column}\" is another column than the level's.",
                    "The level weighs the same for common and rare values."));
                return false;
            }
            if (Number(level, "tf_adjustment_weight") is { } weight and not 1 and not 0)
                _notTaken.Add(new($"{at}.tf_adjustment_weight", FormattableString.Invariant($"{weight} became 1."), ""));
            if (Number(level, "tf_minimum_u_value") is > 0)
                _notTaken.Add(new($"{at}.tf_minimum_u_value", "was left out: no value is taken for rarer than two in a million.", ""));
            return Number(level, "tf_adjustment_weight") != 0;
        }

        private IEnumerable<BlockingRule> Rules()
        {
            if (!root.TryGetProperty("blocking_rules_to_generate_predictions", out var rules)
                || rules.ValueKind != JsonValueKind.Array) yield break;
            var place = 0;
            foreach (var rule in rules.EnumerateArray())
            {
                var where = $"blocking_rules_to_generate_predictions[{place++}]";
                var condition = rule.ValueKind == JsonValueKind.String ? rule.GetString()
                    : rule.ValueKind == JsonValueKind.Object ? Text(rule, "blocking_rule") : null;
                var read = condition is null || SqlReader.Read(condition) is not { } sql ? null
                    : RuleTranslation.Of(sql, KindOf, note => _notTaken.Add(new(where, note, "")));
                if (read is null)
                {
                    _notTaken.Add(new(where, $"\"{condition}\" is no equality of columns.",
                        "Write it by hand, as sound(surname) + year(born)."));
                    continue;
                }
                foreach (var column in read.Parts.SelectMany(part => part.Fields)) Know(column, null);
                yield return read;
            }
        }

        private void Know(string column, Translated? level)
        {
            var known = _columns.GetValueOrDefault(column);
            _columns[column] = (known.Kind ?? level?.Kind, known.IsSet || level?.IsSet == true);
        }

        private FieldKind KindOf(string column) => _columns.GetValueOrDefault(column).Kind ?? ColumnProfile.KindByHeader(column);

        private static string? Text(JsonElement of, string name) =>
            of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

        private static double? Number(JsonElement of, string name) =>
            of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
                && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

        private static double Probability(double? known, double otherwise) => Math.Clamp(known ?? otherwise, ProbabilityMin, 1);
    }
}
