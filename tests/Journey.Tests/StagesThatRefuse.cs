namespace Homeward.Journey.Tests;

/// <summary>With the use cases of one stage refusing, nothing of it appears in the stages after it.</summary>
public sealed class StagesThatRefuse : IDisposable
{
    private readonly Scratch _scratch = new();

    [Theory]
    [InlineData("intake")]
    [InlineData("review")]
    [InlineData("referral")]
    [InlineData("operations")]
    [InlineData("outcomes")]
    [InlineData("care")]
    [InlineData("release")]
    public async Task When_a_stage_refuses_nothing_of_it_appears_further_on(string stage)
    {
        var file = _scratch.Write("short.json", ShortLight.Short);
        var ran = await Program.RunAsync(_scratch.Path, "demo", "--exit", "--initiative", file, "--close", stage);
        var line = ran.Line;
        switch (stage)
        {
            case "intake":
                // Nothing came in: no report can lead to a child, and no door opens.
                ((int)line["children"]!["viaReview"]!).ShouldBe(0);
                ((int)line["sought"]!).ShouldBe((int)line["children"]!["total"]!);
                break;
            case "review":
                ((int)line["children"]!["viaReview"]!).ShouldBe(0);
                break;
            case "referral":
                ((int)line["children"]!["viaReview"]!).ShouldBe(0);
                break;
            case "operations":
                line.ContainsKey("error").ShouldBeTrue("without Operations there is no initiative to count");
                break;
            case "outcomes":
                ((int)line["children"]!["total"]!).ShouldBe(0);
                ((int)line["traffickersArrested"]!).ShouldBe(0);
                ((int)line["investigationsOpened"]!).ShouldBe(0);
                break;
            case "care":
                ((int)line["score"]!["duties"]!["metInTime"]!).ShouldBeLessThan((int)line["score"]!["duties"]!["due"]!);
                break;
            case "release":
                line.ContainsKey("error").ShouldBeTrue("without Release there is no tally");
                break;
        }
    }

    public void Dispose() => _scratch.Dispose();
}
