using Homeward.Foundations.Access;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Tests;

/// <summary>Tips are found by the name of the child, however it is written; the database hands out no others.</summary>
public sealed class DoorSearchTests
{
    private static readonly (string Given, string Family)[] _told =
        [("Marisol", "Quenneville"), ("José", "O'Brien"), ("Mary-Ann", "García Lopez"), ("Renata", "Okafor"), ("", ""), ("Aiko", "St. Claire")];

    public static TheoryData<DatabaseKind> Databases => Given.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_name_is_found_as_it_is_folded_and_most_others_are_not_even_read(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var lines = _told.Select((one, place) => new RawLine("tips/hotline.jsonl",
            $$"""{"received":"2019-07-01T11:00:00Z","number":"HT-{{place + 1:000000}}","imminent":false,"caller":"anonymous","child":{"given":"{{one.Given}}","family":"{{one.Family}}"},"claim":"narrative withheld"}""", place + 1));
        (await house.DoAsync<ReceiveTips.Request, BatchReceipt>(Actor.House, new([.. lines]))).Value.New.ShouldBe(_told.Length);

        foreach (var (typed, family) in new[]
            { ("mari", "Quenneville"), ("QUENNEVILLE, Marisol", "Quenneville"), ("jose obrien", "O'Brien"), ("O’Brien", "O'Brien"), ("mary ann garcia", "García Lopez"), ("st claire", "St. Claire"), ("isol", null) })
            (await house.WithDbAsync(db => DoorSearch.FindAsync(db, typed, 9, CancellationToken.None))).Select(door => door.Family).ShouldBe(family is null ? [] : [family], typed);
        // Those with an accent, an apostrophe or a point are looked at here, whatever was typed.
        (await house.WithDbAsync(db => DoorSearch.Near(db, db.Set<Door>(), ["okafor"]).Select(row => row.Family).ToListAsync()))
            .ShouldBe(["O'Brien", "García Lopez", "Okafor", "St. Claire"], ignoreOrder: true);
        (await house.WithDbAsync(db => DoorSearch.FindAsync(db, "-", 9, CancellationToken.None))).ShouldBeEmpty();
    }
}
