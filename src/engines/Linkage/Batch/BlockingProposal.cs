using Homeward.Kernel;

namespace Homeward.Linkage;

/// <summary>Chooses blocking rules: many narrow ones rather than a few wide, so that an error in any field leaves another way.</summary>
internal static class BlockingProposal
{
    /// <summary>Up to here every record is compared with every other: nothing is lost, and it takes a second.</summary>
    private const int EverythingRowsMax = 1500;

    private const int RulesMax = 24;

    /// <summary>Of longer lists so many rows are drawn: two of them share a key as often as two of all do.</summary>
    private const int RowsDrawnMax = 1 << 16;

    private sealed record Atom(KeyForm Form, string[] Fields, double Collision)
    {
        public KeyPart Part => new(Form, Fields);
    }

    public static IReadOnlyList<BlockingRule> Of(IReadOnlyList<ColumnProfile> columns, int rowCount)
    {
        if (rowCount <= EverythingRowsMax) return [new([])];
        var ofColumn = new List<Atom>[columns.Count];
        Parallel.For(0, columns.Count, Cores.All, i => ofColumn[i] = [.. AtomsOf(columns[i], columns)]);
        var atoms = ofColumn.SelectMany(ofOne => ofOne).ToList();
        var allPairs = (double)rowCount * (rowCount - 1) / 2;
        var budget = PairsPerRecord(rowCount) * (double)rowCount;

        var rules = new List<(double Pairs, Atom[] Atoms)>();
        foreach (var atom in atoms) rules.Add((atom.Collision * allPairs, [atom]));
        for (var i = 0; i < atoms.Count; i++)
            for (var j = i + 1; j < atoms.Count; j++)
                if (!atoms[i].Fields.Intersect(atoms[j].Fields).Any())
                    rules.Add((atoms[i].Collision * atoms[j].Collision * allPairs, [atoms[i], atoms[j]]));

        // Cheapest single fields first: each of them, kept, stands for all pairs of fields that it is in.
        var chosen = new List<Atom[]>();
        double spent = 0;
        foreach (var (pairs, rule) in rules.OrderBy(rule => rule.Atoms.Length).ThenBy(rule => rule.Pairs))
        {
            if (chosen.Count == RulesMax) break;
            var share = rule.Length == 1 ? 0.15 : 0.1;
            if (pairs > share * budget || spent + pairs > budget) continue;
            if (rule.Length > 1 && chosen.Exists(other => Covers(other, rule))) continue;
            chosen.Add(rule);
            spent += pairs;
        }
        if (chosen.Count == 0) chosen.Add(rules.MinBy(rule => rule.Pairs).Atoms);
        // A rule whose pairs a wider one finds as well only costs time.
        chosen.RemoveAll(rule => chosen.Exists(other => other != rule && Covers(other, rule) && !(Covers(rule, other) && chosen.IndexOf(rule) < chosen.IndexOf(other))));
        // Rules with one key for each record first: who owns a pair is told faster by them.
        return [.. chosen.OrderBy(rule => rule.Count(atom => atom.Form is KeyForm.Nickname or KeyForm.Word || atom.Fields.Length > 1))
            .Select(rule => new BlockingRule([.. rule.Select(atom => atom.Part)]))];
    }

    /// <summary>How many pairs a record may meet: fewer in a large crowd, where blocks grow with it.</summary>
    private static double PairsPerRecord(int rowCount) => rowCount switch
    {
        <= 20_000 => 300,
        <= 200_000 => 120,
        _ => 40,
    };

    /// <summary>True when every pair of the narrow rule is a pair of the wide one.</summary>
    private static bool Covers(Atom[] wide, Atom[] narrow) => wide.All(atom => narrow.Any(mine => Implies(mine, atom)));

    private static bool Implies(Atom narrow, Atom wide) =>
        narrow.Fields.All(wide.Fields.Contains) && (narrow.Form == wide.Form || narrow.Form == KeyForm.Same
            || (narrow.Form == KeyForm.Day && wide.Form == KeyForm.Year));

    private static IEnumerable<Atom> AtomsOf(ColumnProfile column, IReadOnlyList<ColumnProfile> all)
    {
        var name = column.Column.Name;
        switch (column.Kind)
        {
            case FieldKind.GivenName:
                yield return Measured(KeyForm.Nickname, column);
                break;
            case FieldKind.FamilyName:
                yield return Measured(KeyForm.Sound, column);
                if (all.FirstOrDefault(other => other.Kind == FieldKind.GivenName) is { } given)
                {
                    // Either name in either field: swapped names meet.
                    var either = Measured(KeyForm.Sound, given);
                    yield return new(KeyForm.Sound, [name, given.Column.Name], 2 * (Measured(KeyForm.Sound, column).Collision + either.Collision));
                }
                break;
            case FieldKind.FullName:
                yield return Measured(KeyForm.Same, column);
                yield return Measured(KeyForm.Word, column);
                break;
            case FieldKind.Date:
                yield return Measured(KeyForm.Day, column);
                yield return Measured(KeyForm.Year, column);
                break;
            case FieldKind.Text:
                yield return Measured(KeyForm.Same, column);
                yield return Measured(KeyForm.Prefix, column);
                break;
            default:
                yield return Measured(KeyForm.Same, column);
                break;
        }
    }

    /// <summary>The chance that two records share a key of the form: counted, in long lists over rows drawn by their numbers.</summary>
    private static Atom Measured(KeyForm form, ColumnProfile column)
    {
        var field = new Field(column.Column.Name, column.Kind) { DateOrder = column.DateOrder };
        var keys = new Keys([field], [new([new(form, [field.Name])])]);
        var (texts, rows) = Drawn(column.Column);
        var (rowsOfKey, found, values) = (new Dictionary<ulong, double>(), new List<ulong>(), new Value?[1]);
        foreach (var (code, count) in texts)
        {
            values[0] = ValueReader.Read(field, column.Column.Table[code]);
            found.Clear();
            keys.Collect(0, values, found);
            foreach (var key in found)
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(rowsOfKey, key, out _) += count;
        }
        // A row and itself counts as two: a field that never repeats is not free of charge.
        var (pairs, keyed) = (rowsOfKey.Values.Sum(count => count * (count - 1)), rowsOfKey.Values.Sum());
        return new(form, [field.Name], (pairs / Math.Max(1, rows * (rows - 1))) + (keyed / rows / column.Column.Codes.Count));
    }

    /// <summary>Texts with the number of rows that have them, and of how many rows in all, the empty ones included.</summary>
    private static (IEnumerable<(int Code, int Count)> Texts, double Rows) Drawn(DataColumn column)
    {
        var codes = column.CodesSpan;
        if (codes.Length <= RowsDrawnMax) return (column.Count().Select((count, code) => (code, count)).Skip(1), codes.Length);
        var (counts, rows, shareMax) = (new Dictionary<int, int>(), 0.0, (uint)((ulong)RowsDrawnMax * uint.MaxValue / (uint)codes.Length));
        for (var row = 0; row < codes.Length; row++)
        {
            if ((uint)(StableHash.Mix((uint)row) >> 32) > shareMax) continue;
            rows++;
            if (codes[row] != 0) System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, codes[row], out _)++;
        }
        return (counts.Select(text => (text.Key, text.Value)), rows);
    }
}
