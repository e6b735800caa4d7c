namespace Homeward.Linkage;

/// <summary>What a linkage of a data set came to.</summary>
internal sealed record Linked(LinkageSettings Settings, int[] Clusters)
{
    public RowTable? Rows { get; init; }

    /// <summary>For the measures, which look at pairs again.</summary>
    public BlockKeys? Keys { get; init; }
    public PairScope? Scope { get; init; }

    /// <summary>Pairs above the threshold, the heaviest first; sorted when somebody asks.</summary>
    public List<RowPair> Pairs
    {
        get
        {
            if (!_areSorted) Grouping.SortHeaviestFirst(field);
            _areSorted = true;
            return field;
        }
        init;
    } = [];
    private bool _areSorted;

    public IReadOnlyList<WeakBridge> WeakBridges { get; init; } = [];
    public IReadOnlyList<(string Column, string Why)> LeftOut { get; init; } = [];

    /// <summary>Pairs that each blocking rule brings together, those of earlier rules included.</summary>
    public long[] PairsOfRule { get; init; } = [];
    public long PairsCompared { get; init; }
    public TrainingReport? Training { get; init; }

    public int ClusterCount => Clusters.Length == 0 ? 0 : Clusters.Max() + 1;
}

/// <summary>One linkage: propose, train, score, cluster.</summary>
internal sealed class Linking(LinkOptions options, Dataset data, Action<string> tell, CancellationToken cancel)
{
    private const int RowsTidiedMin = 200_000;

    /// <summary>Keeps the pairs of a piece that weigh enough.</summary>
    private readonly unsafe struct Keeper(BatchScorer scorer, BlockScreen? screen, double weightMin) : PairSweep.ITaker
    {
        private readonly BatchScorer.Hand _hand = scorer.NewHand();
        private readonly long[] _seen = [0];

        public List<RowPair> Kept { get; } = [];
        public long Seen => _seen[0];

        public BlockScreen? Screen => screen;

        public float[] Lead(int row, int* cells)
        {
            scorer.Lead(_hand, row, cells);
            return _hand.Same;
        }

        public void Pass(int pairs) => _seen[0] += pairs;

        public void Take(in Met met, ValuePairs known)
        {
            _seen[0]++;
            var weight = scorer.WeightFrom(weightMin, met, known, _hand);
            if (weight >= weightMin) Kept.Add(new(Math.Min(met.Left, met.Right), Math.Max(met.Left, met.Right), weight));
        }
    }

    /// <summary>Large arrays of one step make room for those of the next, which the collector would see only later.</summary>
    private void Tidy()
    {
        if (data.RowCount >= RowsTidiedMin) GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
    }

    private void Cancel() => cancel.ThrowIfCancellationRequested();

    /// <exception cref="LinkageException">Nothing can be compared, or far too much would be.</exception>
    public Linked Link()
    {
        if (data.RowCount < 2) return new(options.Settings ?? Empty, [.. Enumerable.Range(0, data.RowCount)]);
        var proposal = options.Settings is null ? Proposal.Of(data, options.NeverCompared) : null;
        var settings = options.Settings ?? proposal!.Settings;
        settings = settings with
        {
            Threshold = options.Threshold ?? settings.Threshold,
            ClusterSizeMax = options.ClusterSizeMax ?? settings.ClusterSizeMax,
            ExclusiveSources = [.. settings.ExclusiveSources.Union(options.ExclusiveSources, StringComparer.Ordinal)],
        };
        settings.Check();
        foreach (var unknown in options.ExclusiveSources.Where(name => !data.Sources.Any(source => source.Name == name)))
        {
            var known = data.Sources.Select(source => source.Name).ToList();
            throw new LinkageException([new("exclusive sources", $"no file \"{unknown}\".", JsonWalk.Suggest(unknown, known))]);
        }
        if (proposal is not null) Describe(proposal);
        InputChecks.ColumnsAreThere(data, settings);
        InputChecks.DatesAreInOneOrder(data, settings, tell);
        InputChecks.DaysThatDoNotExist(data, settings, tell);

        data.Close();
        var rows = new RowTable(data, settings);
        var keys = new BlockKeys(rows, settings);
        var scope = Scope(settings);
        // At least one, for it is divided by.
        var allPairs = Math.Max(1, scope.PairCount);
        var pairsOfRule = CountPairs(settings, keys, scope);
        Tidy();
        Cancel();

        TrainingReport? training = null;
        if (!settings.Trained)
        {
            var sampling = new PairSampling(rows, keys, new Scorer(settings), scope);
            training = new Training(settings, sampling.FromBlocks(pairsOfRule), sampling.AtRandom(), allPairs, Labelled(rows, settings), sampling.Agreeing()).Run();
            settings = training.Settings with
            {
                LearntFrom = new(data.RowCount, Math.Round(training.Settings.Prior * allPairs, 1), training.Labelled, training.Rounds, training.Converged, Library),
            };
            training = training with { Settings = settings };
            tell($"trained in {training.Rounds} rounds; about {settings.Prior * allPairs:N0} pairs match");
            foreach (var finding in TrainingFindings.Of(training)) tell(finding);
        }

        var scorer = new Scorer(settings);
        var (pairs, compared) = Score(rows, keys, scorer, scope);
        keys.Forget();
        Tidy();
        tell($"{compared:N0} pairs compared, {pairs.Count:N0} at or above {settings.Threshold:P0}");
        var grouping = new Grouping(rows, scorer);
        var clusters = grouping.Join(pairs, Decided(options.Decisions), ExclusiveSource(settings));
        return new(settings, clusters)
        {
            Rows = rows, Keys = options.IsMeasured ? keys : null, Scope = scope, Pairs = pairs, WeakBridges = grouping.WeakBridges, LeftOut = proposal?.LeftOut ?? [],
            PairsOfRule = pairsOfRule, PairsCompared = compared, Training = training,
        };
    }

    /// <summary>The same rules over the same records, counted and not compared.</summary>
    public BlockingAnalysis WeighBlocking(Truth? truth)
    {
        var settings = options.Settings ?? Proposal.Of(data, options.NeverCompared).Settings;
        settings.Check();
        var keys = new BlockKeys(new RowTable(data, settings), settings);
        return BlockingAnalysis.Of(settings, keys, Scope(settings), truth);
    }

    private PairScope Scope(LinkageSettings settings) => PairScope.Of(data, options.WithinFiles, settings.ExclusiveSources);

    private static string Library => typeof(Linking).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>Patterns of the pairs that people labelled "same".</summary>
    private PatternTable? Labelled(RowTable rows, LinkageSettings settings)
    {
        if (options.Labels.Count == 0) return null;
        var (patterns, scorer) = (new PatternTable(), new Scorer(settings));
        Span<byte> levels = stackalloc byte[scorer.ComparisonCount];
        foreach (var (left, right, judgement) in Decided(options.Labels))
        {
            if (judgement != Judgement.Same) continue;
            scorer.Compare(rows[left], rows[right], levels);
            patterns.Add(Pattern.Pack(levels), rules: 0, 1);
        }
        return patterns;
    }

    private static LinkageSettings Empty => new() { Fields = [], Comparisons = [], Blocking = [] };

    private (List<RowPair> Pairs, long Compared) Score(RowTable rows, BlockKeys keys, Scorer scorer, PairScope scope)
    {
        var weightMin = scorer.Settings.WeightMin;
        var (sweep, weigher) = (new PairSweep(rows, keys, scorer, scope), new BatchScorer(scorer, rows));
        var screen = BlockScreen.Of(weigher, rows, keys, weightMin);
        var keepers = new List<Keeper>();
        for (var rule = 0; rule < keys.RuleCount; rule++)
            keepers.AddRange(sweep.Take(rule, share: 1, NewKeeper));
        // As long as it must be and no longer: of fifty million pairs a doubling would be felt.
        var pairs = new List<RowPair>(keepers.Sum(keeper => keeper.Kept.Count));
        foreach (var keeper in keepers)
        {
            pairs.AddRange(keeper.Kept);
            keeper.Kept.Clear();
            keeper.Kept.TrimExcess();
        }
        var compared = keepers.Sum(keeper => keeper.Seen);
        return (pairs, compared);

        Keeper NewKeeper()
        {
            Cancel();
            return new(weigher, screen, weightMin);
        }
    }

    private long[] CountPairs(LinkageSettings settings, BlockKeys keys, PairScope scope)
    {
        var pairs = new long[keys.RuleCount];
        Parallel.For(0, pairs.Length, Cores.All, rule => pairs[rule] = PairSweep.CountPairs(keys.Entries(rule), scope));
        var widest = Array.IndexOf(pairs, pairs.Max());
        if (pairs.Sum() > options.PairsMax)
        {
            throw new LinkageException($"The blocking rules would compare {pairs.Sum():N0} pairs, and {options.PairsMax:N0} are allowed. "
                + $"The widest is \"{settings.Blocking[widest]}\" with {pairs[widest]:N0}: add a part to it, such as a year, or allow more.");
        }
        return pairs;
    }

    private Func<int, string?>? ExclusiveSource(LinkageSettings settings) => settings.ExclusiveSources.Count == 0
        ? null
        : row => data.Sources[data.SourceOf(row)].Name is var name && settings.ExclusiveSources.Contains(name) ? name : null;

    private List<(int, int, Judgement)> Decided(IReadOnlyList<DecidedRows> decisions)
    {
        var decided = new Dictionary<(int, int), Judgement>();
        foreach (var decision in decisions)
        {
            int left = RowOf(decision.LeftFile, decision.LeftRow), right = RowOf(decision.RightFile, decision.RightRow);
            if (left != right) decided[(Math.Min(left, right), Math.Max(left, right))] = decision.Judgement;
        }
        return [.. decided.OrderBy(pair => pair.Key).Select(pair => (pair.Key.Item1, pair.Key.Item2, pair.Value))];
    }

    private int RowOf(int file, int row)
    {
        if (file < 1 || file > data.Sources.Count) throw new LinkageException($"A decision names file {file}; there are {data.Sources.Count}.");
        var index = data.Sources[file - 1].Start + row - 1;
        var end = file < data.Sources.Count ? data.Sources[file].Start : data.RowCount;
        return row >= 1 && index < end ? index : throw new LinkageException($"A decision names row {row} of file {file}, which has {end - data.Sources[file - 1].Start}.");
    }

    private void Describe(Proposal proposal)
    {
        foreach (var field in proposal.Settings.Fields) tell($"compares {field.Name} as {field.Kind}");
        foreach (var (column, why) in proposal.LeftOut) tell($"leaves out {column}: {why}");
        foreach (var rule in proposal.Settings.Blocking) tell($"blocks by {rule}");
    }
}
