using Homeward.Foundations.Access;
using Homeward.Kernel;
using Homeward.Tests.Support;
using static Homeward.Outcomes.Tests.Given;

namespace Homeward.Outcomes.Tests;

/// <summary>An office hangs its outcomes on what it did itself, and learns nothing of what others plan.</summary>
public sealed class OtherOfficesTests
{
    private const string Planned = "DL-01/2019-07-01/1", Ran = "DL-01/2019-07-01/2", Joint = "DL-01/2019-07-01/3", Nowhere = "DL-01/2019-07-01/9";

    [Fact]
    public async Task Of_another_office_s_operation_it_is_not_even_told_whether_it_is_there()
    {
        var (house, earlier, coordinator) = await OpenAsync();
        await using var _ = house;
        earlier.Operation(Planned, "DL", begun: false);
        earlier.Operation(Ran, "DL");
        var answers = new List<string>();
        foreach (var reference in new[] { Planned, Ran, Nowhere })
            answers.Add((await RecordAsync(house, coordinator, Arrest("R-1", operation: reference))).Problem.ToString().Replace(reference, "it", StringComparison.Ordinal));
        answers.Distinct().ShouldHaveSingleItem().ShouldContain("no-such-operation");

        earlier.Operation("KC-01/2019-07-01/2", begun: false);
        (await RecordAsync(house, coordinator, Arrest("R-1", operation: "KC-01/2019-07-01/2"))).Problem.Code.ShouldBe("operation-not-begun");
        foreach (var withTheNation in new[] { await house.PersonAsync(Role.National), Actor.House })
            (await RecordAsync(house, withTheNation, Arrest("R-1", operation: Planned))).Problem.Code.ShouldBe("operation-not-begun");
    }

    [Fact]
    public async Task An_office_that_takes_part_in_another_s_operation_records_what_it_did_in_it()
    {
        var (house, earlier, coordinator) = await OpenAsync();
        await using var _ = house;
        earlier.Operation(Joint, "DL", others: ["KC"]);
        (await RecordAsync(house, coordinator, Arrest("R-1", operation: Joint))).IsDone.ShouldBeTrue();
        earlier.Operation(Planned, "DL", begun: false, others: ["KC"]);
        (await RecordAsync(house, coordinator, Arrest("R-2", operation: Planned))).Problem.Code.ShouldBe("operation-not-begun");
    }

    [Fact]
    public async Task What_is_linked_already_is_corrected_where_it_is_linked()
    {
        var (house, earlier, coordinator) = await OpenAsync();
        await using var _ = house;
        earlier.Operation(Ran, "DL");
        var arrest = (await RecordAsync(house, await house.PersonAsync(Role.National), Arrest("R-1", operation: Ran))).Value;
        await house.PassAsync(TimeSpan.FromMinutes(1));
        (await CorrectAsync(house, coordinator, new(arrest.Id, "He was a buyer.", Arrest: Arrest("R-1", ArrestKind.Buyer, operation: Ran)))).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task A_court_s_step_is_hung_on_an_arrest_of_the_own_office()
    {
        var (house, earlier, coordinator) = await OpenAsync();
        await using var _ = house;
        earlier.Operation(Ran, "DL");
        var dallas = await house.PersonAsync(Role.Coordinator, "DL", "DL-01");
        var filed = Filed("R-1", operation: Ran, office: "DL") with { TaskForce = "DL-01" };
        (await RecordAsync(house, dallas, new RecordArrest.Request(filed, ArrestKind.Trafficking, "18 USC 1591",
            new DescribedPerson("Bruno", "Sample", FbiNumber: "F-1")))).IsDone.ShouldBeTrue();
        var step = new RecordCourtEvent.Request(Filed("X-1", operation: null), "F-1", CourtEvent.Charge);
        (await house.DoAsync<RecordCourtEvent.Request, RecordCourtEvent.Receipt>(coordinator, step)).Problem.Code.ShouldBe("no-such-arrest");
        (await house.DoAsync<RecordCourtEvent.Request, RecordCourtEvent.Receipt>(dallas, step with { Filed = Filed("X-1", operation: null, office: "DL") })).IsDone.ShouldBeTrue();
        (await house.DoAsync<RecordCourtEvent.Request, RecordCourtEvent.Receipt>(Actor.House, step)).IsDone.ShouldBeTrue();
    }
}
