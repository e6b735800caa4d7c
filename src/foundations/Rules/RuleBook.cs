using Homeward.Kernel;

namespace Homeward.Foundations.Rules;

/// <summary>A dated rule of law, of policy or of the house, with its source.</summary>
/// <param name="Id">The requirement it carries out: <c>R-68</c>.</param>
/// <param name="Value">The number, in <paramref name="Unit"/>: hours, days, years, persons …</param>
/// <param name="Says">The rule in words, as pages show it.</param>
/// <param name="Confirmed">False where the primary text is still to be checked: pages say so.</param>
public sealed record Rule(
    string Id, string Name, decimal Value, string Unit, string Says, string Source, bool Confirmed, DateOnly From, DateOnly? To)
{
    /// <summary>The last day of a term of days or years that begins on a day.</summary>
    /// <remarks>A year is a year and not 365 days: from 29 February it ends on 28 February (T-49).</remarks>
    /// <exception cref="BrokenInvariantException">The rule is no such term: the table is wrong.</exception>
    public DateOnly EndsOn(DateOnly day) => Unit switch
    {
        "days" => day.AddDays((int)Value),
        "years" => day.AddYears((int)Value),
        _ => throw new BrokenInvariantException($"rule {Name} in {Unit} is no term"),
    };
}

/// <summary>Dated rules as data: what held on a day is found by that day.</summary>
public sealed class RuleBook
{
    private readonly Rule[] _rules;

    private RuleBook(Rule[] rules) => _rules = rules;

    public static RuleBook Shipped { get; } = Load();

    public IReadOnlyList<Rule> All => _rules;

    /// <exception cref="BrokenInvariantException">No such rule on that day: the table is wrong.</exception>
    public Rule On(string name, DateOnly day)
    {
        var rule = _rules.SingleOrDefault(one => one.Name == name && one.From <= day && (one.To is null || day <= one.To));
        Ensure.That(rule is not null, $"rule {name} on {day:O}");
        return rule;
    }

    /// <summary>A rule's length of time on a day: elapsed hours, whatever the clocks on the wall do (T-50).</summary>
    public TimeSpan Span(string name, DateTimeOffset at)
    {
        var rule = On(name, DateOnly.FromDateTime(at.UtcDateTime));
        return rule.Unit switch
        {
            "minutes" => TimeSpan.FromMinutes((double)rule.Value),
            "hours" => TimeSpan.FromHours((double)rule.Value),
            "days" => TimeSpan.FromDays((double)rule.Value),
            _ => throw new BrokenInvariantException($"rule {name} is no length of time"),
        };
    }

    private static RuleBook Load() => new(EmbeddedJson.Read<Rule[]>(typeof(RuleBook), "rules.json"));
}
