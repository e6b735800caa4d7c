namespace Homeward.Linkage;

/// <summary>What one field says about two records.</summary>
/// <param name="Field">The field's name.</param>
/// <param name="Level">The level's label; "not known" where a value is missing.</param>
/// <param name="Weight">Bits for (above 0) or against (below 0), the share of the value included.</param>
/// <param name="FrequencyWeight">The part of the weight that comes from how rare or common the value is.</param>
/// <param name="Sentence">In words: <c>day and month swapped: 2003-04-03 / 2003-03-04</c>.</param>
public sealed record Contribution(string Field, string Level, double Weight, double FrequencyWeight, string Sentence);

/// <summary>Why two records score as they do. The weights of the waterfall and the prior add up to the total.</summary>
/// <param name="Weight">The match weight in bits: log2 of the odds that both are of one person.</param>
/// <param name="Probability">The same as a probability, 0 to 1.</param>
/// <param name="PriorWeight">Where the waterfall starts: the log odds of two records taken at random.</param>
/// <param name="Waterfall">Each known field in the order of the settings.</param>
/// <param name="Unknown">Fields that are missing on a side. They weigh nothing, for and against.</param>
public sealed record Explanation(
    double Weight, double Probability, double PriorWeight,
    IReadOnlyList<Contribution> Waterfall, IReadOnlyList<Contribution> Unknown)
{
    /// <summary>Less than this, in bits, speaks neither for nor against.</summary>
    private const double WeightMin = 0.05;

    /// <summary>What speaks for a match, the strongest first.</summary>
    public IReadOnlyList<Contribution> For =>
        [.. Waterfall.Where(bar => bar.Weight >= WeightMin).OrderByDescending(bar => bar.Weight)];

    /// <summary>What speaks against it, the strongest first.</summary>
    public IReadOnlyList<Contribution> Against =>
        [.. Waterfall.Where(bar => bar.Weight <= -WeightMin).OrderBy(bar => bar.Weight)];
}

/// <summary>A record that may be of the same person as the one asked about.</summary>
/// <remarks>Record and explanation are made when first asked for, from what the index held when the query ran.</remarks>
public sealed class Candidate
{
    private readonly IndexState _state;
    private readonly int _slot;
    private readonly Scorer _scorer;
    private readonly Value?[] _probe;

    internal Candidate(IndexState state, int slot, string id, double weight, Scorer scorer, Value?[] probe) =>
        (_state, _slot, Id, Weight, _scorer, _probe) = (state, slot, id, weight, scorer, probe);

    /// <summary>The record as it was in the index when the query ran.</summary>
    public LinkRecord Record => field ??= _state.Record(_slot);
    public string Id { get; }
    public string Source => Record.Source;

    /// <summary>The match weight in bits, the prior included.</summary>
    public double Weight { get; }

    /// <summary>The same as a probability, 0 to 1.</summary>
    public double Probability => Scorer.Probability(Weight);

    /// <summary>Why: told of the values that were scored.</summary>
    public Explanation Explanation => field ??= _scorer.Explain(_probe, _state.Values(_slot, new Value?[_probe.Length]));
}
