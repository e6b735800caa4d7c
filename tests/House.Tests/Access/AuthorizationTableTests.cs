namespace Homeward.House.Tests.Access;

public sealed class AuthorizationTableTests
{
    [Fact]
    public void A_row_says_how_far_each_role_goes()
    {
        var table = AuthorizationTable.Parse("# head\nx.do  officer:task-force national:nation # why\n\n");
        table.Reach(Role.Officer, "x.do").ShouldBe(Scope.TaskForce);
        table.Reach(Role.National, "x.do").ShouldBe(Scope.Nation);
        table.Reach(Role.Analyst, "x.do").ShouldBeNull();
        table.Reach(Role.National, "x.other").ShouldBeNull();
        table.Actions.ShouldBe(["x.do"]);
    }

    [Theory]
    [InlineData("x.do officer")]
    [InlineData("x.do officer:everywhere")]
    [InlineData("x.do officer:7")]
    [InlineData("x.do officer:assigned,office")]
    [InlineData("x.do officer:")]
    [InlineData("x.do nobody:nation")]
    [InlineData("x.do Officer:nation")]
    [InlineData("x.do officer:nation officer:office")]
    [InlineData("x.do")]
    public void A_row_that_is_not_plain_is_refused_with_its_line(string row) =>
        Should.Throw<FormatException>(() => AuthorizationTable.Parse("# head\n" + row)).Message.ShouldContain("line 2");

    [Fact]
    public void The_same_action_in_two_lines_may_not_give_one_role_two_scopes() =>
        Should.Throw<FormatException>(() => AuthorizationTable.Parse("x.do officer:nation\nx.do officer:office"));

    [Fact]
    public void The_house_s_own_role_is_never_in_the_table() =>
        AuthorizationTable.Shipped.Actions.ShouldAllBe(action => AuthorizationTable.Shipped.Allows(Role.House, action));

    [Fact]
    public void Administrators_reach_people_and_partners_only() =>
        AuthorizationTable.Shipped.Actions.Where(action => AuthorizationTable.Shipped.Allows(Role.Administrator, action))
            // Providers are partners, though Intake keeps their accounts.
            .Where(action => action is not ("intake.providers" or "intake.add-provider" or "intake.change-provider" or "intake.end-provider"))
            .Select(action => action.Split('.')[0]).Distinct().Order().ShouldBe(["access", "house", "partners"]);

    [Fact]
    public void The_auditor_changes_nothing_of_a_case_and_stands_outside_of_care() =>
        AuthorizationTable.Shipped.Actions.Where(action => AuthorizationTable.Shipped.Allows(Role.Auditor, action))
            .ShouldAllBe(action => !action.StartsWith("care.", StringComparison.Ordinal));

    [Fact]
    public void A_provider_writes_and_never_reads() =>
        AuthorizationTable.Shipped.Actions.Where(action => AuthorizationTable.Shipped.Allows(Role.Provider, action))
            .ShouldAllBe(action => action.StartsWith("intake.receive", StringComparison.Ordinal) || action.StartsWith("intake.seal", StringComparison.Ordinal));

    [Fact]
    public void Care_s_two_rooms_have_no_role_in_common()
    {
        var rooms = AuthorizationTable.Shipped.Actions.Where(action => action.StartsWith("care.", StringComparison.Ordinal))
            .ToLookup(action => action.StartsWith("care.advocate", StringComparison.Ordinal));
        IEnumerable<Role> In(bool advocates) => Roles.SignIn.Where(role => rooms[advocates].Any(action => AuthorizationTable.Shipped.Allows(role, action)));
        In(true).ShouldBe([Role.Advocate]);
        In(false).ShouldBe([Role.VictimSpecialist]);
    }

    [Theory]
    [InlineData("victim-specialist", Role.VictimSpecialist)]
    [InlineData("public-affairs", Role.PublicAffairs)]
    public void A_role_reads_back_from_its_slug(string slug, Role role)
    {
        role.Slug().ShouldBe(slug);
        foreach (var one in Enum.GetValues<Role>()) (Roles.TryParse(one.Slug(), out var read) ? read : (Role?)null).ShouldBe(one);
        Roles.TryParse("VictimSpecialist", out _).ShouldBeFalse();
    }
}
