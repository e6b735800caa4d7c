namespace Homeward.Review.Tests;

public sealed class DecidingTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Two_people_confirm_and_a_lead_is_born(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var (entry, report, match) = await house.FittingAsync();

        var first = await house.DecideAsync(await house.AnalystAsync("One"), match, Judgement.Same);
        (first.Value.State, first.Value.Lead).ShouldBe((MatchState.AwaitsSecond, null));
        var second = await house.DecideAsync(await house.AnalystAsync("Two"), match, Judgement.Same);

        second.Value.State.ShouldBe(MatchState.Confirmed);
        var lead = await house.House.WithDbAsync(db => house.Review.LeadAsync(db, second.Value.Lead!.Value, default));
        lead.ShouldNotBeNull();
        (lead.Number, lead.Child, lead.Nic, lead.ViaReview).ShouldBe(("L-2019-00001", entry.Record, entry.Nic, true));
        lead.ReportNumbers.ShouldBe([report.Number]);
        lead.Places.ShouldHaveSingleItem().City.ShouldBe("Wichita");
        var persons = await house.House.WithDbAsync(db => IdentityLedger.AsOfAsync(db, house.House.Clock.GetUtcNow(), default));
        var told = await house.House.WithDbAsync(db => db.Set<PersonRecord>().SingleAsync(row => row.Source == $"report/{report.Number}#0"));
        persons.PersonOf(told.Id).ShouldBe(persons.PersonOf(entry.Record));
        (await house.ItemAsync(report)).State.ShouldBe(QueueState.Decided);
    }

    [Fact]
    public async Task Nobody_confirms_twice()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (_, _, match) = await house.FittingAsync();
        var one = await house.AnalystAsync("One");
        await house.DecideAsync(one, match, Judgement.Same);

        (await house.DecideAsync(one, match, Judgement.Same)).ShouldBeRefused("needs-another-person");
        (await house.MatchAsync(match)).State.ShouldBe(MatchState.AwaitsSecond);
    }

    [Fact]
    public async Task A_correction_that_leaves_the_person_as_it_was_does_not_hold_up_the_second_word()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (_, report, match) = await house.FittingAsync();
        await house.DecideAsync(await house.AnalystAsync("One"), match, Judgement.Same);

        house.Intake.Reports[report.Id] = report with { Version = 2, IncidentType = "Online Enticement of Children for Sexual Acts" };
        await house.DeliverAsync([report]);

        (await house.MatchAsync(match)).ReportVersion.ShouldBe(2);
        (await house.DecideAsync(await house.AnalystAsync("Two"), match, Judgement.Same)).Value.State.ShouldBe(MatchState.Confirmed);
    }

    [Fact]
    public async Task A_person_of_a_report_is_confirmed_as_one_child_only_and_undo_brings_back_what_waited()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (entry, decoy) = (house.Entry("Emerson", "Hinton", "2003-06-24"), house.Entry("Emersan", "Hinton", "2003-06-29"));
        var report = house.Report("Emersan", "Hinton", "2003-06-24");
        await house.DeliverAsync([report], [entry, decoy]);
        var matches = await house.MatchesAsync(report);
        var (right, wrong) = (matches.Single(match => match.Entry == entry.Id).Id, matches.Single(match => match.Entry == decoy.Id).Id);
        var (one, two) = (await house.AnalystAsync("One"), await house.AnalystAsync("Two"));
        await house.DecideAsync(one, right, Judgement.Same);
        await house.DecideAsync(one, wrong, Judgement.Same);

        (await house.DecideAsync(two, right, Judgement.Same)).Value.State.ShouldBe(MatchState.Confirmed);
        (await house.MatchAsync(wrong)).State.ShouldBe(MatchState.Closed);

        // One who said no of the other child, and is overruled: the person stands confirmed as the first.
        (await house.House.DoAsync<UndoDecision.Request, DecideMatch.Receipt>(two, new(right, "Looked at the wrong line."))).IsDone.ShouldBeTrue();
        ((await house.MatchAsync(right)).State, (await house.MatchAsync(wrong)).State).ShouldBe((MatchState.Open, MatchState.AwaitsSecond));
        await house.DecideAsync(one, right, Judgement.Same);
        await house.DecideAsync(two, wrong, Judgement.NotSame);
        (await house.MatchAsync(wrong)).State.ShouldBe(MatchState.Disputed);
        (await house.DecideAsync(two, right, Judgement.Same)).Value.State.ShouldBe(MatchState.Confirmed);
        (await house.House.DoAsync<SettleMatch.Request, DecideMatch.Receipt>(await house.SupervisorAsync(), new(wrong, Judgement.Same, "Both views weighed.")))
            .ShouldBeRefused("one-person-one-child");
    }

    [Fact]
    public async Task Who_reads_second_sees_neither_score_nor_first_view_until_decided()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (_, _, match) = await house.FittingAsync();
        var (one, two) = (await house.AnalystAsync("One"), await house.AnalystAsync("Two"));
        var open = await house.ShowAsync(two, match);
        open.Weight.ShouldNotBeNull();
        // The picture of the linkage library, with its total in words; without scripts and styles, which pages forbid.
        open.Picture.ShouldNotBeNull().ShouldStartWith("<svg");
        open.Picture.ShouldNotContain("style=");
        await house.DecideAsync(one, match, Judgement.Same);

        var blind = await house.ShowAsync(two, match);
        blind.Picture.ShouldBeNull();
        (blind.IsBlind, blind.Weight, blind.Probability, blind.Rank, blind.Prior).ShouldBe((true, null, null, null, null));
        blind.Views.ShouldBeEmpty();
        blind.For.ShouldAllBe(bar => bar.Weight == null);
        (await house.ShowAsync(one, match)).IsBlind.ShouldBeFalse();
        await house.DecideAsync(two, match, Judgement.Same);
        (await house.ShowAsync(two, match)).Views.Count.ShouldBe(2);
    }

    [Fact]
    public async Task NCMECs_mark_stands_beside_what_the_report_is_about_for_the_second_reader_too()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (_, _, match) = await house.FittingAsync();
        await house.DecideAsync(await house.AnalystAsync("One"), match, Judgement.Same);

        var blind = await house.ShowAsync(await house.AnalystAsync("Two"), match);
        blind.IsBlind.ShouldBeTrue();
        var line = blind.Lines.Single(line => line.Field == "Risk / kind of incident");
        (line.Known, line.CameIn, line.Says).ShouldBe(("marked at risk of sexual exploitation", "Child Sex Trafficking", "not compared"));
    }

    [Fact]
    public async Task Disagreement_goes_to_a_supervisor_who_took_no_part_with_both_views()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (_, _, match) = await house.FittingAsync();
        var supervisor = await house.SupervisorAsync();
        await house.DecideAsync(await house.AnalystAsync("One"), match, Judgement.Same);
        (await house.DecideAsync(await house.AnalystAsync("Two"), match, Judgement.NotSame)).Value.State.ShouldBe(MatchState.Disputed);

        (await house.DecideAsync(await house.AnalystAsync("Three"), match, Judgement.Same)).ShouldBeRefused("needs-supervisor");
        var page = await house.ShowAsync(supervisor, match);
        page.Views.Select(view => view.Judgement).ShouldBe([Judgement.Same, Judgement.NotSame]);
        page.MaySettle.ShouldBeTrue();
        var settled = await house.House.DoAsync<SettleMatch.Request, DecideMatch.Receipt>(supervisor, new(match, Judgement.Same, "Both views weighed."));
        (settled.Value.State, settled.Value.Lead.HasValue).ShouldBe((MatchState.Confirmed, true));
    }

    [Fact]
    public async Task A_supervisor_may_settle_that_nobody_can_say_and_the_match_waits_for_more()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (_, _, match) = await house.FittingAsync();
        await house.DecideAsync(await house.AnalystAsync("One"), match, Judgement.Same);
        await house.DecideAsync(await house.AnalystAsync("Two"), match, Judgement.NotSame);

        var settled = await house.House.DoAsync<SettleMatch.Request, DecideMatch.Receipt>(await house.SupervisorAsync(), new(match, Judgement.Unsure, "Both views weighed."));

        (settled.Value.State, settled.Value.Lead).ShouldBe((MatchState.Unsure, null));
        (await house.ShowAsync(await house.AnalystAsync("Three"), match)).MayDecide.ShouldBeTrue();
    }

    [Fact]
    public async Task A_name_that_is_a_frequent_one_with_a_slip_in_it_is_told_to_the_blind_reader_too()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (entry, own) = (house.Entry("Cadence", "Williasm", "2004-09-06"), house.Entry("Renata", "Solberg", "2003-04-15"));
        var (report, plain) = (house.Report("Cadence", "Williasm", "2004-06-09"), house.Report("Renata", "Solberg", "2003-04-15"));
        await house.DeliverAsync([report, plain], [entry, own]);
        var match = (await house.MatchesAsync(report)).ShouldHaveSingleItem().Id;

        var one = await house.AnalystAsync("One");
        var caution = (await house.ShowAsync(one, match)).Cautions.ShouldHaveSingleItem();
        caution.Field.ShouldBe("family name");
        caution.Why.ShouldStartWith("Williasm is in no table of names, and one slip away from Williams, which about 1 in 1");
        await house.DecideAsync(one, match, Judgement.Same);
        var blind = await house.ShowAsync(await house.AnalystAsync("Two"), match);
        (blind.IsBlind, blind.Cautions.Count).ShouldBe((true, 1));
        (await house.ShowAsync(one, (await house.MatchesAsync(plain)).ShouldHaveSingleItem().Id)).Cautions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Undo_is_a_new_decision_and_withdraws_the_lead_and_the_identity()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (entry, _, match) = await house.FittingAsync();
        var lead = (await house.ConfirmAsync(match)).Lead!.Value;

        var undone = await house.House.DoAsync<UndoDecision.Request, DecideMatch.Receipt>(
            await house.AnalystAsync("One"), new(match, "A sister was found to use the account."));

        undone.Value.State.ShouldBe(MatchState.Open);
        (await house.House.WithDbAsync(db => house.Review.LeadAsync(db, lead, default)))!.State.ShouldBe(LeadState.Withdrawn);
        var persons = await house.House.WithDbAsync(db => IdentityLedger.AsOfAsync(db, house.House.Clock.GetUtcNow(), default));
        persons.PersonOf(entry.Record).ShouldBe(entry.Record);
        var words = await house.House.WithDbAsync(db => db.Set<MatchDecision>().OrderBy(row => row.Ordinal).Select(row => row.Kind).ToListAsync());
        words.ShouldBe([DecisionKind.First, DecisionKind.Second, DecisionKind.Undo]);
    }

    [Fact]
    public async Task Who_took_no_part_cannot_undo()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (_, _, match) = await house.FittingAsync();
        await house.ConfirmAsync(match);

        (await house.House.DoAsync<UndoDecision.Request, DecideMatch.Receipt>(await house.AnalystAsync("Three"), new(match, "Not so.")))
            .ShouldBeRefused("not-yours");
    }

    [Fact]
    public async Task A_decision_keeps_what_was_shown_and_a_stale_page_does_not_decide()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (_, report, match) = await house.FittingAsync();
        var one = await house.AnalystAsync("One");
        var shown = (await house.ShowAsync(one, match)).Shown;
        var other = house.Entry("Renata", "Solberg", "2003-04-16");
        await house.DeliverAsync(entries: [other]);
        (await house.MatchesAsync(report)).Count.ShouldBe(2);

        (await house.DecideAsync(one, match, Judgement.Same, shown)).ShouldBeRefused("shown-has-changed");
        var now = (await house.ShowAsync(one, match)).Shown;
        (await house.DecideAsync(one, match, Judgement.Same, now)).IsDone.ShouldBeTrue();
        var kept = await house.House.WithDbAsync(db => db.Set<MatchDecision>().SingleAsync());
        kept.SnapshotId.ShouldBe(now);
    }

    [Fact]
    public async Task Nothing_is_decided_before_a_person_decides()
    {
        await using var house = await ReviewHouse.OpenAsync();
        await house.FittingAsync();

        var (decisions, leads, records) = await house.House.WithDbAsync(async db => (
            await db.Set<MatchDecision>().CountAsync(), await db.Set<Lead>().CountAsync(), await db.Set<IdentityDecision>().CountAsync()));
        (decisions, leads, records).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task A_no_binds_only_the_evidence_seen_and_reopens_on_new_evidence()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var entry = house.Entry("Renata", "Solberg", "2003-04-15", phone: "+13165550143");
        var report = house.Report("Renata", "Solberg", age: 16, city: null);
        await house.DeliverAsync([report], [entry]);
        var match = (await house.MatchesAsync(report)).ShouldHaveSingleItem().Id;
        await house.DecideAsync(await house.AnalystAsync("One"), match, Judgement.NotSame);
        await house.DecideAsync(await house.SupervisorAsync(), match, Judgement.NotSame);
        (await house.MatchAsync(match)).State.ShouldBe(MatchState.Dismissed);
        (await house.ItemAsync(report)).State.ShouldBe(QueueState.Decided);

        await house.DeliverAsync([report]);
        (await house.MatchesAsync(report)).Count.ShouldBe(1);
        house.Intake.Reports[report.Id] = report with { Version = 2, Persons = [report.Persons[0] with { Phones = ["+13165550143"] }] };
        await house.DeliverAsync([report]);

        var matches = await house.MatchesAsync(report);
        matches.Single(one => one.Id == match).State.ShouldBe(MatchState.Dismissed);
        var anew = matches.Single(one => one.Id != match);
        (anew.State, anew.Reopens, anew.ReportVersion).ShouldBe((MatchState.Open, match, 2));
        (await house.ItemAsync(report)).State.ShouldBe(QueueState.Waiting);
    }

    [Fact]
    public async Task Not_enough_binds_nobody_and_the_same_person_may_say_more_later()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var (_, _, match) = await house.FittingAsync();
        var one = await house.AnalystAsync("One");

        (await house.DecideAsync(one, match, Judgement.Unsure)).Value.State.ShouldBe(MatchState.Unsure);
        (await house.DecideAsync(one, match, Judgement.Same)).Value.State.ShouldBe(MatchState.AwaitsSecond);
        (await house.DecideAsync(await house.AnalystAsync("Two"), match, Judgement.Same)).Value.State.ShouldBe(MatchState.Confirmed);
    }
}
