using Homeward.Foundations.People;
using Homeward.Review.Matching;

namespace Homeward.Review.Tests;

public sealed class HubsTests
{
    private static readonly DateTimeOffset _noon = new(2019, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private const string Phone = "+18165550142";

    private readonly IntakeInHand _intake = new();
    private readonly Hubs _hubs;

    public HubsTests()
    {
        _hubs = new(_intake);
        _hubs.Watch(new(
            EntryId.From(Guid.CreateVersion7(_noon)), PersonRecordId.From(Guid.CreateVersion7(_noon)), "M100000001", null, "XX0000001", "EMJ", null, EntryState.Entered,
            [("Ada", "Other")], default, null, [], null, null, "family", [Phone], [], [], true, [], _noon));
    }

    /// <summary>One more report that has the number, at a time.</summary>
    private ReportGist Holder(DateTimeOffset at)
    {
        var person = new ReportPerson(0, "victim", "", "", [], default, null, null, [Phone], [], [], null, "/report");
        var report = new ReportGist(
            ReportId.From(Guid.CreateVersion7(at)), $"{_intake.Reports.Count}", 1, "ProviderXml", "Example", "Child Sex Trafficking", at, null, false, null, null, null, [person], []);
        return _intake.Reports[report.Id] = report;
    }

    private Task LearnAsync(ReportGist report, bool asNews = true) => _hubs.LearnAsync(null!, report.Persons, asNews ? report.Id : null, CancellationToken.None);

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(3600)]
    public async Task The_same_is_a_hub_from_the_same_report_on_however_fast_they_come(int secondsBetween)
    {
        for (var number = 1; number <= MatchIndex.HoldersMax + 3; number++)
        {
            await LearnAsync(Holder(_noon.AddSeconds(number * secondsBetween)));
            _hubs.Contains("phone", Phone).ShouldBe(number > MatchIndex.HoldersMax);
        }
    }

    [Fact]
    public async Task What_came_a_while_ago_is_counted_once()
    {
        for (var number = 1; number <= MatchIndex.HoldersMax; number++) await LearnAsync(Holder(_noon.AddMinutes(number)));
        // Else each would be asked after from the first on.
        _intake.Asked.Count(one => one.After is null).ShouldBeLessThan(8);
        _intake.Asked[^1].Max.ShouldBeLessThan(MatchIndex.HoldersMax);
        _hubs.Contains("phone", Phone).ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_stored_late_counts_too_if_it_is_not_far_too_late()
    {
        for (var number = 1; number <= 6; number++) await LearnAsync(Holder(_noon.AddMinutes(number)));
        var last = Holder(_noon.AddMinutes(7));
        await LearnAsync(last);
        // Begun before the last one and stored after it was counted.
        for (var number = 0; number < MatchIndex.HoldersMax - 7; number++) Holder(_noon.AddMinutes(7).AddSeconds(-20));
        await LearnAsync(last);
        _hubs.Contains("phone", Phone).ShouldBeFalse();
        await LearnAsync(Holder(_noon.AddMinutes(8)));
        _hubs.Contains("phone", Phone).ShouldBeTrue();
    }

    [Fact]
    public async Task Asked_as_of_an_earlier_report_later_ones_do_not_count()
    {
        var first = Holder(_noon);
        for (var number = 1; number < MatchIndex.HoldersMax; number++) await LearnAsync(Holder(_noon.AddMinutes(number)));
        for (var number = 0; number < 5; number++) Holder(_noon.AddHours(1));
        await LearnAsync(first);
        _hubs.Contains("phone", Phone).ShouldBeFalse();
        await LearnAsync(first, asNews: false);
        _hubs.Contains("phone", Phone).ShouldBeTrue();
    }

    [Fact]
    public async Task Asked_a_little_back_and_forth_none_counts_twice()
    {
        for (var number = 1; number <= 10; number++) await LearnAsync(Holder(_noon.AddMinutes(number)));
        var tenth = _noon.AddMinutes(10);
        for (var number = 0; number < 5; number++) (_, _) = (Holder(tenth.AddSeconds(-7)), Holder(tenth.AddSeconds(20)));
        await LearnAsync(Holder(tenth.AddSeconds(25)));
        await LearnAsync(Holder(tenth.AddSeconds(21)));
        await LearnAsync(Holder(tenth.AddMinutes(1)));
        _intake.Reports.Count.ShouldBeLessThanOrEqualTo(MatchIndex.HoldersMax);
        _hubs.Contains("phone", Phone).ShouldBeFalse();
    }
}
