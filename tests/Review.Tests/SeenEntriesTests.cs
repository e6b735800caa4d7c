using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Review.Matching;

namespace Homeward.Review.Tests;

public sealed class SeenEntriesTests
{
    private static readonly DateTimeOffset _noon = new(2019, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly EntryId _one = EntryId.From(Guid.CreateVersion7(_noon)), _other = EntryId.From(Guid.CreateVersion7(_noon));

    [Fact]
    public void As_long_as_there_are_as_many_and_their_versions_add_up_nobody_reads_them_again()
    {
        var seen = new SeenEntries();
        seen.AreKnown(Guid.Empty, (0, 0)).ShouldBeTrue();
        seen.AreKnown(Guid.Empty, (2, 3)).ShouldBeFalse();
        Read(seen, [Change(_one, 1, 0), Change(_other, 2, 1)]).ShouldBe([_one, _other]);
        seen.AreKnown(seen.LookFrom, (2, 3)).ShouldBeTrue();
        seen.AreKnown(seen.LookFrom, (3, 4)).ShouldBeFalse("one more");
        seen.AreKnown(seen.LookFrom, (2, 4)).ShouldBeFalse("one of them changed");
    }

    [Fact]
    public void What_changed_is_told_once_also_where_it_came_late()
    {
        var seen = new SeenEntries();
        // Begun before what was seen last, and stands only later.
        var (first, late) = (Change(_one, 1, 10), Change(_other, 1, 5));
        Read(seen, [first]).ShouldBe([_one]);
        Read(seen, [first, late]).ShouldBe([_other]);
        Read(seen, [Change(_one, 2, 20), late]).ShouldBe([_one]);
        seen.AreKnown(seen.LookFrom, (2, 3)).ShouldBeTrue();
    }

    [Fact]
    public void Those_that_one_no_longer_looks_back_to_are_not_counted()
    {
        var seen = new SeenEntries();
        Read(seen, [Change(_one, 1, 0)]);
        seen.Looked(_noon + (SeenIds.LooksBack * 2));
        seen.AreKnown(seen.LookFrom, (0, 0)).ShouldBeTrue();
    }

    [Fact]
    public void What_was_not_taken_in_is_news_again()
    {
        var seen = new SeenEntries();
        var change = Change(_one, 1, 0);
        seen.NewsOf([change]).ShouldBe([_one]);
        seen.NewsOf([change]).ShouldBe([_one]);
        seen.AreKnown(Guid.Empty, (1, 1)).ShouldBeFalse();
        seen.Seen([change], _noon);
        seen.NewsOf([change]).ShouldBeEmpty();
    }

    private static IReadOnlyList<EntryId> Read(SeenEntries seen, IReadOnlyList<EntryChange> changes)
    {
        var news = seen.NewsOf(changes);
        seen.Seen(changes, _noon);
        return news;
    }

    private static EntryChange Change(EntryId entry, int version, int second) => new(entry, Guid.CreateVersion7(_noon.AddSeconds(second)), version);
}
