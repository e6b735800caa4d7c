using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Homeward.Linkage;

/// <summary>One rule, weighed before any pair is compared.</summary>
/// <param name="Rule">As it is written.</param>
/// <param name="Pairs">Pairs that it brings together, by count of its blocks; exact.</param>
/// <param name="LargestBlock">Records in its largest block.</param>
/// <param name="Recall">The share of true pairs that it brings together; null without a truth.</param>
/// <param name="RecallAlone">The share that no other rule brings together.</param>
public sealed record RuleWeighed(string Rule, long Pairs, int LargestBlock, double? Recall, double? RecallAlone);

/// <summary>What the blocking rules would cost, and lose.</summary>
/// <param name="Rules">In their order.</param>
/// <param name="PairsMax">The sum over the rules: pairs compared at most, for pairs of several rules are compared once.</param>
/// <param name="AllPairs">Pairs that there are.</param>
/// <param name="Recall">The share of true pairs that a rule brings together; null without a truth.</param>
public sealed record BlockingAnalysis(IReadOnlyList<RuleWeighed> Rules, double PairsMax, double AllPairs, double? Recall)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public string ToText()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{"pairs",18} {"largest block",14} {"recall",8} {"alone",8}  rule\n");
        foreach (var rule in Rules)
            text.Append(CultureInfo.InvariantCulture,
                $"{rule.Pairs,18:N0} {rule.LargestBlock,14:N0} {rule.Recall,8:0.0000} {rule.RecallAlone,8:0.0000}  {rule.Rule}\n");
        text.Append(CultureInfo.InvariantCulture, $"At most {PairsMax:N0} of {AllPairs:N0} pairs would be compared");
        if (Recall is { } recall) text.Append(CultureInfo.InvariantCulture, $"; {1 - recall:P2} of the true pairs would never be seen");
        return text.Append(".\n").ToString();
    }

    internal static BlockingAnalysis Of(LinkageSettings settings, BlockKeys keys, PairScope scope, Truth? truth)
    {
        var tally = new TruePairTally(keys.RuleCount);
        foreach (var person in truth?.Persons() ?? [])
            foreach (var (left, right) in scope.Among(person)) tally.Take(keys.SharedRules(left, right));
        double? Share(double count) => truth is null ? null : tally.Pairs == 0 ? 1 : count / tally.Pairs;
        var rules = Enumerable.Range(0, keys.RuleCount).Select(rule =>
        {
            var entries = keys.Entries(rule);
            return new RuleWeighed(settings.Blocking[rule].ToString(), PairSweep.CountPairs(entries, scope), Largest(entries),
                Share(tally.ByRule[rule]), Share(tally.ByRuleAlone[rule]));
        }).ToList();
        return new(rules, rules.Sum(rule => (double)rule.Pairs), scope.PairCount, Share(tally.Found));
    }

    private static int Largest(ReadOnlySpan<ulong> entries)
    {
        var largest = 0;
        for (int start = 0, i = 0; i < entries.Length; i++)
        {
            if (entries[i] >> 32 != entries[start] >> 32) start = i;
            largest = Math.Max(largest, i - start + 1);
        }
        return largest;
    }
}
