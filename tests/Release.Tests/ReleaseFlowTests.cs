using Homeward.Care;
using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Foundations.Places;
using Homeward.Kernel;
using Homeward.Outcomes;
using Homeward.Outcomes.Tests;
using Homeward.Release.Counting;
using Homeward.Tests.Support;

namespace Homeward.Release.Tests;

/// <summary>From recorded facts to what the public reads, through the desk.</summary>
public sealed class ReleaseFlowTests
{
    internal const string File = """
        {"name":"Operation Exercise","from":"2019-07-01","to":"2019-07-31","agencies":{"moreThan":400},"operations":1,
         "children":{"recovered":2,"identified":1},"offices":[{"office":"Kansas City","children":3,"adults":1,"partners":["MOKPD0000"]},{"office":"Boston","children":0}]}
        """;

    private static readonly string Boston = Gazetteer.Default.Offices.All.Single(office => office.Name == "Boston").Code;

    private sealed record Scene(TestHouse House, Actor Coordinator, Actor National, Actor Writer, Actor Counsel) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => House.DisposeAsync();

        public async Task<T> DoneAsync<TRequest, T>(Actor actor, TRequest request) where TRequest : notnull
        {
            var answer = await House.DoAsync<TRequest, T>(actor, request);
            answer.IsDone.ShouldBeTrue(answer.ToString());
            return answer.Value;
        }

        public async Task<string> RefusedAsync<TRequest, T>(Actor actor, TRequest request) where TRequest : notnull =>
            (await House.DoAsync<TRequest, T>(actor, request)).Problem.Code;

        public Task<RecordFinding.Receipt> ChildAsync(string record, string given, OutcomeKind kind = OutcomeKind.Recovered) =>
            DoneAsync<RecordFinding.Request, RecordFinding.Receipt>(Coordinator, new(
                new OfficeRecord(record, "KC", House.Clock.GetUtcNow().AddHours(-1), "KC-01/2019-07-01/1", TaskForce: "KC-01", Ori: "MOKPD0000"),
                kind, Exploitation.Sex, new DescribedPerson(given, "Example", Born: PartialDate.Of(new DateOnly(2003, 4, 15)))));

        public async Task<Tally> TallyAsync(DateTimeOffset? asOf = null) =>
            (await DoneAsync<TallyInitiative.Request, TallyInitiative.Page>(National, new(AsOf: asOf))).Tally;

        public async Task<AnnouncementId> DraftAsync(string? office = null, string addition = "", DateTimeOffset? embargo = null)
        {
            var frozen = await DoneAsync<FreezeSnapshot.Request, FreezeSnapshot.Receipt>(National, new());
            await PreviewAsync(frozen.Id);
            return (await DoneAsync<DraftAnnouncement.Request, DraftAnnouncement.Receipt>(Writer, new(frozen.Id, office, EmbargoUntil: embargo, Addition: addition))).Id;
        }

        /// <summary>Both offices of the table: Kansas City by its own coordinator, Boston, which has nobody here, by the national unit.</summary>
        public async Task PreviewAsync(SnapshotId frozen)
        {
            await DoneAsync<PreviewOffice.Request, PreviewOffice.Receipt>(Coordinator, new(frozen, "KC"));
            await DoneAsync<PreviewOffice.Request, PreviewOffice.Receipt>(National, new(frozen, Boston));
        }

        public async Task PublishAsync(AnnouncementId id)
        {
            await DoneAsync<ApproveAnnouncement.Request, ApproveAnnouncement.Receipt>(Counsel, new(id));
            await DoneAsync<PublishAnnouncement.Request, PublishAnnouncement.Receipt>(Writer, new(id));
        }
    }

    private static async Task<Scene> OpenAsync()
    {
        var earlier = new EarlierStages(File);
        var house = await TestHouse.OpenAsync(DatabaseKind.Sqlite, earlier, new OutcomesStage(), new CareStage(), new ReleaseStage());
        earlier.Operation("KC-01/2019-07-01/1");
        await house.PassAsync(TimeSpan.FromDays(10));
        return new Scene(house, await house.PersonAsync(Role.Coordinator, "KC", "KC-01"), await house.PersonAsync(Role.National),
            await house.PersonAsync(Role.PublicAffairs), await house.PersonAsync(Role.Counsel));
    }

    private static async Task<Scene> WithThreeChildrenAsync()
    {
        var scene = await OpenAsync();
        await scene.ChildAsync("C-1", "Ana");
        await scene.ChildAsync("C-2", "Bea");
        await scene.ChildAsync("C-3", "Cleo", OutcomeKind.Identified);
        return scene;
    }

    [Fact]
    public async Task Any_instant_is_counted_as_it_stood()
    {
        await using var scene = await OpenAsync();
        var one = await scene.ChildAsync("C-1", "Ana");
        await scene.House.PassAsync(TimeSpan.FromHours(1));
        var between = scene.House.Clock.GetUtcNow();
        await scene.House.PassAsync(TimeSpan.FromHours(1));
        var two = await scene.ChildAsync("C-2", "Ana");
        await scene.House.PassAsync(TimeSpan.FromHours(1));
        var supervisor = await scene.House.PersonAsync(Role.Supervisor);
        var before = scene.House.Clock.GetUtcNow();
        await scene.House.PassAsync(TimeSpan.FromMinutes(1));
        await scene.DoneAsync<DecideSame.Request, DecideSame.Receipt>(supervisor, new(one.Person, two.Person, Judgement.Same, "One child."));
        (await scene.TallyAsync(between)).Value(Measures.Total).ShouldBe(1);
        (await scene.TallyAsync(before)).Value(Measures.Total).ShouldBe(2);
        (await scene.TallyAsync()).Value(Measures.Total).ShouldBe(1);
        await scene.House.PassAsync(TimeSpan.FromMinutes(1));
        await scene.DoneAsync<DecideSame.Request, DecideSame.Receipt>(supervisor, new(one.Person, two.Person, Judgement.NotSame, "Two after all."));
        (await scene.TallyAsync()).Value(Measures.Total).ShouldBe(2);
    }

    [Fact]
    public async Task An_office_that_certifies_has_zero_and_one_that_is_silent_is_not_reported()
    {
        await using var scene = await WithThreeChildrenAsync();
        (await scene.TallyAsync()).Office("BS")!.Children.Value.ShouldBeNull();
        await scene.DoneAsync<CertifyOffice.Request, Done>(scene.National, new("BS"));
        (await scene.TallyAsync()).Office("BS")!.Children.Value.ShouldBe(0);
        (await scene.RefusedAsync<CertifyOffice.Request, Done>(scene.Coordinator, new("BS"))).ShouldBe("not-permitted");
        await scene.DoneAsync<CertifyOffice.Request, Done>(scene.National, new("BS", Withdraw: true));
        (await scene.TallyAsync()).Office("BS")!.Children.Value.ShouldBeNull();
    }

    [Fact]
    public async Task Without_lists_of_partners_there_are_no_task_forces_only_once_the_nation_says_that_all_is_in()
    {
        await using var scene = await OpenAsync();
        var before = await scene.TallyAsync();
        (before.Value(Measures.TaskForces), before.Value(Measures.Agencies)).ShouldBe((null, null));
        await scene.DoneAsync<CertifyOffice.Request, Done>(scene.National, new("KC"));
        (await scene.TallyAsync()).Value(Measures.TaskForces).ShouldBeNull("an office speaks for itself");
        await scene.DoneAsync<CertifyOffice.Request, Done>(scene.National, new());
        var after = await scene.TallyAsync();
        (after.Value(Measures.TaskForces), after.Value(Measures.Agencies)).ShouldBe((0, 0));
        (await scene.RefusedAsync<CertifyOffice.Request, Done>(scene.National, new("KC", [Measures.Agencies]))).ShouldBe("no-such-measure");
    }

    [Fact]
    public async Task A_frozen_count_is_regenerated_to_the_byte_whatever_is_typed_later()
    {
        await using var scene = await WithThreeChildrenAsync();
        var frozen = await scene.DoneAsync<FreezeSnapshot.Request, FreezeSnapshot.Receipt>(scene.National, new());
        await scene.House.PassAsync(TimeSpan.FromDays(1));
        await scene.ChildAsync("C-4", "Dora");
        (await scene.DoneAsync<CheckSnapshot.Request, CheckSnapshot.Page>(scene.National, new(frozen.Id))).IsSame.ShouldBeTrue();
        (await scene.TallyAsync()).Value(Measures.Total).ShouldBe(4);
    }

    [Fact]
    public async Task An_announcement_prints_what_is_published_and_goes_the_whole_way()
    {
        await using var scene = await WithThreeChildrenAsync();
        var id = await scene.DraftAsync();
        (await scene.RefusedAsync<PublishAnnouncement.Request, PublishAnnouncement.Receipt>(scene.Writer, new(id))).ShouldBe("not-approved");
        await scene.PublishAsync(id);
        var page = await scene.DoneAsync<ShowAnnouncement.Request, ShowAnnouncement.Page>(scene.Coordinator, new(id));
        page.Text.Paragraphs[0].ShouldBe("In Operation Exercise, July 1 to July 31, 2019, the FBI and its partners recovered or identified 3 children who were victims of sex trafficking.");
        page.Text.Paragraphs[1].ShouldBe("Of these children, 2 were recovered and 1 was identified.");
        page.Text.Figures.Where(figure => figure.Text is not null).Select(figure => figure.Measure)
            .ShouldBe([Measures.Total, Measures.Recovered, Measures.Identified, Measures.Located, Measures.Operations], "adults and arrests are not published, the floor is not passed");
        foreach (var format in Enum.GetValues<ExportFormat>())
            (await scene.DoneAsync<ExportAnnouncement.Request, ExportAnnouncement.Page>(scene.Writer, new(id, format))).Files.Single().Content.ShouldContain("EXERCISE");
    }

    [Fact]
    public async Task Text_with_a_childs_name_is_not_approved_and_the_author_approves_nothing()
    {
        await using var scene = await WithThreeChildrenAsync();
        var id = await scene.DraftAsync(addition: "Ana Example is well.");
        (await scene.RefusedAsync<ApproveAnnouncement.Request, ApproveAnnouncement.Receipt>(scene.Counsel, new(id))).ShouldBe("text-refused");
        var own = (await scene.DoneAsync<FreezeSnapshot.Request, FreezeSnapshot.Receipt>(scene.National, new())).Id;
        var drafted = await scene.DoneAsync<DraftAnnouncement.Request, DraftAnnouncement.Receipt>(scene.National, new(own));
        (await scene.RefusedAsync<ApproveAnnouncement.Request, ApproveAnnouncement.Receipt>(scene.National, new(drafted.Id))).ShouldBe("author-approves");
        (await scene.RefusedAsync<ApproveAnnouncement.Request, ApproveAnnouncement.Receipt>(scene.Counsel, new(drafted.Id))).ShouldBe("preview-missing");
    }

    /// <summary>One office's look does not stand for the others', and nobody who writes or approves looks in their place .</summary>
    [Fact]
    public async Task Each_office_in_the_table_looks_first_and_no_writer_looks_for_it()
    {
        await using var scene = await WithThreeChildrenAsync();
        var frozen = await scene.DoneAsync<FreezeSnapshot.Request, FreezeSnapshot.Receipt>(scene.National, new());
        foreach (var outsider in new[] { scene.Writer, scene.Counsel })
            (await scene.RefusedAsync<PreviewOffice.Request, PreviewOffice.Receipt>(outsider, new(frozen.Id, "KC"))).ShouldBe("not-permitted");
        var drafted = await scene.DoneAsync<DraftAnnouncement.Request, DraftAnnouncement.Receipt>(scene.Writer, new(frozen.Id));
        // Another office's look is none of Kansas City's, which stands in the table.
        await scene.DoneAsync<PreviewOffice.Request, PreviewOffice.Receipt>(scene.National, new(frozen.Id, Boston));
        var refused = (await scene.House.DoAsync<ApproveAnnouncement.Request, ApproveAnnouncement.Receipt>(scene.Counsel, new(drafted.Id))).Problem;
        (refused.Code, refused.What.Contains("Kansas City", StringComparison.Ordinal)).ShouldBe(("preview-missing", true));
        await scene.DoneAsync<PreviewOffice.Request, PreviewOffice.Receipt>(scene.Coordinator, new(frozen.Id, "KC"));
        await scene.DoneAsync<ApproveAnnouncement.Request, ApproveAnnouncement.Receipt>(scene.Counsel, new(drafted.Id));
    }

    [Fact]
    public async Task An_office_goes_out_after_the_nation_with_its_partners_named()
    {
        await using var scene = await WithThreeChildrenAsync();
        var local = await scene.DraftAsync("Kansas City");
        await scene.DoneAsync<ApproveAnnouncement.Request, ApproveAnnouncement.Receipt>(scene.Counsel, new(local));
        (await scene.RefusedAsync<PublishAnnouncement.Request, PublishAnnouncement.Receipt>(scene.Writer, new(local))).ShouldBe("national-first");
        var national = await scene.DraftAsync(embargo: scene.House.Clock.GetUtcNow().AddHours(2));
        await scene.DoneAsync<ApproveAnnouncement.Request, ApproveAnnouncement.Receipt>(scene.Counsel, new(national));
        (await scene.RefusedAsync<PublishAnnouncement.Request, PublishAnnouncement.Receipt>(scene.Writer, new(national))).ShouldBe("embargo");
        await scene.House.PassAsync(TimeSpan.FromHours(2));
        await scene.DoneAsync<PublishAnnouncement.Request, PublishAnnouncement.Receipt>(scene.Writer, new(national));
        await scene.DoneAsync<PublishAnnouncement.Request, PublishAnnouncement.Receipt>(scene.Writer, new(local));
        var page = await scene.DoneAsync<ShowAnnouncement.Request, ShowAnnouncement.Page>(scene.Writer, new(local));
        page.Text.Partners.Single().ShouldContain("Kansas City");
        page.Text.Whole.ShouldNotContain("adult victim", Case.Insensitive, "no adult is on record, so none is printed");
    }

    [Fact]
    public async Task T38_another_number_of_an_office_needs_its_reason_first()
    {
        await using var scene = await WithThreeChildrenAsync();
        var frozen = await scene.DoneAsync<FreezeSnapshot.Request, FreezeSnapshot.Receipt>(scene.National, new());
        (await scene.RefusedAsync<PreviewOffice.Request, PreviewOffice.Receipt>(scene.Coordinator, new(frozen.Id, "KC", 4))).ShouldBe("reconcile-first");
        await scene.DoneAsync<PreviewOffice.Request, PreviewOffice.Receipt>(scene.Coordinator, new(frozen.Id, "KC", 4, "A town outside the area was added."));
        var page = await scene.DoneAsync<ReconcileOffices.Request, ReconcileOffices.Page>(scene.National, new());
        var claim = page.Claims.Single();
        (claim.National, claim.Claimed).ShouldBe((3, 4));
        page.Rows.ShouldAllBe(row => row.Difference.Count == 0);
    }

    [Fact]
    public async Task A_correction_says_old_new_and_why_and_the_old_one_stays()
    {
        await using var scene = await WithThreeChildrenAsync();
        var first = await scene.DraftAsync();
        await scene.PublishAsync(first);
        await scene.House.PassAsync(TimeSpan.FromDays(1));
        await scene.ChildAsync("C-4", "Dora");
        await scene.House.PassAsync(TimeSpan.FromMinutes(1));
        var frozen = await scene.DoneAsync<FreezeSnapshot.Request, FreezeSnapshot.Receipt>(scene.National, new());
        await scene.PreviewAsync(frozen.Id);
        var correction = await scene.DoneAsync<CorrectAnnouncement.Request, CorrectAnnouncement.Receipt>(scene.Writer, new(first, frozen.Id, "A record was typed late."));
        await scene.PublishAsync(correction.Id);
        var old = await scene.DoneAsync<ShowAnnouncement.Request, ShowAnnouncement.Page>(scene.Writer, new(first));
        (old.CorrectedBy, old.Text.Paragraphs[0].Contains("3 children", StringComparison.Ordinal)).ShouldBe((correction.Id, true));
        var text = (await scene.DoneAsync<ShowAnnouncement.Request, ShowAnnouncement.Page>(scene.Writer, new(correction.Id))).Text;
        text.Correction!.ShouldContain("Children recovered or identified: was 3, is 4.");
        text.Correction!.ShouldContain("A record was typed late.");
    }

    [Fact]
    public async Task A_figure_opens_to_its_records_and_a_protected_one_only_for_those_allowed()
    {
        await using var scene = await WithThreeChildrenAsync();
        var opened = await scene.DoneAsync<OpenFigure.Request, OpenFigure.Page>(scene.National, new(Measures.Total));
        opened.Items.SelectMany(item => item.Records).Order(StringComparer.Ordinal).ShouldBe(["C-1", "C-2", "C-3"]);
        (await scene.DoneAsync<OpenFigure.Request, OpenFigure.Page>(scene.Coordinator, new(Measures.Total))).Figure.Office.ShouldBe("KC");
        var supervisor = await scene.House.PersonAsync(Role.Supervisor);
        (await scene.RefusedAsync<OpenFigure.Request, OpenFigure.Page>(supervisor, new(Measures.VictimsInCustody))).ShouldBe("not-found");
        (await scene.DoneAsync<TallyInitiative.Request, TallyInitiative.Page>(supervisor, new())).Tally.Nation.ShouldNotContainKey(Measures.VictimsInCustody);
    }

    [Theory]
    [InlineData("WRONG")]
    [InlineData("children")]
    [InlineData("offices")]
    public async Task A_measure_that_is_none_is_answered_with_those_that_are(string measure)
    {
        await using var scene = await WithThreeChildrenAsync();
        var refused = (await scene.House.DoAsync<OpenFigure.Request, OpenFigure.Page>(scene.National, new(measure))).Problem;
        refused.What.ShouldBe($"\"{measure}\": no such measure.");
        foreach (var known in new[] { Measures.Total, Measures.Sought, Measures.VictimsInCustody }) refused.Mend.ShouldContain(known);
        var supervisor = await scene.House.PersonAsync(Role.Supervisor);
        (await scene.House.DoAsync<OpenFigure.Request, OpenFigure.Page>(supervisor, new(measure))).Problem.Mend.ShouldNotContain(Measures.VictimsInCustody);
    }

    [Fact]
    public async Task An_instant_that_has_not_come_opens_no_figure()
    {
        await using var scene = await WithThreeChildrenAsync();
        (await scene.RefusedAsync<OpenFigure.Request, OpenFigure.Page>(scene.National, new(Measures.Total, AsOf: scene.House.Clock.GetUtcNow().AddDays(1)))).ShouldBe("as-of-in-future");
    }

    [Theory]
    [InlineData("KC")]
    [InlineData("kansas CITY")]
    [InlineData("Kansas City Field Office")]
    public async Task An_offices_announcement_is_found_by_any_of_its_names(string office)
    {
        await using var scene = await WithThreeChildrenAsync();
        await scene.DraftAsync();
        var local = await scene.DraftAsync("Kansas City");
        (await scene.DoneAsync<ListAnnouncements.Request, ListAnnouncements.Page>(scene.National, new(Office: office))).Rows.Select(row => row.Id).ShouldBe([local]);
        (await scene.RefusedAsync<ListAnnouncements.Request, ListAnnouncements.Page>(scene.National, new(Office: "Nashville"))).ShouldBe("office-not-open");
    }

    [Fact]
    public async Task What_a_correction_moves_is_foreseen_in_figures()
    {
        await using var scene = await WithThreeChildrenAsync();
        var four = await scene.ChildAsync("C-4", "Dora");
        var page = await scene.DoneAsync<PreviewCorrection.Request, PreviewCorrection.Page>(scene.Coordinator, new(new CorrectFact.Request(four.Id, "It was filed twice.", Withdraw: true)));
        page.Moves.ShouldContain(new FigureMove(Measures.Total, "the nation", 4, 3));
        page.Moves.ShouldContain(new FigureMove(Measures.Total, "Kansas City", 4, 3));
        page.NeedsApproval.ShouldBeTrue();
    }

    [Fact]
    public async Task The_board_shows_the_day_and_no_person()
    {
        await using var scene = await WithThreeChildrenAsync();
        var page = await scene.DoneAsync<ShowBoard.Request, ShowBoard.Page>(await scene.House.PersonAsync(Role.Analyst), new());
        (page.Day, page.Days).ShouldBe((11, 31));
        page.Lasts.Select(last => last.What).Distinct().Order(StringComparer.Ordinal).ShouldBe(["child identified", "child recovered"]);
        page.Tally![Measures.Total].Behind.ShouldBeEmpty();
    }
}
