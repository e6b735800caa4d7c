namespace Homeward.Linkage;

/// <summary>How much a row can weigh at most beside one that is asked about, told without a look at the row as a whole.</summary>
/// <remarks>
/// Rows found under one key share a town, a name or a year: what a value weighs is worked out once and remembered while
/// the query lasts. Of a telephone number, which hardly any other row has, the letters mostly tell that it is another.
/// Never too low: what is left open counts for all that it could weigh. For one query at a time.
/// </remarks>
internal sealed class Ceilings
{
    /// <summary>Values remembered for each comparison; one that comes to the place of another takes it.</summary>
    private const int RememberedBits = 10;

    private Scorer? _scorer;
    private CeilingPlan[] _plans = [];
    private int[] _planOf = [];
    private ulong _needed;
    private Entry[] _entries = [];
    private readonly List<int> _taken = [];

    private Value?[] _left = [];
    private double[] _most = [];
    private double[] _slack = [];
    private LetterProbe[] _probes = [];
    private SignReader? _signs;
    private double _start;

    private readonly record struct Entry(Value? Of, double Most);

    /// <summary>A bit for each field of which something is told from a row's value; beyond the bits, they come again.</summary>
    public ulong Looked { get; private set; }

    /// <param name="scorer">What weighs.</param>
    /// <param name="left">The row that is asked about.</param>
    /// <param name="most">What each comparison can weigh at most beside it, for the rows that are told by this.</param>
    /// <param name="signs">Those of the rows; null where they have none.</param>
    public void Begin(Scorer scorer, Value?[] left, ReadOnlySpan<double> most, RowSigns? signs)
    {
        if (_scorer != scorer) Take(scorer);
        if (_most.Length != most.Length) _most = new double[most.Length];
        most.CopyTo(_most);
        (_left, _start) = (left, scorer.PriorWeight + Scorer.RoundingMax);
        foreach (var one in most) _start += one;
        // What each can weigh is counted where the row knows the field; where it does not, only what stays open.
        foreach (var plan in _plans)
            if (plan.Letters is { } letters && left[plan.Field] is { } value) _probes[plan.Comparison] = new(letters, value, plan.With < 0 ? null : left[plan.With]);
        Looked = _needed;
        foreach (var plan in _plans)
        {
            _start -= _slack[plan.Field] = _most[plan.Comparison] - Unknown(plan);
            if (left[plan.Field] is not null || plan.IsOpen) Looked |= 1UL << plan.Field;
        }
        if (signs is null) return;
        _signs = signs.Rent();
        _signs.Begin(left, _most, _slack, _probes, _start);
    }

    /// <inheritdoc cref="SignReader.Reach"/>
    public uint Reach(double weightMin, ReadOnlySpan<int> rows) => _signs!.Reach(weightMin, rows);

    /// <summary>Whether a row's weight may be as much as asked for.</summary>
    /// <param name="weightMin">In bits.</param>
    /// <param name="fields">The fields that it knows.</param>
    /// <param name="cells">Its values of them.</param>
    public bool Reach(double weightMin, ReadOnlySpan<byte> fields, ReadOnlySpan<FrozenRows.Cell> cells)
    {
        var (open, known) = (_start, 0UL);
        foreach (var field in fields)
        {
            known |= 1UL << field;
            open += _slack[field];
        }
        if ((known & _needed) != _needed) return true;
        // What is cheap to tell stands last, the names first: mostly they need not be looked at.
        for (var i = cells.Length - 1; i >= 0 && open >= weightMin; i--)
            if (_planOf[fields[i]] is >= 0 and var number) open += Most(number, cells[i]) - _most[_plans[number].Comparison];
        return open >= weightMin;
    }

    /// <summary>The values of a query that is over are let go.</summary>
    public void End()
    {
        foreach (var place in _taken) _entries[place] = default;
        _taken.Clear();
        _signs?.Return();
        _signs = null;
        Array.Clear(_probes);
        _left = [];
    }

    /// <summary>What it can weigh where the row does not know the field.</summary>
    private double Unknown(CeilingPlan plan) => plan.IsOpen && _left[plan.Field] is not null ? _most[plan.Comparison] : 0;

    private double Most(int number, in FrozenRows.Cell cell)
    {
        var plan = _plans[number];
        if (_left[plan.Field] is not { } left) return plan.IsOpen ? _most[plan.Comparison] : 0;
        if (plan.NamesTheOther) return _most[plan.Comparison];
        if (plan.Letters is { } letters && letters.IsFar(left, _probes[plan.Comparison], cell)) return letters.FarWeight;
        // What is read from a row is a value of its own each time.
        if (cell.IsLate) return _scorer!.Most(plan.Comparison, _left, cell.Value);
        var place = (number << RememberedBits) + (int)(cell.Bag * 0x9E3779B97F4A7C15UL >> (64 - RememberedBits));
        ref var entry = ref _entries[place];
        if (cell.Is(entry.Of)) return entry.Most;
        if (entry.Of is null) _taken.Add(place);
        entry = new(cell.Value, _scorer!.Most(plan.Comparison, _left, cell.Value));
        return entry.Most;
    }

    private void Take(Scorer scorer)
    {
        _scorer = scorer;
        var fields = scorer.Settings.Fields.Count;
        (_planOf, _slack) = (new int[fields], new double[fields]);
        Array.Fill(_planOf, -1);
        _plans = CeilingPlan.Of(scorer);
        for (var number = 0; number < _plans.Length; number++) _planOf[_plans[number].Field] = number;
        _needed = CeilingPlan.Needed(scorer);
        _probes = new LetterProbe[scorer.ComparisonCount];
        _entries = new Entry[_plans.Length << RememberedBits];
    }
}
