namespace Homeward.Kernel.Tests;

public sealed class ResultTests
{
    private static readonly Problem Refusal = Problem.Of("needs-second-reader", "A second reader is needed.", "Ask for one.");

    [Fact]
    public void A_value_is_done_and_has_no_problem()
    {
        Result<int> result = 7;
        result.IsDone.ShouldBeTrue();
        result.TryGet(out var value, out var problem).ShouldBeTrue();
        (value, problem).ShouldBe((7, null));
        Should.Throw<BrokenInvariantException>(() => result.Problem);
    }

    [Fact]
    public void A_problem_is_not_done_and_has_no_value()
    {
        Result<int> result = Refusal;
        result.IsDone.ShouldBeFalse();
        result.TryGet(out _, out var problem).ShouldBeFalse();
        problem.ShouldBe(Refusal);
        Should.Throw<BrokenInvariantException>(() => result.Value);
    }

    [Fact]
    public void DefaultIsNeither()
    {
        Result<int> result = default;
        result.IsDone.ShouldBeFalse();
        Should.Throw<BrokenInvariantException>(() => result.TryGet(out _, out _));
    }

    [Fact]
    public void Results_are_equal_when_what_they_say_is()
    {
        Result<string> one = "a", same = "a", other = "b", refused = Refusal;
        (one == same, one != other, one != refused, one.GetHashCode() == same.GetHashCode()).ShouldBe((true, true, true, true));
    }

    [Fact]
    public void A_problem_reads_as_code_what_and_mend()
    {
        Refusal.ToString().ShouldBe("needs-second-reader: A second reader is needed. Ask for one.");
        Problem.Missing("It is not there.").ToString().ShouldBe("not-found: It is not there.");
    }

    [Fact]
    public void Each_family_of_refusal_has_its_kind() =>
        new[] { Refusal, Problem.Missing(""), Problem.Forbidden(""), Problem.Invalid("", "", ""), Problem.Conflict("", "", ""), new Problem("", "", Kind: ProblemKind.Unavailable) }
            .Select(problem => problem.Kind).ShouldBe(Enum.GetValues<ProblemKind>());

    [Fact]
    public void A_broken_claim_is_named()
    {
        var count = 1;
        Ensure.That(count == 1);
        Should.Throw<BrokenInvariantException>(() => Ensure.That(count == 2)).Message.ShouldContain("count == 2");
    }
}
