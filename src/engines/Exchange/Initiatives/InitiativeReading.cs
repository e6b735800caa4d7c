using System.Text.Json;

namespace Homeward.Exchange.Initiatives;

/// <summary>One reading of one file: checks each value, then what the values say together.</summary>
internal sealed class InitiativeReading(IOfficeNames names)
{
    /// <summary>An initiative lasts days or weeks; a year and a month is surely a slip in a date.</summary>
    private const int DaysMax = 400;
    private static readonly string[] RootKeys =
    [
        "name", "from", "to", "after", "programme", "taskForces", "agencies", "operations", "traffickersArrested",
        "investigationsOpened", "adultsIdentified", "children", "offices",
    ];
    private static readonly string[] ChildrenKeys = ["recovered", "identified", "located", "total"];
    private static readonly string[] OfficeKeys = ["office", "children", "adults", "arrests", "operations", "partners"];

    private readonly InitiativeValues _values = new();

    public IReadOnlyList<InitiativeFault> Faults => _values.Faults;

    /// <returns>A plan, to be used only when there are no faults; null when the file is no object.</returns>
    public InitiativePlan? Plan(JsonElement root)
    {
        if (!_values.IsObject("file", root)) return null;
        var keys = _values.Keys("", root, RootKeys);
        var name = _values.Text("name", keys, isRequired: true);
        var from = _values.Day("from", keys, names.OnRecordFrom);
        var to = _values.Day("to", keys, names.OnRecordFrom);
        if (from > to) _values.Fault("to", keys["to"], "before from", "exchange the two dates");
        else if (to?.DayNumber - from?.DayNumber >= DaysMax)
            _values.Fault("to", keys["to"], $"more than {DaysMax} days after from", "check the years of both dates");
        var plan = new InitiativePlan(
            name ?? "", from ?? default, to ?? default,
            _values.Text("after", keys), _values.Text("programme", keys),
            _values.Measure("taskForces", keys), _values.Measure("agencies", keys), _values.Measure("operations", keys),
            _values.Measure("traffickersArrested", keys), _values.Measure("investigationsOpened", keys),
            _values.Measure("adultsIdentified", keys), Children(keys), [], new HashSet<OfficeMeasure>());
        var offices = Offices(keys, from <= to ? (from.Value, to.Value) : null);
        plan = plan with { Offices = offices };
        foreach (var fault in InitiativeSense.Faults(plan, from <= to ? names.Known(from.Value, to.Value).Count : null)) _values.Add(fault);
        return plan with { OthersAreNone = InitiativeSense.Closed(plan) };
    }

    private PlannedChildren Children(Dictionary<string, JsonElement> root)
    {
        var none = new PlannedChildren(Measure.NotGiven, Measure.NotGiven, Measure.NotGiven, Measure.NotGiven);
        if (!root.TryGetValue("children", out var element))
        {
            _values.Fault("children", null, "missing", "give the children by kind, or total alone");
            return none;
        }
        if (!_values.IsObject("children", element)) return none;
        var faultsBefore = _values.Faults.Count;
        var keys = _values.Keys("children.", element, ChildrenKeys);
        Measure Of(string key) => _values.Measure(key, keys, "children.");
        var (recovered, identified, located, total) = (Of("recovered"), Of("identified"), Of("located"), Of("total"));
        if (keys.Count == 0) _values.Fault("children", element, "states nothing", "give the children by kind, or total alone");
        if (keys.ContainsKey("total"))
        {
            if (keys.Count > 1) _values.Fault("children", element, "total and kinds together", "give the kinds, or total alone");
            return none with { Total = total, Located = Measure.Exactly(0) };
        }
        if (_values.Faults.Count > faultsBefore) return none;   // or a slip in one kind would look like a wrong sum
        // A kind that is not given is 0: the file lists the kinds that there were.
        (recovered, identified, located) = (OrZero(recovered), OrZero(identified), OrZero(located));
        return new(Sum(recovered, identified), recovered, identified, located);
    }

    private static Measure OrZero(Measure measure) => measure.IsGiven ? measure : Measure.Exactly(0);

    /// <summary>More than a and exactly b make more than a + b; two floors make at least one more than that.</summary>
    private static Measure Sum(Measure one, Measure other)
    {
        var least = (int)Math.Min((long)one.AtLeast + other.AtLeast, int.MaxValue);
        return one.IsFloor || other.IsFloor ? Measure.MoreThan(least - 1) : Measure.Exactly(least);
    }

    private List<PlannedOffice> Offices(Dictionary<string, JsonElement> root, (DateOnly From, DateOnly To)? window)
    {
        List<PlannedOffice> offices = [];
        var writtenByCode = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!root.TryGetValue("offices", out var list)) return offices;
        if (list.ValueKind != JsonValueKind.Array)
        {
            _values.Fault("offices", list, "not a list", "give a list of offices, or leave it out");
            return offices;
        }
        var index = -1;
        foreach (var element in list.EnumerateArray())
        {
            var path = $"offices[{++index}]";
            if (!_values.IsObject(path, element)) continue;
            var keys = _values.Keys(path + ".", element, OfficeKeys);
            var written = _values.Text("office", keys, isRequired: true, path + ".");
            var code = written is null || window is null ? null : names.Resolve(written, window.Value.From, window.Value.To);
            if (written is not null && window is not null && code is null)
            {
                _values.Fault($"{path}.office", keys["office"], "no such office",
                    $"known: {string.Join(", ", names.Known(window.Value.From, window.Value.To))}");
            }
            else if (code is not null && !writtenByCode.TryAdd(code, $"{path}.office"))
                _values.Fault($"{path}.office", keys["office"], $"the same office as {writtenByCode[code]}", "give each office once");
            Measure Of(string key) => _values.Measure(key, keys, path + ".", allowFloor: false);
            offices.Add(new(written ?? "", code ?? "", Of("children"), Of("adults"), Of("arrests"), Of("operations"),
                Partners(path, keys)));
        }
        return offices;
    }

    private List<string> Partners(string office, Dictionary<string, JsonElement> keys)
    {
        List<string> partners = [];
        if (!keys.TryGetValue("partners", out var list)) return partners;
        if (list.ValueKind != JsonValueKind.Array)
        {
            _values.Fault($"{office}.partners", list, "not a list", "give a list of ORIs");
            return partners;
        }
        var index = -1;
        foreach (var element in list.EnumerateArray())
        {
            var path = $"{office}.partners[{++index}]";
            var ori = InitiativeValues.StringOf(element);
            if (!Oris.IsWellFormed(ori)) _values.Fault(path, element, "not an ORI", "give its nine characters, MOKPD0000");
            else if (!names.KnowsOri(ori!)) _values.Fault(path, element, "no such agency", "give the ORI of a known agency");
            else if (partners.Contains(ori!)) _values.Fault(path, element, "named twice", "give each partner once");
            else partners.Add(ori!);
        }
        return partners;
    }
}
