using CsCheck;
using Homeward.Foundations.People;
using Homeward.Outcomes;
using Homeward.Release.Counting;

namespace Homeward.Release.Tests;

/// <summary>The engine against a model that is small, slow and written otherwise: colours painted over until nothing changes.</summary>
public sealed class PlainModelTests
{
    private static readonly string[] Offices = ["KC", "DL", "LV", "SE"];

    private sealed record Row(ChildFact Fact, int Index);

    [Fact]
    public void Any_findings_and_any_decisions_undone_or_not_count_as_the_plain_model_counts() =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[1, 14], Gen.Int[0, 12]).Sample((seed, findings, decisions) =>
        {
            var chance = new Random(seed);
            var given = new Given().Lists("KC");
            var facts = Enumerable.Range(0, findings).Select(_ => Finding(given, chance)).ToList();
            var decided = new Dictionary<(int, int), Judgement>();
            for (var step = 0; step < decisions && findings > 1; step++)
            {
                var (one, other) = (chance.Next(findings), chance.Next(findings));
                if (one == other) continue;
                var judgement = chance.Next(3) == 0 ? Judgement.NotSame : Judgement.Same;
                given.Decide(facts[one].Person, facts[other].Person, judgement);
                decided[(Math.Min(one, other), Math.Max(one, other))] = judgement;
            }
            var (tally, plain) = (given.Count(), Plain(facts, decided));
            var counted = (tally.Value(Measures.Total) ?? 0, tally.Value(Measures.Recovered) ?? 0, tally.Value(Measures.Identified) ?? 0,
                tally.Value(Measures.Located) ?? 0, tally.Value(Measures.Labor) ?? 0);
            counted.ShouldBe((plain.Recovered + plain.Identified, plain.Recovered, plain.Identified, plain.Located, plain.Labor), $"seed {seed}");
            foreach (var office in Offices)
                (tally.Office(office)?.Children.Value ?? 0).ShouldBe(plain.ByOffice.GetValueOrDefault(office), $"seed {seed}, {office}");
            tally.Offices.Sum(line => line.Children.Value ?? 0).ShouldBe(counted.Item1, $"seed {seed}");
        }, iter: 2000);

    private static ChildFact Finding(Given given, Random chance)
    {
        var kind = (OutcomeKind)chance.Next(3);
        var exploitation = kind == OutcomeKind.Located ? Exploitation.None : chance.Next(4) == 0 ? Exploitation.Labor : Exploitation.Sex;
        // Of 40 days 31 are inside; every instant is its own, so that the first is never in doubt.
        var at = new DateTimeOffset(2019, 6, 26, 18, 0, 0, TimeSpan.Zero).AddDays(chance.Next(40)).AddMilliseconds(chance.Next(3_600_000));
        return given.Child(Offices[chance.Next(Offices.Length)], at.ToString("O"), kind, exploitation, (AgeAtAct)chance.Next(3), enteredAt: "2019-08-05T00:00Z");
    }

    private static (int Recovered, int Identified, int Located, int Labor, Dictionary<string, int> ByOffice) Plain(
        List<ChildFact> facts, Dictionary<(int, int), Judgement> decided)
    {
        var colour = Enumerable.Range(0, facts.Count).ToArray();
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var ((one, other), judgement) in decided)
            {
                if (judgement != Judgement.Same || colour[one] == colour[other]) continue;
                colour[one] = colour[other] = Math.Min(colour[one], colour[other]);
                changed = true;
            }
        }
        var (recovered, identified, located, labor, byOffice) = (0, 0, 0, 0, new Dictionary<string, int>());
        for (var one = 0; one < facts.Count; one++)
        {
            ChildFact? best = null;
            var (anyLocated, anyLabor) = (false, false);
            for (var i = 0; i < facts.Count; i++)
            {
                var fact = facts[i];
                var day = fact.Base.At.UtcDateTime; // 18:00 to 19:00 UTC is the same day in all four zones
                if (colour[i] != one || fact.Age == AgeAtAct.Undetermined || day.Month != 7) continue;
                if (fact.Kind == OutcomeKind.Located) anyLocated = true;
                else if (fact.Exploitation == Exploitation.Labor) anyLabor = true;
                else if (best is null || fact.Kind > best.Kind || (fact.Kind == best.Kind && fact.Base.At < best.Base.At)) best = fact;
            }
            if (best is not null)
            {
                if (best.Kind == OutcomeKind.Recovered) recovered++;
                else identified++;
                byOffice[best.Base.OfficeCode] = byOffice.GetValueOrDefault(best.Base.OfficeCode) + 1;
            }
            else if (anyLabor) labor++;
            else if (anyLocated) located++;
        }
        return (recovered, identified, located, labor, byOffice);
    }
}
