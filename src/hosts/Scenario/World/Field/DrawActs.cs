using Homeward.Exchange.Outcomes;
using Homeward.Scenario.World.Partners;
using Homeward.Scenario.World.People;
using Homeward.Scenario.World.Plan;
using Homeward.Scenario.World.Truth;

namespace Homeward.Scenario.World.Field;

/// <summary>All that an office will do beside finding children: arrests, adults met, cases opened, and what only looks like it.</summary>
internal sealed class DrawActs(WorldPlan plan, InventPeople people, PartnerRolls partners, WorldTruth truth)
{
    private const int TwiceOneIn = 8, DismissedOneIn = 15;

    private readonly Dice _world = Dice.Of(plan.Seed).For("acts");
    private int _index, _traffickers, _investigations;

    /// <summary>The acts of an office in the order in which they will happen.</summary>
    public IReadOnlyList<DueAct> Of(OfficePlan office)
    {
        var (of, code) = (_world.For("office", office.Office.Code), office.Office.Code);
        List<DueAct> acts =
        [
            .. Many("trafficker", office.Arrests, Trafficker),
            .. Many("adult", office.Adults, Identified),
            .. Many("investigation", office.Investigations, Investigation),
            .. Many("buyer", of.Below(1 + office.Arrests + (office.ToFind / 2), "buyers"), Buyer),
            .. Many("other arrest", of.Below(1 + (office.Arrests / 2) + (office.ToFind / 3), "others"), OtherArrest),
            .. Many("encounter", office.Adults + office.ToFind == 0 ? 0 : of.Between(1, 2 + (office.Adults / 2), "encounters"), Encounter),
            .. Many("custody", office.ToFind > 3 && of.Chance(0.4, "custody") ? 1 : 0, Custody),
        ];
        return of.Shuffled(acts, "order", act => act.Key);

        IEnumerable<DueAct> Many(string kind, int count, Func<int, Dice, Func<Circumstance, DateTimeOffset, IEnumerable<Sent>>> write)
        {
            // Each act has an index of its own before anything happens, so that no order of events changes a number.
            for (var n = 0; n < count; n++)
                yield return new DueAct($"{code}-{kind}-{n}", office, write(_index++, _world.For(kind, $"{code}-{n}")));
        }
    }

    private Func<Circumstance, DateTimeOffset, IEnumerable<Sent>> Trafficker(int index, Dice dice)
    {
        // Of the nation's, the second and every eighth after it; never left to chance, for even a small world needs one.
        var (twice, dismissed) = (_traffickers % TwiceOneIn == 1, _traffickers % DismissedOneIn == 2);
        _traffickers++;
        Count("arrestsRecordedTwice", twice);
        Count("arrestsDismissed", dismissed);
        return (how, notBefore) =>
        {
            var first = Arrest(index, 0, dice, how, notBefore, ArrestKind.Trafficking, "18 USC 1591", people.Adult(dice, plan.From, 0.2));
            var lines = new List<Sent> { Lines.Of(first) };
            if (twice)
                lines.Add(Lines.Of(first with
                {
                    Record = Numbers.Short(_world, "R", (index * 2L) + 1),
                    Ori = partners.AgencyOf(how.Office.Office.Code, dice.For("second agency")),
                    Offence = "18 USC 2421",
                    TypedAt = Earlier(first.TypedAt.AddMinutes(dice.Between(200, 3000, "again")), plan.LastSend),
                }));
            lines.AddRange(Courts(index, dice, first, dismissed));
            return lines;
        };
    }

    private IEnumerable<Sent> Courts(int index, Dice dice, ArrestOutcome arrest, bool dismissed)
    {
        if (!dismissed && !dice.Chance(0.5, "charged")) yield break;
        var at = arrest.At.AddHours(dice.Between(20, 60, "charged after"));
        var charge = new CourtOutcome(Numbers.Short(_world, "X", index * 2L), arrest.FbiNumber!, arrest.Office,
            Earlier(at, plan.LastSend.AddHours(-2)), Earlier(at.AddHours(3), plan.LastSend), CourtEvent.Charge,
            $"1:{plan.From.Year % 100:00}-mj-{dice.Digits(5, "docket")}");
        yield return Lines.Of(charge);
        if (dismissed)
            yield return Lines.Of(charge with
            {
                Record = Numbers.Short(_world, "X", (index * 2L) + 1),
                Event = CourtEvent.Dismissal,
                At = Earlier(charge.At.AddHours(70), plan.LastSend.AddHours(-1)),
                TypedAt = Earlier(charge.TypedAt.AddHours(75), plan.LastSend),
            });
    }

    private Func<Circumstance, DateTimeOffset, IEnumerable<Sent>> Buyer(int index, Dice dice) => (how, notBefore) =>
        [Lines.Of(Arrest(index, 0, dice, how, notBefore, ArrestKind.Buyer, "state solicitation", people.Adult(dice, plan.From, 0.02)))];

    private Func<Circumstance, DateTimeOffset, IEnumerable<Sent>> OtherArrest(int index, Dice dice)
    {
        // A suspected trafficker taken on another warrant is an arrest, and no trafficker arrested (T-32).
        Count("arrestsOnOtherWarrants", true);
        return (how, notBefore) =>
            [Lines.Of(Arrest(index, 0, dice, how, notBefore, ArrestKind.Other, "outstanding warrant", people.Adult(dice, plan.From, 0.4)))];
    }

    private Func<Circumstance, DateTimeOffset, IEnumerable<Sent>> Custody(int index, Dice dice)
    {
        Count("victimsInCustody", true);
        return (how, notBefore) => [Lines.Of(Arrest(index, 0, dice, how, notBefore, ArrestKind.VictimCustody, "state warrant",
            people.Child(dice, plan.From, plan.To.AddDays(7))) with { FbiNumber = null })];
    }

    private ArrestOutcome Arrest(int index, int number, Dice dice, Circumstance how, DateTimeOffset notBefore, ArrestKind kind, string offence, Identity person) =>
        new(Numbers.Short(_world, "R", (index * 2L) + number), how.Operation, how.Referral, how.Office.Office.Code, how.TaskForce, how.Ori,
            how.At, how.TypedAt(dice, plan.LastSend, notBefore), kind, offence,
            Told.ByOfficers(person, how.Day, dice, dateCertain: false), Numbers.Short(_world, "F", index));

    private Func<Circumstance, DateTimeOffset, IEnumerable<Sent>> Identified(int index, Dice dice) => (how, notBefore) =>
        [Lines.Of(Adult(index, dice, how, notBefore, AdultOutcomeKind.Identified,
            dice.Pick([TraffickingMeans.Force, TraffickingMeans.Fraud, TraffickingMeans.Coercion], "means")))];

    private Func<Circumstance, DateTimeOffset, IEnumerable<Sent>> Encounter(int index, Dice dice)
    {
        Count("encountersWithoutFinding", true);
        return (how, notBefore) => [Lines.Of(Adult(index, dice, how, notBefore, AdultOutcomeKind.Encounter, means: null))];
    }

    private AdultOutcome Adult(int index, Dice dice, Circumstance how, DateTimeOffset notBefore, AdultOutcomeKind kind, TraffickingMeans? means) =>
        new(Numbers.Short(_world, "A", index), how.Operation, how.Referral, how.Office.Office.Code, how.TaskForce, how.Ori,
            how.At, how.TypedAt(dice, plan.LastSend, notBefore), kind, means,
            Told.ByOfficers(people.Adult(dice, plan.From, 0.93), how.Day, dice, dateCertain: false),
            dice.Chance(0.8, "prints taken") ? Numbers.Short(_world, "B", index) : null);

    private Func<Circumstance, DateTimeOffset, IEnumerable<Sent>> Investigation(int index, Dice dice)
    {
        var twice = _investigations++ % TwiceOneIn == 1;
        Count("investigationsRecordedTwice", twice);
        return (how, notBefore) =>
        {
            var code = how.Office.Office.Code;
            var number = Numbers.Short(_world, $"31E-{code}", index);
            var first = new InvestigationOutcome(Numbers.Short(_world, "I", index * 2L), how.Operation, how.Referral, code,
                how.At, how.TypedAt(dice, plan.LastSend, notBefore), number.Insert(number.Length - 6, "0"));
            return twice
                ? [Lines.Of(first), Lines.Of(first with
                {
                    Record = Numbers.Short(_world, "I", (index * 2L) + 1),
                    TypedAt = Earlier(first.TypedAt.AddMinutes(dice.Between(100, 4000, "again")), plan.LastSend),
                })]
                : [Lines.Of(first)];
        };
    }

    private void Count(string trap, bool laid) => truth.Traps[trap] = truth.Traps.GetValueOrDefault(trap) + (laid ? 1 : 0);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
