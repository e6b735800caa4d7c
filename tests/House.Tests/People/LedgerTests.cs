using CsCheck;
using Homeward.Foundations.People;
using Microsoft.EntityFrameworkCore;

namespace Homeward.House.Tests.People;

public sealed class LedgerTests
{
    private static PersonRecordId Record(int number) => new(new Guid(number + 1, 0, 0, new byte[8]));

    private sealed record Step(int One, int Other, Judgement Judgement);

    private static readonly Gen<Step[]> Steps = Gen.Select(Gen.Int[0, 7], Gen.Int[0, 7], Gen.Enum<Judgement>())
        .Where((one, other, _) => one != other).Select((one, other, judgement) => new Step(one, other, judgement)).Array[0, 25];

    /// <summary>The plain model: the last word on each pair holds, and whoever hangs together is one person.</summary>
    private static (Dictionary<int, int> PersonOf, HashSet<(int, int)> Contradictions) Model(IEnumerable<Step> steps)
    {
        var last = new Dictionary<(int, int), Judgement>();
        foreach (var step in steps) last[(Math.Min(step.One, step.Other), Math.Max(step.One, step.Other))] = step.Judgement;
        var person = Enumerable.Range(0, 8).ToDictionary(record => record);
        for (var round = 0; round < 8; round++)
            foreach (var (pair, _) in last.Where(pair => pair.Value == Judgement.Same))
                person[pair.Item1] = person[pair.Item2] = Math.Min(person[pair.Item1], person[pair.Item2]);
        return (person, [.. last.Where(pair => pair.Value == Judgement.NotSame && person[pair.Key.Item1] == person[pair.Key.Item2]).Select(pair => pair.Key)]);
    }

    private static void IsAsModelled(Persons persons, IEnumerable<Step> steps)
    {
        var model = Model(steps);
        for (var record = 0; record < 8; record++) persons.PersonOf(Record(record)).ShouldBe(Record(model.PersonOf[record]));
        persons.Contradictions.Select(pair => (Number(pair.Item1), Number(pair.Item2))).ToHashSet().SetEquals(model.Contradictions).ShouldBeTrue();
        static int Number(PersonRecordId id) => Enumerable.Range(0, 8).Single(number => Record(number) == id);
    }

    private static IdentityDecision Decision(Step step)
    {
        var (left, right) = IdentityLedger.InOrder(Record(step.One), Record(step.Other));
        return new IdentityDecision
        {
            Id = Guid.CreateVersion7(), Left = left, Right = right, Judgement = step.Judgement, Reason = [], By = Given.National.Id, At = Given.Noon,
        };
    }

    [Fact]
    public void Persons_are_what_the_plain_model_says_in_whatever_order_the_decisions_come() =>
        Gen.Select(Steps, Gen.Int).Sample((steps, seed) =>
        {
            // One word for each pair: with several, order is the point and the ledger closes the earlier.
            var standing = steps.DistinctBy(step => (Math.Min(step.One, step.Other), Math.Max(step.One, step.Other))).ToArray();
            var shuffled = (Step[])standing.Clone();
            new Random(seed).Shuffle(shuffled);
            IsAsModelled(Persons.Of(shuffled.Select(Decision)), standing);
        }, iter: 2000);

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_ledger_is_as_the_model_says_at_every_instant_and_forgets_nothing(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var chance = new Random(20190701);
        var steps = Enumerable.Range(0, 25).Select(_ => new Step(chance.Next(4), 4 + chance.Next(4), (Judgement)chance.Next(3))).ToArray();
        foreach (var step in steps)
        {
            house.Clock.DriveTo(house.Clock.GetUtcNow().AddMinutes(1));
            await DecideAsync(house, step);
        }
        for (var count = 0; count <= steps.Length; count++)
        {
            var persons = await house.WithDbAsync(db => IdentityLedger.AsOfAsync(db, Given.Noon.AddMinutes(count), CancellationToken.None));
            IsAsModelled(persons, steps.Take(count));
        }
        (await house.WithDbAsync(db => db.Set<IdentityDecision>().CountAsync())).ShouldBe(steps.Length);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Undone_all_is_as_before(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await DecideAsync(house, new(1, 2, Judgement.Same));
        await DecideAsync(house, new(2, 0, Judgement.Same));
        (await NowAsync(house)).PersonOf(Record(1)).ShouldBe(Record(0));
        // At the very same instant of the house's clock, as a driven one allows.
        await DecideAsync(house, new(0, 2, Judgement.NotSame));
        var persons = await NowAsync(house);
        (persons.PersonOf(Record(0)), persons.PersonOf(Record(2))).ShouldBe((Record(0), Record(1)));
        await DecideAsync(house, new(1, 2, Judgement.Unsure));
        persons = await NowAsync(house);
        Enumerable.Range(0, 3).ShouldAllBe(record => persons.PersonOf(Record(record)) == Record(record));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Two_who_decide_on_one_pair_at_once_leave_one_standing_word(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        for (var round = 0; round < 5; round++)
        {
            var answers = await Task.WhenAll(Enum.GetValues<Judgement>().Select(judgement => Task.Run(() => DecideAsync(house, new(0, 1, judgement)))));
            answers.ShouldContain(answer => answer.IsDone);
            answers.Where(answer => !answer.IsDone).ShouldAllBe(answer => answer.Problem.Kind == ProblemKind.Conflict);
            (await house.WithDbAsync(db => db.Set<IdentityDecision>().CountAsync(row => row.ClosedAt == null))).ShouldBe(1);
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_person_decides_by_name_with_a_reason_that_is_sealed(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await house.ChangeAsync(act => act.Db.AddRange(Enumerable.Range(0, 2).Select(number => new PersonRecord
        {
            Id = Record(number), Kind = PersonKind.Child, Source = $"bench/{number}", CreatedAt = act.Now,
        })));
        var supervisor = await house.PersonAsync(Role.Supervisor);
        Task<Result<DecideSame.Receipt>> SayAsync(Actor by, int one, int other, string reason = "the same mark") =>
            house.DoAsync<DecideSame.Request, DecideSame.Receipt>(by, new(Record(one), Record(other), Judgement.Same, reason));
        (await SayAsync(supervisor, 1, 0)).IsDone.ShouldBeTrue();
        (await SayAsync(supervisor, 1, 1)).Problem.Code.ShouldBe("same-record");
        (await SayAsync(supervisor, 1, 5)).Problem.Kind.ShouldBe(ProblemKind.NotFound);
        (await SayAsync(supervisor, 1, 0, "")).Problem.Kind.ShouldBe(ProblemKind.Invalid);
        (await SayAsync(await house.PersonAsync(Role.Analyst), 1, 0)).Problem.Kind.ShouldBe(ProblemKind.Forbidden);
        var decision = await house.WithDbAsync(db => db.Set<IdentityDecision>().SingleAsync());
        (decision.Left, decision.Right, decision.By).ShouldBe((Record(0), Record(1), supervisor.Id));
        System.Text.Encoding.UTF8.GetString(decision.Reason).ShouldNotContain("mark");
    }

    private static Task<Result<Done>> DecideAsync(TestHouse house, Step step) => house.ChangeAsync(async act =>
    {
        await house.Get<IdentityLedger>().DecideAsync(act, Record(step.One), Record(step.Other), step.Judgement, "a reason", CancellationToken.None);
        return Done.Value;
    });

    private static Task<Persons> NowAsync(TestHouse house) =>
        house.WithDbAsync(db => IdentityLedger.AsOfAsync(db, house.Clock.GetUtcNow(), CancellationToken.None));
}
