using Homeward.Review.Matching;

namespace Homeward.Review.Tests;

public sealed class HolderCountTests
{
    [Fact]
    public void Each_identifier_is_counted_for_itself_and_as_far_as_it_matters()
    {
        var counts = new HolderCounts();
        counts.Of("phone +13165550142").ShouldBe(0);
        // One after another, so that the table grows while it holds different counts.
        for (var number = 0; number < 20_000; number++)
            for (var round = 0; round < 3; round++)
                if (number % 3 >= round) counts.Add($"phone +1316{number:0000000}");
        for (var holder = 0; holder < 300; holder++) counts.Add("email crowd@example.org");
        Enumerable.Range(0, 20_000).ShouldAllBe(number => counts.Of($"phone +1316{number:0000000}") == 1 + (number % 3));
        counts.Of("email crowd@example.org").ShouldBe(255);
        counts.Of("email nobody@example.org").ShouldBe(0);
    }
}
