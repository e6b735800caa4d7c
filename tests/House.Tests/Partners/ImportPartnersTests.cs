using Homeward.Foundations.Partners;
using Microsoft.EntityFrameworkCore;

namespace Homeward.House.Tests.Partners;

public sealed class ImportPartnersTests
{
    private static readonly ImportPartners.Request Lists = new(
        [
            new("MO0010000", "Invented Police Department", "local", "MO", "29001", Invented: true),
            new("KS0010000", "Invented Sheriff's Office", "county", "KS", null, Invented: true),
            new("SHORT", "No agency", "local", "MO", null, Invented: true),
        ],
        [new("KC-01", "Invented task force", "KC", 3)],
        [
            new("KC-01", "MO0010000", new(2019, 1, 1), null), new("KC-01", "KS0010000", new(2019, 1, 1), new(2019, 6, 30)),
            new("KC-01", "SHORT", new(2019, 1, 1), null), new("DN-09", "MO0010000", new(2019, 1, 1), null),
        ]);

    private static Task<Result<ImportPartners.Receipt>> ImportAsync(TestHouse house, ImportPartners.Request request) =>
        house.DoAsync<ImportPartners.Request, ImportPartners.Receipt>(Given.National, request);

    private static Task<(List<string> Agencies, List<string> Forces, List<string> Seats)> StoredAsync(TestHouse house) =>
        house.WithDbAsync(async db => (
            (await db.Set<Agency>().OrderBy(row => row.Ori).ToListAsync()).ConvertAll(row => $"{row.Ori} {row.Name} {row.Invented}"),
            (await db.Set<TaskForce>().OrderBy(row => row.Code).ToListAsync()).ConvertAll(row => $"{row.Code} {row.OfficeCode} {row.PledgedOperations}"),
            (await db.Set<Membership>().OrderBy(row => row.AgencyOri).ToListAsync()).ConvertAll(row => $"{row.Id} {row.TaskForce} {row.AgencyOri} {row.From:O} {row.To:O}")));

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Taking_the_lists_again_changes_nothing(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var first = (await ImportAsync(house, Lists)).Value;
        first.Refused.Count.ShouldBe(3);
        var stored = await StoredAsync(house);
        (stored.Agencies.Count, stored.Forces.Count, stored.Seats.Count).ShouldBe((2, 1, 2));
        (await ImportAsync(house, Lists)).Value.Refused.ShouldBe(first.Refused);
        var again = await StoredAsync(house);
        again.Agencies.ShouldBe(stored.Agencies);
        again.Forces.ShouldBe(stored.Forces);
        again.Seats.ShouldBe(stored.Seats);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_differs_is_changed_in_its_place(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await ImportAsync(house, Lists);
        var before = await StoredAsync(house);
        await ImportAsync(house, Lists with
        {
            Agencies = [Lists.Agencies[0] with { Name = "Renamed" }],
            TaskForces = [Lists.TaskForces[0] with { PledgedOperations = 5 }],
            Seats = [Lists.Seats[0] with { To = new(2019, 7, 31) }],
        });
        var after = await StoredAsync(house);
        after.Agencies.ShouldBe(["KS0010000 Invented Sheriff's Office True", "MO0010000 Renamed True"]);
        after.Forces.ShouldBe(["KC-01 KC 5"]);
        after.Seats.ShouldBe([before.Seats[0], before.Seats[1] + "2019-07-31"]);
    }

    [Fact]
    public void A_seat_counts_in_a_window_that_it_touches()
    {
        var seat = new Membership { Id = Guid.Empty, TaskForce = "KC-01", AgencyOri = "MO0010000", From = new(2019, 7, 31), To = new(2019, 8, 2) };
        seat.IsIn(new(2019, 7, 1), new(2019, 7, 31)).ShouldBeTrue();
        seat.IsIn(new(2019, 8, 2), new(2019, 8, 5)).ShouldBeTrue();
        seat.IsIn(new(2019, 8, 3), new(2019, 8, 5)).ShouldBeFalse();
        seat.IsIn(new(2019, 7, 1), new(2019, 7, 30)).ShouldBeFalse();
    }
}
