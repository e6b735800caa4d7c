using Homeward.Scenario.World.People;
using Homeward.Scenario.World.Plan;
using Homeward.Scenario.World.Towns;

namespace Homeward.Scenario.World.Truth;

/// <summary>Makes the missing-child entries: those of the children at risk, their decoys, and the rest of the nation's.</summary>
internal sealed class BuildEntries(WorldPlan plan, InventPeople people, Scenes scenes, Dice world)
{
    /// <summary>Decoys for each child at risk; the contract asks for five at least.</summary>
    private const int DecoysPerChild = 5;
    private const double SameNameShare = 0.06, AliasIsARealName = 0.05;
    private const long DecoyIndex = 1_000_000, OtherIndex = 200_000_000;

    internal sealed record Built(IReadOnlyList<EntryPlan> All, int Decoys, int SameName);

    public static string NicOf(Dice world, long index) => Numbers.Nic(world, index);

    public Built Build(IReadOnlyList<TruthChild> children)
    {
        var entries = new List<EntryPlan>();
        foreach (var child in children.Where(child => child.Nic is not null)) entries.Add(Of(child));
        var sameName = 0;
        var atRisk = children.Where(child => child.Fate != Fate.FoundInLabor).ToList();
        for (var i = 0; i < atRisk.Count; i++)
            for (var k = 0; k < DecoysPerChild; k++)
            {
                var decoy = Decoy(atRisk[i], k, (i * (long)DecoysPerChild) + k);
                if (decoy.Person.Given == atRisk[i].Person.Given && decoy.Person.Family == atRisk[i].Person.Family) sameName++;
                entries.Add(decoy);
            }
        var decoys = atRisk.Count * DecoysPerChild;
        for (var n = 0; entries.Count < plan.Entries; n++) entries.Add(Other(n));
        return new(entries, decoys, sameName);
    }

    private EntryPlan Of(TruthChild child)
    {
        var dice = child.Dice.For("entry");
        var needsDate = child.Evidence.Exists(each => each.Telling is not (Telling.Alias or Telling.IdentifierOnly or Telling.AgeOnly));
        var birth = needsDate ? BirthKnown.Full : Birth(dice);
        var clues = child.Evidence.Aggregate(Clues(dice), (sum, each) => sum | each.Clue);
        var mayBeLate = child.Fate == Fate.StaysMissing ? 0.9 : 0.15;
        var received = dice.Chance(0.8, "predates") ? Before(dice, 120) : child.Office.Window.At(dice.Within(0.005, mayBeLate, "received"));
        var near = dice.Chance(0.6, "near");
        return new(child.Nic!, received, child.Person, child, birth, clues,
            (near ? child.Scene : scenes.Anywhere(dice.For("last seen"))).Entry(), dice)
        {
            ModifiedAt = dice.Chance(0.25, "modified") ? received.AddHours(dice.Within(5, 60, "modified at")) : null,
        };
    }

    /// <summary>Another missing child of the same class of name and the same age, and nobody's evidence.</summary>
    private EntryPlan Decoy(TruthChild child, int k, long index)
    {
        var dice = child.Dice.For("decoy", k);
        var like = child.Person;
        var born = like.Born.AddDays((dice.Chance(0.5, "older") ? 1 : -1) * dice.Between(3, 300, "apart"));
        var (given, family) = k switch
        {
            0 => (like.Nickname, like.Family),
            1 when dice.Chance(SameNameShare, "same name") => (like.Given, like.Family),
            1 => (people.OtherGiven(dice, like), like.Family),
            2 when dice.Chance(AliasIsARealName, "alias is real") => (child.Person.Alias.Given!, child.Person.Alias.Family!),
            2 => (like.Given, Miswrite.Name(like.Family, dice)),
            3 => (Miswrite.Name(like.Given, dice), like.Family),
            _ => (like.Nickname, Miswrite.Name(like.Family, dice)),
        };
        var person = people.Person(dice, born, like.Sex, family, given);
        var place = dice.Chance(0.35, "near") ? child.Scene : scenes.Anywhere(dice);
        return Plain(NicOf(world, DecoyIndex + index), person, place, dice);
    }

    private EntryPlan Other(int n)
    {
        var dice = world.For("other entry", n);
        // Everyone missing under 21 is entered (34 USC 41307), and nobody leaves for age alone (T-23).
        var person = people.Child(dice, plan.From, plan.To, ageMin: 8, ageMax: 20);
        return Plain(NicOf(world, OtherIndex + n), person, scenes.Anywhere(dice), dice);
    }

    private EntryPlan Plain(string nic, Identity person, Scene place, Dice dice)
    {
        var received = dice.Chance(0.8, "predates") ? Before(dice, 400) : During(dice, "received");
        DateTimeOffset? cleared = dice.Chance(0.3, "cleared") ? During(dice, "cleared at") : null;
        return new(nic, received, person, Child: null, Birth(dice), Clues(dice), place.Entry(), dice)
        {
            ModifiedAt = dice.Chance(0.2, "modified") ? received.AddHours(dice.Within(5, 200, "modified at")) : null,
            ClearedAt = cleared > received.AddDays(9) ? cleared : null,
        };
    }

    private DateTimeOffset Before(Dice dice, int daysMax) =>
        Seconds(plan.Begins.AddDays(-1 - (dice.Unit("days before") * daysMax)));

    private DateTimeOffset During(Dice dice, string purpose) =>
        Seconds(plan.Begins + ((plan.Ends - plan.Begins) * dice.Unit(purpose)));

    private static DateTimeOffset Seconds(DateTimeOffset at) =>
        new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    private static BirthKnown Birth(Dice dice) => dice.Unit("birth known") switch
    {
        < 0.8 => BirthKnown.Full, < 0.88 => BirthKnown.Month, < 0.95 => BirthKnown.Year, _ => BirthKnown.AgeOnly,
    };

    private static Clue Clues(Dice dice) =>
        (dice.Chance(0.25, "has phone") ? Clue.Phone : 0) | (dice.Chance(0.15, "has mail") ? Clue.Email : 0)
        | (dice.Chance(0.25, "has account") ? Clue.ScreenName : 0);
}
