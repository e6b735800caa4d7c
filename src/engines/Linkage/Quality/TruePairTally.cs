namespace Homeward.Linkage;

/// <summary>How many true pairs there are, and which of them the blocking rules bring together.</summary>
internal sealed class TruePairTally(int rules)
{
    public double Pairs { get; private set; }
    public double Found { get; private set; }

    /// <summary>Those that each rule brings together, and those that it alone does.</summary>
    public double[] ByRule { get; } = new double[rules];
    public double[] ByRuleAlone { get; } = new double[rules];

    /// <param name="shared">The rules that bring the pair together, as bits.</param>
    public void Take(uint shared)
    {
        Pairs++;
        if (shared != 0) Found++;
        for (var rule = 0; rule < ByRule.Length; rule++)
        {
            if ((shared >> rule & 1) != 0) ByRule[rule]++;
            if (shared == 1U << rule) ByRuleAlone[rule]++;
        }
    }

    public void Add(TruePairTally other)
    {
        Pairs += other.Pairs;
        Found += other.Found;
        for (var rule = 0; rule < ByRule.Length; rule++)
        {
            ByRule[rule] += other.ByRule[rule];
            ByRuleAlone[rule] += other.ByRuleAlone[rule];
        }
    }
}
