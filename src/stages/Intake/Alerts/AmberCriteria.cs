using Homeward.Exchange.Alerts;
using Homeward.Foundations.Rules;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Kernel;

namespace Homeward.Intake.Alerts;

/// <summary>Whether a criterion is met, as far as the alert and the entry beside it say.</summary>
public enum AmberAnswer { Met, NotMet, Unknown }

/// <param name="Name">In the table of rules.</param>
/// <param name="Why">From what the answer follows, and whose word that is.</param>
public sealed record AmberCriterion(string Name, string Says, string Source, bool Confirmed, AmberAnswer Answer, string Why);

/// <summary>The Department of Justice's criteria for an AMBER alert, held against what an alert and its entry say. Advice, never a block.</summary>
/// <remarks>
/// Homeward records the decision of the issuer and never issues an alert, so nothing hangs on an answer. What nobody said is not
/// known; where the alert and the entry say different things it is not known either, and both are named.
/// </remarks>
internal static class AmberCriteria
{
    private const string Runaway = "ERU";
    private static readonly HashSet<string> _abductions = new(StringComparer.OrdinalIgnoreCase) { "FA", "NFA" };
    /// <summary>NCIC's categories of a child in danger: endangered, and gone against its will.</summary>
    private static readonly HashSet<string> _endangered = new(StringComparer.OrdinalIgnoreCase) { "EME", "EMI" };
    /// <summary>NCIC's flags for child abduction and AMBER alert; the second is given to nobody who has not the first.</summary>
    private static readonly HashSet<string> _flags = new(StringComparer.OrdinalIgnoreCase) { "CA", "AA" };
    private static readonly HashSet<string> _ofTheChild = [AlertClaims.Child, AlertClaims.AgeOf, AlertClaims.SexOf, "Clothing", "Description", "Hair", "Eyes", "Height", "Weight"];
    private static readonly HashSet<string> _ofTheAbduction = [AlertClaims.PlateOf, AlertClaims.Vehicle, AlertClaims.Suspect];

    private static readonly (string Rule, Func<CapAlert, AlertClaims, Entry?, Rule, (AmberAnswer, string)> Judge)[] _criteria =
        [("amber-abduction", Abduction), ("amber-danger", Danger), ("amber-description", Description), ("amber-age", Age), ("amber-flag", Flag)];

    /// <param name="entry">The entry that a person attached the alert to.</param>
    /// <returns>Those in force when the alert was sent, in the order of the guidance; none before there were any.</returns>
    public static IReadOnlyList<AmberCriterion> Of(RuleBook rules, CapAlert alert, AlertClaims claims, Entry? entry)
    {
        var day = DateOnly.FromDateTime(alert.Key.SentAt.UtcDateTime);
        var found = new List<AmberCriterion>();
        foreach (var (name, judge) in _criteria)
        {
            if (!rules.All.Any(rule => rule.Name == name && rule.From <= day && (rule.To is null || day <= rule.To))) continue;
            var rule = rules.On(name, day);
            var (answer, why) = judge(alert, claims, entry, rule);
            found.Add(new(name, rule.Says, rule.Source, rule.Confirmed, answer, why));
        }
        return found;
    }

    private static (AmberAnswer, string) Abduction(CapAlert alert, AlertClaims claims, Entry? entry, Rule rule)
    {
        // A message that names another event is no AMBER alert and is refused at the door; one may say nothing, as a cancel.
        var says = alert.Infos.Count > 0;
        if (entry?.CaseType is { } type && type.Equals(Runaway, StringComparison.OrdinalIgnoreCase))
            return (says ? AmberAnswer.Unknown : AmberAnswer.NotMet, says ? "The issuer says that it is an abduction; the entry says that the child ran away (ERU)." : "The entry says that the child ran away (ERU).");
        if (entry?.CaseType is { } abduction && _abductions.Contains(abduction)) return (AmberAnswer.Met, $"The issuer says so by the event code, and the entry by its case type {abduction}.");
        return says ? (AmberAnswer.Met, "The issuer says so, by the event code of a child abduction emergency.") : (AmberAnswer.Unknown, "Neither the alert nor an entry says so.");
    }

    private static (AmberAnswer, string) Danger(CapAlert alert, AlertClaims claims, Entry? entry, Rule rule)
    {
        if (entry is not null && _endangered.Contains(entry.Category)) return (AmberAnswer.Met, $"The entry's category is {entry.Category}.");
        var severity = Marks(alert, "severity").FirstOrDefault(text => text is "Extreme" or "Severe");
        var certainty = Marks(alert, "certainty").FirstOrDefault(text => text is "Observed" or "Likely");
        return severity is not null && certainty is not null
            ? (AmberAnswer.Met, $"The issuer marks the threat to life {severity} and {certainty}.")
            : (AmberAnswer.Unknown, "The issuer does not mark it as a likely threat to life, and no entry beside it has a category of danger.");
    }

    private static (AmberAnswer, string) Description(CapAlert alert, AlertClaims claims, Entry? entry, Rule rule)
    {
        var child = claims.All.Select(claim => claim.What).Where(_ofTheChild.Contains).Distinct().ToList();
        var abduction = claims.All.Select(claim => claim.What).Where(_ofTheAbduction.Contains).Distinct().ToList();
        if (child.Count > 0 && abduction.Count > 0) return (AmberAnswer.Met, $"The alert states {Lower([.. child, .. abduction])}.");
        return (AmberAnswer.Unknown, child.Count + abduction.Count == 0
            ? "The alert states nothing of it in fields of its own: read its words."
            : $"The alert states {Lower([.. child, .. abduction])} in fields of its own, and nothing of {(child.Count == 0 ? "the child" : "vehicle or suspect")}: read its words.");
    }

    private static (AmberAnswer, string) Age(CapAlert alert, AlertClaims claims, Entry? entry, Rule rule)
    {
        var limit = (int)rule.Value;
        var day = DateOnly.FromDateTime(alert.Key.SentAt.UtcDateTime);
        (int Min, int Max)? said = claims.Age is { } age ? (age, age) : claims.Born.AgeOn(day);
        var entered = entry?.Born.AgeOn(day);
        if (said is null && entered is null) return (AmberAnswer.Unknown, "Neither the alert nor an entry beside it says how old the child is.");
        var answers = new[] { Answer(said), Answer(entered) }.OfType<AmberAnswer>().Distinct().ToList();
        var words = string.Join("; ", new[] { Words("the alert", said), Words("the entry", entered) }.OfType<string>());
        return (answers.Count == 1 ? answers[0] : AmberAnswer.Unknown, $"{char.ToUpperInvariant(words[0])}{words[1..]}.");

        AmberAnswer? Answer((int Min, int Max)? years) => years is not { } given ? null : given.Max <= limit ? AmberAnswer.Met : given.Min > limit ? AmberAnswer.NotMet : AmberAnswer.Unknown;
        static string? Words(string who, (int Min, int Max)? years) =>
            years is not { } given ? null : given.Min == given.Max ? $"{who} says {given.Min} years" : $"{who} says {given.Min} to {given.Max} years";
    }

    private static (AmberAnswer, string) Flag(CapAlert alert, AlertClaims claims, Entry? entry, Rule rule)
    {
        if (entry is null) return (AmberAnswer.Unknown, "The alert lies beside no entry of this house.");
        return Lists.Split(entry.Indicators).FirstOrDefault(_flags.Contains) is { } flag
            ? (AmberAnswer.Met, $"Entered as {entry.Nic}, with the flag {flag.ToUpperInvariant()}.")
            : (AmberAnswer.Unknown, $"Entered as {entry.Nic}; the entry does not say whether the flag is set. Ask {(entry.AgencyOri.Length == 0 ? "its agency" : entry.AgencyOri)}.");
    }

    private static IEnumerable<string> Marks(CapAlert alert, string element) =>
        alert.Values.Where(value => value.Path.EndsWith($"/{element}[1]", StringComparison.Ordinal)).Select(value => value.Text.Trim());

    private static string Lower(IReadOnlyList<string> facts) => string.Join(", ", facts.Select(fact => fact == AlertClaims.Suspect ? "suspect" : fact.ToLowerInvariant()));
}
