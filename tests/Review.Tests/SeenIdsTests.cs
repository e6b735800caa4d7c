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
    public void Once_somebody_looked_what_came_long_before_that_is_not_looked_at_again()
    {
        var seen = new SeenIds();
        var last = Guid.CreateVersion7(_noon);
        seen.Add(last);
        seen.Looked(_noon + (SeenIds.LooksBack * 2));
        last.CompareTo(seen.LookFrom).ShouldBeNegative("nothing has changed since, and it is known");
        Guid.CreateVersion7(_noon + (SeenIds.LooksBack * 1.5)).CompareTo(seen.LookFrom).ShouldBePositive("an act that was slow to stand is still found");
        // A clock that was set back is followed: what comes now has ids of that time.
        seen.Looked(_noon - TimeSpan.FromHours(1));
        Guid.CreateVersion7(_noon - TimeSpan.FromHours(1)).CompareTo(seen.LookFrom).ShouldBePositive();
        seen.Add(last).ShouldBeFalse();
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
