using CsCheck;
using Homeward.Foundations.Places;

namespace Homeward.Operations.Tests;

public sealed class ConflictFinderTests
{
    private static readonly DateTimeOffset _day = new(2019, 7, 12, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Crowded on purpose: a few towns, some of them at the date line and near a pole, two days, few subjects.</summary>
    private static readonly GeoPoint[] _towns = [new(39.1, -94.6), new(13.45, 179.99), new(13.45, -179.99), new(89.95, 10), new(0, 0)];

    private static readonly Gen<PlannedEvent> _event =
        from town in Gen.Int[0, _towns.Length - 1].Select(index => _towns[index])
        from north in Gen.Double[-0.2, 0.2]
        from east in Gen.Double[-0.2, 0.2]
        from radius in Gen.Double[0, 15]
        from start in Gen.Int[0, 60 * 48]
        from length in Gen.Int[0, 600]
        from margin in Gen.Int[0, 90]
        from subjects in Gen.Int[0, 30].Select(number => number < 4 ? new[] { $"s{number}" } : [])
        select new PlannedEvent("", new GeoPoint(Math.Clamp(town.Latitude + north, -90, 90), Wrapped(town.Longitude + east)), radius,
            _day.AddMinutes(start), _day.AddMinutes(start + length), TimeSpan.FromMinutes(margin), subjects);

    private static double Wrapped(double longitude) => Math.IEEERemainder(longitude, 360);

    [Fact]
    public void It_finds_what_comparing_every_pair_finds() => _event.Array[0, 40].Sample(drawn =>
    {
        var events = drawn.Select((one, index) => one with { Id = $"E{index:00}" }).ToList();
        var brute = new List<(string, string)>();
        for (var other = 0; other < events.Count; other++)
            for (var one = 0; one < other; one++)
                if (Meeting.Of(events[one], events[other]) is not null) brute.Add((events[one].Id, events[other].Id));
        ConflictFinder.Among(events).Select(found => (found.One, found.Other)).ToList().ShouldBe(brute);
    }, iter: 300);

    [Fact]
    public void Which_of_two_is_asked_does_not_matter() => Gen.Select(_event, _event).Sample((one, other) =>
    {
        var forth = Meeting.Of(one with { Id = "A" }, other with { Id = "B" });
        var back = Meeting.Of(other with { Id = "B" }, one with { Id = "A" });
        (forth is null).ShouldBe(back is null);
        if (forth is not null) forth.Overlap.ShouldBe(back!.Overlap);
    }, iter: 300);

    [Fact]
    public void Two_teams_at_one_motel_typed_in_two_zones_meet_for_five_minutes()
    {
        // Western Kansas keeps two zones (T-51): 20:00 to 21:05 in Central, 20:00 to 21:00 in Mountain time, which is 21:00 to 22:00 Central.
        var (events, faults) = EventLines.Read(
        [
            """{"id":"A","type":"undercover","latitude":38.47,"longitude":-101.75,"zone":"America/Chicago","from":"2019-07-12T20:00:00","to":"2019-07-12T21:05:00"}""",
            """{"id":"B","type":"undercover","latitude":38.47,"longitude":-101.75,"zone":"America/Denver","from":"2019-07-12T20:00:00","to":"2019-07-12T21:00:00"}""",
        ]);
        faults.ShouldBeEmpty();
        var met = ConflictFinder.Among(events.Select(one => one with { Margin = TimeSpan.Zero })).Single();
        (met.One, met.Other, met.Overlap).ShouldBe(("A", "B", TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public void Far_apart_or_long_after_does_not_meet_but_a_subject_in_common_does()
    {
        var one = new PlannedEvent("A", new(39.1, -94.6), 1, _day, _day.AddHours(1), TimeSpan.FromMinutes(30), ["k1"]);
        Meeting.Of(one, one with { Id = "B", At = new(39.2, -94.6), Subjects = [] }).ShouldBeNull();
        Meeting.Of(one, one with { Id = "B", From = _day.AddHours(3), To = _day.AddHours(4), Subjects = [] }).ShouldBeNull();
        var bySubject = Meeting.Of(one, one with { Id = "B", At = new(21.3, -157.9), From = _day.AddDays(9), To = _day.AddDays(9) });
        bySubject.ShouldNotBeNull();
        (bySubject.IsByPlace, bySubject.IsBySubject).ShouldBe((false, true));
    }

    [Fact]
    public void A_line_that_is_no_event_is_named_with_its_number()
    {
        var (events, faults) = EventLines.Read(
        [
            """{"id":"A","type":"arrest","latitude":39,"longitude":-94,"from":"2019-07-12T05:00:00-05:00","to":"2019-07-12T06:00:00-05:00"}""",
            "", "not json",
            """{"id":"A","type":"arrest","latitude":39,"longitude":-94,"from":"2019-07-12T05:00:00Z","to":"2019-07-12T06:00:00Z"}""",
            """{"id":"C","type":"parade","latitude":39,"longitude":-94,"from":"2019-07-12T05:00:00Z","to":"2019-07-12T06:00:00Z"}""",
            """{"id":"D","type":"arrest","latitude":39,"longitude":-94,"from":"2019-07-12T05:00:00","to":"2019-07-12T06:00:00"}""",
            """{"id":"E","type":"arrest","latitude":39,"longitude":-94,"zone":"America/Chicago","from":"2019-11-03T01:30:00","to":"2019-11-03T03:00:00"}""",
            """{"id":"F","type":"arrest","latitude":99,"longitude":-94,"from":"2019-07-12T05:00:00Z","to":"2019-07-12T06:00:00Z"}""",
        ]);
        events.Single().From.ShouldBe(new DateTimeOffset(2019, 7, 12, 10, 0, 0, TimeSpan.Zero));
        faults.Select(fault => fault.Line).ShouldBe([3, 4, 5, 6, 6, 7, 8]);
    }

    private const string Head = "\"type\":\"arrest\",\"from\":\"2019-07-12T05:00:00Z\",\"to\":\"2019-07-12T06:00:00Z\"";

    /// <summary>Two far apart, each with a subject: they meet by that alone.</summary>
    private static (IReadOnlyList<FoundConflict> Met, IReadOnlyList<EventLineFault> Faults) Compare(string one, string other)
    {
        var (events, faults) = EventLines.Read(
            [$"{{\"id\":\"A\",\"latitude\":39,\"longitude\":-94,{Head},\"subjects\":{one}}}", $"{{\"id\":\"B\",\"latitude\":21,\"longitude\":-157,{Head},\"subjects\":{other}}}"]);
        return (ConflictFinder.Among(events), faults);
    }

    [Theory]
    [InlineData("+1 (816) 555-0100", "8165550100")]
    [InlineData("+18165550100", "816-555-0100")]
    [InlineData("816.555.0100", "1 816 555 0100")]
    [InlineData("tel:+1-816-555-0100", "8165550100 / 913 555 0101")]
    [InlineData("555-0177", "5550177")]
    [InlineData("Doe, John", "John Doe")]
    [InlineData("DOE , John, Jr.", "john doe jr")]
    [InlineData("<Red.Fox@Example.com>", "red.fox@example.com")]
    [InlineData("José Núñez", "JOSE NUNEZ")]
    public void A_subject_that_is_written_otherwise_is_the_same(string one, string other)
    {
        var (met, faults) = Compare($"[\"{one}\"]", $"[\"{other}\"]");
        faults.ShouldBeEmpty();
        met.ShouldHaveSingleItem().IsBySubject.ShouldBeTrue();
    }

    [Theory]
    [InlineData("8165550100", "8165550101")]
    [InlineData("816 555 0100", "913 555 0100")]
    [InlineData("red.fox@example.com", "red.fox@example.org")]
    [InlineData("Doe, John", "Doe, Jane")]
    public void Another_subject_is_another(string one, string other) => Compare($"[\"{one}\"]", $"[\"{other}\"]").Met.ShouldBeEmpty();

    [Theory]
    [InlineData("\"John Doe\"", "subjects: not a list")]
    [InlineData("[7]", "subjects[0]: 7 names nobody")]
    [InlineData("[\"Ann Roe\",\"--- !\"]", "subjects[1]: \"--- !\" names nobody")]
    public void A_subject_that_cannot_be_compared_is_a_fault(string subjects, string what) => Compare(subjects, "[]").Faults.ShouldHaveSingleItem().What.ShouldBe(what);

    [Theory]
    [InlineData("\"from\":\"2019-07-12T05:00Z\",\"to\":\"2019-07-12T06:00Z\",\"subject\":[\"x\"]", "\"subject\": no key of an event")]
    [InlineData("\"from\":\"2019-07-12T05:00Z\",\"to\":\"2019-07-12T06:00Z\",\"to\":\"2019-07-12T07:00Z\"", "to: stands twice")]
    [InlineData("\"from\":\"08/06/2020 10:00Z\",\"to\":\"2020-08-06T11:00Z\"", "from: \"08/06/2020 10:00Z\" is no time")]
    [InlineData("\"from\":\"10:00Z\",\"to\":\"11:00Z\"", "from: \"10:00Z\" is no time|to: \"11:00Z\" is no time")]
    [InlineData("\"from\":\"9999-12-31T05:00Z\",\"to\":\"9999-12-31T06:00Z\"", "from: \"9999-12-31T05:00Z\" is not between 1900 and 2199|to: \"9999-12-31T06:00Z\" is not between 1900 and 2199")]
    [InlineData("\"from\":5,\"to\":\"2019-07-12T06:00Z\"", "from: not a text")]
    public void Each_fault_of_a_line_is_told(string rest, string faults)
    {
        var read = EventLines.Read([$"{{\"id\":\"A\",\"type\":\"arrest\",\"latitude\":39,\"longitude\":-94,{rest}}}"]);
        read.Events.ShouldBeEmpty();
        read.Faults.Select(fault => fault.What).ShouldBe(faults.Split('|'));
        read.Faults.ShouldAllBe(fault => fault.Line == 1 && fault.Mend.Length > 0);
    }

    [Theory]
    [InlineData("2019-07-12T05:00-05:00")]
    [InlineData("2019-07-12T10:00:00Z")]
    [InlineData("2019-07-12T10:00:00.000Z")]
    [InlineData("2019-07-12T10:00:00.5+00:00")]
    public void A_time_of_ISO_8601_is_read(string from) =>
        EventLines.Read([$"{{\"id\":\"A\",\"type\":\"arrest\",\"latitude\":39,\"longitude\":-94,\"from\":\"{from}\",\"to\":\"2019-07-12T11:00Z\"}}"]).Events
            .ShouldHaveSingleItem().From.ToUnixTimeSeconds().ShouldBe(new DateTimeOffset(2019, 7, 12, 10, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds());
}
