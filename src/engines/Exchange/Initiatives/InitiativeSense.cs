using System.Globalization;

namespace Homeward.Exchange.Initiatives;

/// <summary>Whether the figures of a file can all be true together: what contradicts itself would be counted wrong, or lost.</summary>
internal static class InitiativeSense
{
    /// <param name="officesOpen">How many offices exist on the dates; null where the dates are wrong.</param>
    public static IEnumerable<InitiativeFault> Faults(InitiativePlan plan, int? officesOpen) =>
        [.. SumFaults(plan, officesOpen), .. ForceFaults(plan), .. AgencyFaults(plan)];

    /// <summary>Measures of which the listed offices make up the whole nation's: all others have none.</summary>
    public static HashSet<OfficeMeasure> Closed(InitiativePlan plan) =>
    [
        .. Sums(plan).Where(sum => sum.National.IsExact && sum.IsGiven && sum.Listed == sum.National.Count).Select(sum => sum.Measure),
    ];

    /// <summary>Offices never add up to more than the nation; to less only where another office is there to have the rest.</summary>
    private static IEnumerable<InitiativeFault> SumFaults(InitiativePlan plan, int? officesOpen)
    {
        foreach (var sum in Sums(plan).Where(sum => sum is { IsGiven: true, National.IsGiven: true }))
        {
            var giving = plan.Offices.Where(office => office.Of(sum.Measure).IsGiven).Select(office => office.Code).Distinct(StringComparer.Ordinal).Count();
            if (sum.National.IsExact && sum.Listed > sum.National.Count)
                yield return new("offices", "", $"{sum.Name} sum {sum.Listed} > {sum.NationalName} {sum.National}", "");
            else if (giving == officesOpen && sum.Listed < sum.National.AtLeast)
                yield return new("offices", "", $"{sum.Name} sum {sum.Listed} < {sum.NationalName} {sum.National}, and no office is left to have the rest",
                    $"correct the {sum.Name}, or leave them out where they are not known");
        }
    }

    /// <summary>An operation is one of a task force, and a task force is one of an office.</summary>
    private static IEnumerable<InitiativeFault> ForceFaults(InitiativePlan plan)
    {
        if (!plan.TaskForces.IsExact) yield break;
        var (own, given) = (plan.Offices.Count(office => office.Operations.Count > 0), plan.Offices.Sum(office => (long)office.Operations.Count));
        var needed = plan.Operations.AtLeast > given ? own + 1 : own;
        if (needed <= plan.TaskForces.Count) yield break;
        var offices = own == 1 ? "1 office has operations" : $"{own} offices have operations";
        yield return new("taskForces", Shown(plan.TaskForces),
            own == 0 ? "there are operations" : needed > own ? $"{offices}, and others have the rest of {plan.Operations}" : offices,
            $"an operation is one of a task force, and a task force of one office: give {needed} or more, or fewer operations");
    }

    /// <summary>A task force counts by its members, and members are agencies; an agency may sit in several.</summary>
    private static IEnumerable<InitiativeFault> AgencyFaults(InitiativePlan plan)
    {
        if (!plan.Agencies.IsExact)
        {
            if (plan.Agencies.IsFloor && plan.TaskForces is { IsExact: true, Count: 0 })
                yield return new("agencies", "", $"{plan.Agencies}, and no task force that they could be members of", "give 1 task force or more");
            yield break;
        }
        var partners = plan.Offices.SelectMany(office => office.Partners).Distinct(StringComparer.OrdinalIgnoreCase).Count();
        if (plan.Agencies.Count < partners)
            yield return new("agencies", Shown(plan.Agencies), partners == 1 ? "a partner is named" : $"{partners} different partners are named", $"give {partners} or more, or name fewer partners");
        else if (plan.Agencies.Count > 0 && plan.TaskForces is { IsExact: true, Count: 0 })
            yield return new("agencies", Shown(plan.Agencies), "no task force that they could be members of", "give 0, or 1 task force or more");
        else if (plan.Agencies.Count == 0 && plan.TaskForces.AtLeast > 0)
            yield return new("agencies", Shown(plan.Agencies), "a task force has a member", "give 1 or more, or no task force");
    }

    private sealed record Sum(OfficeMeasure Measure, Measure National, string Name, string NationalName, bool IsGiven, long Listed);

    private static IEnumerable<Sum> Sums(InitiativePlan plan)
    {
        return
        [
            Of(OfficeMeasure.Children, plan.Children.Total, "children", "children"),
            Of(OfficeMeasure.Adults, plan.AdultsIdentified, "adults", "adultsIdentified"),
            Of(OfficeMeasure.Arrests, plan.TraffickersArrested, "arrests", "traffickersArrested"),
            Of(OfficeMeasure.Operations, plan.Operations, "operations", "operations"),
        ];

        Sum Of(OfficeMeasure measure, Measure national, string name, string nationalName) => new(measure, national, name, nationalName,
            plan.Offices.Any(office => office.Of(measure).IsGiven), plan.Offices.Sum(office => (long)office.Of(measure).Count));
    }

    private static string Shown(Measure measure) => measure.Count.ToString(CultureInfo.InvariantCulture);
}
