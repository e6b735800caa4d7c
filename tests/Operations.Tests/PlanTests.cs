using Homeward.Foundations.Access;
using Homeward.Foundations.Places;
using Homeward.Operations.Model;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Operations.Tests;

public sealed class PlanTests
{
    public static TheoryData<DatabaseKind> Databases => Given.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_reference_carries_task_force_local_day_and_ordinal(DatabaseKind kind)
    {
        await using var given = await Given.HouseAsync(kind);
        (await given.PlanAsync(given.Plan())).Value.Reference.ShouldBe("KC-01/2019-07-01/1");
        (await given.PlanAsync(given.Plan())).Value.Reference.ShouldBe("KC-01/2019-07-01/2");
        // 23:30 in Honolulu on 31 July is 1 August in UTC (T-33).
        var honolulu = await given.House.PersonAsync(Role.Coordinator, "HN", "HN-01");
        var late = given.Plan(new DateTimeOffset(2019, 8, 1, 9, 30, 0, TimeSpan.Zero), new PlaceQuery { Latitude = 21.3, Longitude = -157.86 });
        (await given.PlanAsync(late, honolulu)).Value.Reference.ShouldBe("HN-01/2019-07-31/1");
    }

    [Fact]
    public async Task Honolulu_plans_at_home_what_happens_on_Guam()
    {
        await using var given = await Given.HouseAsync();
        var honolulu = await given.House.PersonAsync(Role.Coordinator, "HN", "HN-01");
        var guam = new PlaceQuery { Latitude = 13.47, Longitude = 144.79 };
        var id = (await given.PlanAsync(given.Plan(new DateTimeOffset(2019, 7, 3, 1, 0, 0, TimeSpan.Zero), guam), honolulu)).Value.Id;
        var page = await given.ShowAsync(id, honolulu);
        (page.Office, page.Reference).ShouldBe(("Honolulu", "HN-01/2019-07-02/1"));
    }

    [Fact]
    public async Task Ip_geolocation_is_no_basis_and_a_legal_return_needs_address_port_and_utc_time()
    {
        await using var given = await Given.HouseAsync();
        async Task<string> CodeAsync(PlaceSource source) => (await given.PlanAsync(given.Plan() with { Sources = [source] })).Problem.Code;
        (await CodeAsync(new(BasisKind.IpGeolocation, "lookup"))).ShouldBe("ip-geolocation");
        (await CodeAsync(new(BasisKind.LegalReturn, "return 1", "192.0.2.7", null, Given.Noon))).ShouldBe("return-incomplete");
        (await CodeAsync(new(BasisKind.LegalReturn, "return 1", "192.0.2.7", 443, new(2019, 6, 30, 1, 0, 0, TimeSpan.FromHours(-5))))).ShouldBe("return-not-utc");
        (await given.PlanAsync(given.Plan() with { Sources = [] })).Problem.Code.ShouldBe("basis-missing");
        (await given.PlanAsync(given.Plan(place: Given.Motel with { IsLowPrecision = true }))).Problem.Code.ShouldBe("place-is-guess");
        (await given.PlanAsync(given.Plan() with { Sources = [new(BasisKind.LegalReturn, "return 1", "192.0.2.7", 443, Given.Noon)] })).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task Two_sources_that_disagree_stop_it()
    {
        await using var given = await Given.HouseAsync();
        var elsewhere = Given.Seen with { Says = Given.Motel with { Latitude = 39.15 } };
        (await given.PlanAsync(given.Plan() with { Sources = [Given.Seen, elsewhere] })).Problem.Code.ShouldBe("sources-disagree");

        var id = await given.ReadyAsync();
        (await given.ApproveAsync(id)).IsDone.ShouldBeTrue();
        (await given.VerifyAsync(id, source: elsewhere)).Value.Disputed.ShouldBeTrue();
        (await given.ShowAsync(id)).State.ShouldBe(OperationState.Planned);
        (await given.ApproveAsync(id)).Problem.Details!.Keys.ShouldContain("place-disputed");
    }

    [Fact]
    public async Task Only_agencies_that_are_members_on_the_day_go_on_the_roster()
    {
        await using var given = await Given.HouseAsync();
        var refused = await given.PlanAsync(given.Plan() with { Agencies = [Given.Member, Given.FormerMember] });
        refused.Problem.Code.ShouldBe("not-a-member");
        refused.Problem.What.ShouldContain(Given.FormerMember);
        refused.Problem.What.ShouldNotContain(Given.Member);
        (await given.PlanAsync(given.Plan() with { Agencies = [Given.Member] })).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task A_referral_is_taken_up_once_and_waits_again_when_the_operation_is_called_off()
    {
        await using var given = await Given.HouseAsync();
        var (lead, referral) = await given.AcceptedAsync();
        (await given.PlanAsync(given.Plan() with { Kind = OperationKind.Lead })).Problem.Code.ShouldBe("nobody-sought");
        var request = given.Plan() with { Kind = OperationKind.Lead, Referrals = [referral] };
        var id = (await given.PlanAsync(request)).Value.Id;
        (await given.PlanAsync(request)).Problem.Code.ShouldBe("referral-not-free");
        var gist = await given.House.WithDbAsync(db => given.Operations.OperationAsync(db, id, CancellationToken.None));
        gist!.Leads.ShouldBe([lead.Id]);
        gist.Referrals.ShouldBe([referral]);
        (await given.House.DoAsync<CallOff.Request, CallOff.Receipt>(given.Planner, new(id, "the child moved on"))).IsDone.ShouldBeTrue();
        (await given.PlanAsync(request)).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task An_initiative_opens_from_its_file_and_a_faulty_file_opens_nothing()
    {
        await using var given = await Given.HouseAsync();
        async Task<Kernel.Result<OpenInitiative.Receipt>> OpenAsync(string file) =>
            await given.House.DoAsync<OpenInitiative.Request, OpenInitiative.Receipt>(given.National, new(file));
        var faulty = await OpenAsync("""{"name":"Exercise","from":"2019-07-01","to":"2019-07-31","children":{"total":3},"offices":[{"office":"Gotham"}]}""");
        faulty.Problem.What.ShouldContain("offices[0].office: \"Gotham\": no such office");
        var opened = await OpenAsync("""{"name":"Exercise","from":"2019-07-01","to":"2019-07-31","children":{"total":3}}""");
        opened.Value.To.ShouldBe(new DateOnly(2019, 7, 31));
        (await given.House.WithDbAsync(db => given.Operations.CurrentAsync(db, CancellationToken.None)))!.Exercise.ShouldBeTrue();
        (await OpenAsync("""{"name":"EXERCISE","from":"2019-07-01","to":"2019-07-31","children":{"total":3}}""")).Problem.Code.ShouldBe("initiative-exists");
    }
}
