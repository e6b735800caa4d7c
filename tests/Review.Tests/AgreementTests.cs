using Homeward.Review.NoNexus;

namespace Homeward.Review.Tests;

/// <summary>Agreements and channels with other countries: kept with all that was ever entered, and chosen by whom hands a package over.</summary>
public sealed class AgreementTests
{
    private static readonly AddAgreement.Request _portugal = new(
        "Portugal", "Example Police Office", "Exercise agreement of 2015", HandOverChannel.LegalAttache, new(2015, 3, 1), "Exercise file 1");

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_change_leaves_what_stood_before_readable_and_writes_over_nobody_s(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var (national, keeper) = (await house.House.PersonAsync(Role.National, name: "National"), await house.House.PersonAsync(Role.National, name: "Keeper"));
        var id = (await AddAsync(house, national, _portugal with { Countries = " Portugal \nSpain;portugal\n" })).Value.Id;
        var change = new ChangeAgreement.Request(id, 1, "Portugal", "Example Police Office", "Exercise agreement of 2015", HandOverChannel.Interpol, new(2015, 3, 1), "Exercise file 1", new(2019, 6, 30));
        (await house.House.DoAsync<ChangeAgreement.Request, AddAgreement.Receipt>(keeper, change)).Value.Version.ShouldBe(2);
        (await house.House.DoAsync<ChangeAgreement.Request, AddAgreement.Receipt>(national, change)).ShouldBeRefused("agreement-changed");

        var row = (await ListAsync(house, await house.AnalystAsync())).ShouldHaveSingleItem();
        (row.Version, row.Channel, row.Until, row.Holds, row.By).ShouldBe((2, HandOverChannel.Interpol, new DateOnly(2019, 6, 30), false, "Keeper"));
        var page = (await house.House.DoAsync<ShowAgreement.Request, ShowAgreement.Page>(national, new(id))).Value;
        page.Versions.Select(one => (one.Version, one.Channel, one.By, one.At)).ShouldBe(
            [(2, HandOverChannel.Interpol, "Keeper", house.House.Clock.GetUtcNow()), (1, HandOverChannel.LegalAttache, "National", house.House.Clock.GetUtcNow())]);
        page.Versions[1].Countries.ShouldBe(["Portugal", "Spain"]);
        (page.Versions[1].Until, page.Versions[1].Holds).ShouldBe((null, true));
        (await house.House.DoAsync<ShowAgreement.Request, ShowAgreement.Page>(national, new(new AgreementId(Guid.CreateVersion7())))).Problem.Kind.ShouldBe(ProblemKind.NotFound);
    }

    [Fact]
    public async Task What_can_be_no_agreement_is_refused_in_words()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var national = await house.House.PersonAsync(Role.National);
        (await AddAsync(house, national, _portugal with { Countries = " ; \n" })).ShouldBeRefused("no-country");
        (await AddAsync(house, national, _portugal with { Channel = HandOverChannel.CaseManagementTool })).ShouldBeRefused("not-abroad");
        (await AddAsync(house, national, _portugal with { Until = new(2015, 2, 28) })).ShouldBeRefused("ends-before");
        (await AddAsync(house, national, _portugal with { Until = new(2015, 3, 1) })).IsDone.ShouldBeTrue();
        (await AddAsync(house, await house.AnalystAsync(), _portugal)).Problem.Kind.ShouldBe(ProblemKind.Forbidden);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Who_hands_a_package_over_chooses_the_agreement_with_its_country_or_says_why_none(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var national = await house.House.PersonAsync(Role.National);
        var analyst = await house.AnalystAsync();
        var spain = (await AddAsync(house, national, _portugal with { Countries = "Spain\nFrance", Basis = "Exercise agreement of 2011" })).Value.Id;
        var ended = (await AddAsync(house, national, _portugal with { Until = new(2019, 6, 30), Basis = "Exercise agreement of 1990" })).Value.Id;
        var first = await PackageAsync(house, analyst, "Portugal, Example Bureau");
        // Nothing of the list is with the country, and the page says so.
        (await ShowAsync(house, analyst, first)).Agreements.Select(one => (one.Id, one.Fits)).ShouldBe([(spain, false)]);
        (await HandOverAsync(house, analyst, first, null, null)).ShouldBeRefused("no-basis");
        (await HandOverAsync(house, analyst, first, ended, "said")).ShouldBeRefused("agreement-ended");
        (await HandOverAsync(house, analyst, first, new AgreementId(Guid.CreateVersion7()), "said")).Problem.Kind.ShouldBe(ProblemKind.NotFound);
        (await HandOverAsync(house, analyst, first, spain, " ")).ShouldBeRefused("agreement-elsewhere");
        (await HandOverAsync(house, analyst, first, spain, "by its office in Lisbon")).IsDone.ShouldBeTrue();
        (await ShowAsync(house, analyst, first)).ShouldSatisfyAllConditions(
            page => page.Basis.ShouldBe("Exercise agreement of 2011 (Example Police Office; Exercise file 1). by its office in Lisbon"),
            page => (page.Agreement, page.AgreementVersion).ShouldBe((spain, 1)), page => page.Agreements.ShouldBeEmpty());

        var portugal = (await AddAsync(house, national, _portugal)).Value.Id;
        var second = await PackageAsync(house, analyst, "PORTUGAL (Example Bureau)");
        (await ShowAsync(house, analyst, second)).Agreements.Select(one => (one.Id, one.Fits)).ShouldBe([(portugal, true), (spain, false)]);
        (await HandOverAsync(house, analyst, second, portugal, null)).IsDone.ShouldBeTrue();
        // What it said when the package left stays, whatever is entered later.
        await house.House.DoAsync<ChangeAgreement.Request, AddAgreement.Receipt>(national, new(
            portugal, 1, "Portugal", "Another office", "Exercise agreement of 2019", HandOverChannel.Interpol, new(2019, 7, 1), "Exercise file 2"));
        (await ShowAsync(house, analyst, second)).ShouldSatisfyAllConditions(
            page => page.Basis.ShouldBe("Exercise agreement of 2015 (Example Police Office; Exercise file 1)"), page => page.AgreementVersion.ShouldBe(1));
        (await house.House.DoAsync<ShowAgreement.Request, ShowAgreement.Page>(analyst, new(portugal))).Value.Packages.Select(one => (one.Id, one.Version)).ShouldBe([(second, 1)]);
        (await house.House.DoAsync<ShowAgreement.Request, ShowAgreement.Page>(await house.House.PersonAsync(Role.Administrator), new(portugal))).Problem.Kind.ShouldBe(ProblemKind.Forbidden);

        var third = await PackageAsync(house, analyst, "Portugal");
        (await HandOverAsync(house, analyst, third, null, "the law of 2020, for the agreement does not cover it")).IsDone.ShouldBeTrue();
        (await ShowAsync(house, analyst, third)).ShouldSatisfyAllConditions(
            page => page.Basis.ShouldBe("the law of 2020, for the agreement does not cover it"), page => page.Agreement.ShouldBeNull());
    }

    [Fact]
    public async Task What_goes_back_to_the_clearing_house_goes_under_no_agreement()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var analyst = await house.AnalystAsync();
        var portugal = (await AddAsync(house, await house.House.PersonAsync(Role.National), _portugal)).Value.Id;
        var id = await PackageAsync(house, analyst, null);
        (await ShowAsync(house, analyst, id)).Agreements.ShouldBeEmpty();
        (await HandOverAsync(house, analyst, id, portugal, null)).IsDone.ShouldBeTrue();
        (await ShowAsync(house, analyst, id)).Agreement.ShouldBeNull();
    }

    [Theory]
    [InlineData("Portugal", true)]
    [InlineData("portugal, Example Bureau", true)]
    [InlineData("Portugal: Example Bureau", true)]
    [InlineData("Côte d'Ivoire", true)]
    [InlineData("Guinea-Bissau", false)]
    [InlineData("Equatorial Guinea", false)]
    [InlineData("Guinea / Example Bureau", true)]
    [InlineData("Spain, office in Portugal", false)]
    public void An_agreement_is_for_the_country_that_the_receiver_s_words_begin_with(string receiver, bool expected) =>
        new AgreementVersion
        {
            Id = default, Version = 1, Countries = "Guinea\nPortugal\nCote d'Ivoire", Body = "", Basis = "", Channel = HandOverChannel.Interpol, From = default, Source = "", By = default, At = default,
        }.IsFor(receiver).ShouldBe(expected);

    private static Task<Result<AddAgreement.Receipt>> AddAsync(ReviewHouse house, Actor actor, AddAgreement.Request request) =>
        house.House.DoAsync<AddAgreement.Request, AddAgreement.Receipt>(actor, request);

    private static async Task<IReadOnlyList<ListAgreements.Row>> ListAsync(ReviewHouse house, Actor actor) =>
        (await house.House.DoAsync<ListAgreements.Request, ListAgreements.Page>(actor, new())).Value.Rows;

    /// <param name="to">Null: it goes back to the clearing house.</param>
    private static async Task<NexusPackageId> PackageAsync(ReviewHouse house, Actor analyst, string? to)
    {
        var report = house.Report(city: null, type: "Unsolicited Obscene Material Sent to a Child", foreign: "exampleville/XX/11111/PH");
        await house.DeliverAsync([report]);
        return (await house.House.DoAsync<ReturnReports.Request, ReturnReports.Receipt>(
            analyst, new([report.Id], to is null ? NexusWay.Returned : NexusWay.Referred, "nothing points to the United States", to))).Value.Package!.Value;
    }

    private static async Task<ShowPackage.Page> ShowAsync(ReviewHouse house, Actor actor, NexusPackageId id) =>
        (await house.House.DoAsync<ShowPackage.Request, ShowPackage.Page>(actor, new(id))).Value;

    private static async Task<Result<HandOverPackage.Receipt>> HandOverAsync(ReviewHouse house, Actor actor, NexusPackageId id, AgreementId? agreement, string? basis) =>
        await house.House.DoAsync<HandOverPackage.Request, HandOverPackage.Receipt>(
            actor, new(id, (await ShowAsync(house, actor, id)).Sha256, HandOverChannel.Encrypted, basis, agreement));
}
