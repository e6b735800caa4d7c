using Homeward.Review.Matching;

namespace Homeward.Review.Tests;

public sealed class SeenIdsTests
{
    private static readonly DateTimeOffset _noon = new(2019, 7, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void One_looks_back_a_little_further_than_to_what_was_seen_last_and_never_twice_at_one_row()
    {
        var seen = new SeenIds();
        seen.LookFrom.ShouldBe(Guid.Empty);
        var (last, late, older) = (Guid.CreateVersion7(_noon), Guid.CreateVersion7(_noon - SeenIds.LooksBack / 2), Guid.CreateVersion7(_noon - SeenIds.LooksBack * 2));
        seen.Add(last).ShouldBeTrue();
        seen.Add(last).ShouldBeFalse();
        late.CompareTo(seen.LookFrom).ShouldBePositive("an act that was slow to stand is still found");
        older.CompareTo(seen.LookFrom).ShouldBeNegative();
        seen.Add(late).ShouldBeTrue();
        seen.Add(late).ShouldBeFalse();
        last.CompareTo(seen.LookFrom).ShouldBePositive("what came late does not turn the time back");
    }

    [Fact]
    public void What_nobody_looks_back_to_is_dropped_and_what_is_near_is_kept()
    {
        var seen = new SeenIds();
        for (var index = 0; index < 120_000; index++) seen.Add(Guid.CreateVersion7(_noon.AddMilliseconds(10 * index)));
        var near = Guid.CreateVersion7(_noon.AddMilliseconds(10 * 119_999));
        seen.Add(near).ShouldBeTrue();
        seen.Add(near).ShouldBeFalse();
        seen.Kept.ShouldBeLessThan(110_000);
    }
}
