namespace Homeward.Linkage;

/// <summary>Chooses blocking rules: many narrow ones rather than a few wide, so that an error in any field leaves another way.</summary>
internal static class BlockingProposal
{
    /// <summary>Up to here every record is compared with every other: nothing is lost, and it takes a second.</summary>
    private const int EverythingRowsMax = 1500;

    private const int RulesMax = 24;

    private sealed record Atom(KeyForm Form, string[] Fields, double Collision)
    {
        public KeyPart Part => new(Form, Fields);
    }

    public static IReadOnlyList<BlockingRule> Of(IReadOnlyList<ColumnProfile> columns, int rowCount)
    {
        if (rowCount <= EverythingRowsMax) return [new([])];
        var atoms = columns.SelectMany(column => AtomsOf(column, columns)).ToList();
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

    /// <summary>The chance that two records share a key of the form, counted over the distinct values.</summary>
    private static Atom Measured(KeyForm form, ColumnProfile column)
    {
        var name = column.Column.Name;
        var keys = new Keys([new Field(name, column.Kind) { DateOrder = column.DateOrder }], [new([new(form, [name])])]);
        var (counts, rows) = (column.Column.Count(), new Dictionary<ulong, double>());
        var found = new List<ulong>();
        var values = new Value?[1];
        for (var code = 1; code < counts.Length; code++)
        {
            values[0] = ValueReader.Read(new(name, column.Kind) { DateOrder = column.DateOrder }, column.Column.Texts[code]);
            found.Clear();
            keys.Collect(0, values, found);
            foreach (var key in found)
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(rows, key, out _) += counts[code];
        }
        double total = column.Column.Codes.Count;
        return new(form, [name], rows.Values.Sum(count => count / total * (count / total)));
    }
}
