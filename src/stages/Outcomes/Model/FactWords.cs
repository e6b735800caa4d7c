using Homeward.Foundations.Access;

namespace Homeward.Outcomes.Model;

/// <summary>Facts in words, and who may see the protected ones.</summary>
internal static class FactWords
{
    public static string Of(Fact fact) => fact switch
    {
        ChildFinding child => child.Exploitation == Exploitation.Labor
            ? $"child {child.Kind.ToString().ToLowerInvariant()}, labor"
            : $"child {child.Kind.ToString().ToLowerInvariant()}",
        AdultFinding adult => adult.Victim ? "adult victim" : "adult encountered",
        Arrest arrest => arrest.ArrestKind switch
        {
            ArrestKind.Trafficking => "arrest, trafficking",
            ArrestKind.Buyer => "arrest, buyer",
            ArrestKind.Other => "arrest, other",
            ArrestKind.VictimCustody => "victim in custody (protected)",
        },
        Investigation => "investigation opened",
        CourtStep step => $"court: {step.CourtEvent.ToString().ToLowerInvariant()}",
        _ => "record",
    };

    /// <summary>A victim's own custody is for counsel, victim staff, the nation and the auditor .</summary>
    public static bool MaySee(Role role, Fact fact) =>
        !IsCustody(fact) || VictimCustody.MayBeKnownTo(role);

    public static bool IsCustody(Fact? fact) => fact is Arrest { ArrestKind: ArrestKind.VictimCustody };
}
