using Homeward.Foundations.Work;

namespace Homeward.House.Tests.Work;

/// <summary>What people were told, however much it is.</summary>
public sealed class ListNoticesTests
{
    [Theory]
    [ClassData(typeof(BothDatabases))]
    public async Task Notices_go_on_to_their_end_and_say_how_many_there_are(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var auditor = await house.PersonAsync(Role.Auditor);
        const int All = ListNotices.RowsMax + 3;
        (await house.ChangeAsync(act =>
        {
            for (var one = 0; one < All; one++) Notices.Leave(act, new NoticeTo(Role.Auditor), "passkeys-replaced", "/trace");
        })).IsDone.ShouldBeTrue();
        var (first, rest) = (await ListAsync(0), await ListAsync(ListNotices.RowsMax));
        (first.Rows.Count, first.Total, rest.Rows.Count, rest.Total).ShouldBe((ListNotices.RowsMax, All, 3, All));
        first.Rows.Concat(rest.Rows).Select(row => row.Id).Distinct().Count().ShouldBe(All);

        async Task<ListNotices.Page> ListAsync(int from) => (await house.DoAsync<ListNotices.Request, ListNotices.Page>(auditor, new(from))).Value;
    }
}
