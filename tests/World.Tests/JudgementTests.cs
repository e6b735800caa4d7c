using Homeward.Review;
using Homeward.Scenario.Cast;

namespace Homeward.World.Tests;

/// <summary>Scripted people judge as careful readers would: what two people may share by chance is no proof.</summary>
public sealed class JudgementTests
{
    private static readonly ShowMatch.Bar Given = new("given name", 9, "same given name: Renata");
    private static readonly ShowMatch.Bar Family = new("family name", 12, "same family name: Solberg");
    private static readonly ShowMatch.Bar Born = new("birth date", 11, "same birth date: 2003-04-15");
    private static readonly ShowMatch.Bar OneDigit = new("birth date", 5, "one digit of the birth date differs: 2003-04-15 / 2003-04-25");
    private static readonly ShowMatch.Bar Swapped = new("birth date", 8, "day and month swapped: 2003-04-05 / 2003-05-04");
    private static readonly ShowMatch.Bar OtherDate = new("birth date", -6, "birth dates differ: 2003-04-15 / 2001-11-02");
    private static readonly ShowMatch.Bar Elsewhere = new("place", -1.5, "another place: Wichita, KS / Denver, CO");
    private static readonly ShowMatch.Bar Town = new("place", 4.7, "same town: Wichita, KS");
    private static readonly ShowMatch.Bar GivenAlike = new("given name", 5, "given names spelled almost alike: Renata / Renatta");
    private static readonly ShowMatch.Bar FamilyAlike = new("family name", 6, "family names spelled almost alike: Solberg / Solburg");
    private static readonly ShowMatch.Bar OtherFamily = new("family name", -4.2, "family names differ: Lang / Long");
    private static readonly ShowMatch.Bar Phone = new("phone", 14, "a phone number is shared: +13165550100");
    private static readonly ShowMatch.Bar Account = new("screen name", 16, "a screen name is shared: example:alpha7");
    private static readonly ShowMatch.Bar OtherAccount = new("screen name", -0.7, "no screen name shared: example:alpha7 / sample:beta2");
    private static readonly ShowMatch.Bar AccountAlike = new("screen name", 4.6, "screen names alike: example:alpha7 / example:alpha9");

    public static TheoryData<string, ShowMatch.Bar[], Foundations.People.Judgement> Cases => new()
    {
        { "names and date", [Given, Family, Born], Foundations.People.Judgement.Same },
        { "names and date, elsewhere", [Given, Family, Born, Elsewhere], Foundations.People.Judgement.Same },
        { "a wrong digit in one place", [Given, Family, OneDigit, Town], Foundations.People.Judgement.Same },
        { "a wrong digit, and no place told", [Given, Family, OneDigit], Foundations.People.Judgement.Unsure },
        { "a wrong digit elsewhere", [Given, Family, OneDigit, Elsewhere], Foundations.People.Judgement.Unsure },
        { "a wrong digit, and a name that is only alike", [GivenAlike, Family, OneDigit], Foundations.People.Judgement.Unsure },
        { "another family name, the same date and town", [Given, OtherFamily, Born, Town], Foundations.People.Judgement.Unsure },
        { "another family name and the same date", [Given, OtherFamily, Born], Foundations.People.Judgement.NotSame },
        { "names that are only alike, the same date, elsewhere", [GivenAlike, FamilyAlike, Born, Elsewhere], Foundations.People.Judgement.Unsure },
        { "names that are only alike and the same date", [GivenAlike, FamilyAlike, Born], Foundations.People.Judgement.Same },
        { "a name that is only alike, the same date, elsewhere", [Given, FamilyAlike, Born, Elsewhere], Foundations.People.Judgement.Same },
        { "a name that is only alike, day and month swapped, elsewhere", [Given, FamilyAlike, Swapped, Elsewhere], Foundations.People.Judgement.Unsure },
        { "day and month swapped, elsewhere, another account", [Given, Family, Swapped, Elsewhere, OtherAccount], Foundations.People.Judgement.Unsure },
        { "day and month swapped, elsewhere", [Given, Family, Swapped, Elsewhere], Foundations.People.Judgement.Same },
        { "day and month swapped, another account", [Given, Family, Swapped, Town, OtherAccount], Foundations.People.Judgement.Same },
        { "the same date, elsewhere, another account", [Given, Family, Born, Elsewhere, OtherAccount], Foundations.People.Judgement.Same },
        { "an account", [Account, Elsewhere], Foundations.People.Judgement.Same },
        { "an account that is alike, and another date", [Given, Family, AccountAlike, OtherDate], Foundations.People.Judgement.NotSame },
        { "an account that is alike, and names", [Given, Family, AccountAlike], Foundations.People.Judgement.Unsure },
        { "a number alone", [Phone], Foundations.People.Judgement.Same },
        { "a number alone, elsewhere", [Phone, Elsewhere], Foundations.People.Judgement.Unsure },
        { "a number and a name, elsewhere", [Phone, Given, Elsewhere], Foundations.People.Judgement.Same },
    };

    [Theory, MemberData(nameof(Cases))]
    public void A_careful_reader_says(string what, ShowMatch.Bar[] bars, Foundations.People.Judgement judgement) =>
        // A slip is one of fifty: with this seed and these numbers none of the readers slips.
        new Judgements(new Chance(1)).Of(Page(bars), "reader").ShouldBe(judgement, what);

    [Fact]
    public void Nobody_can_say_where_the_names_fit_another_candidate_nearly_as_well()
    {
        ShowMatch.Page slip = Page([Given, Family, OneDigit]), alike = Page([GivenAlike, Family, Born]), very = Page([Given, Family, Born]), another = Page([Given, Family, OtherDate]);
        Judgements.IsContestedBy(slip, alike).ShouldBeTrue();
        Judgements.IsContestedBy(slip, Page([Given, Family, OneDigit, Elsewhere])).ShouldBeTrue();
        Judgements.IsContestedBy(alike, slip).ShouldBeTrue();
        Judgements.IsContestedBy(alike, Page([GivenAlike, Family, OneDigit])).ShouldBeFalse("one who is only alike, with a wrong digit, is no rival");
        Judgements.IsContestedBy(slip, another).ShouldBeFalse();
        // Names and date the very same, or an account: nothing contests it.
        Judgements.IsContestedBy(very, slip).ShouldBeFalse();
        Judgements.IsContestedBy(Page([Given, Family, OneDigit, Account]), alike).ShouldBeFalse();
    }

    [Theory]
    [InlineData("marked at risk of sexual exploitation", "Child Sex Trafficking", Foundations.People.Judgement.Same)]
    [InlineData("", "Child Sex Trafficking", Foundations.People.Judgement.Unsure)]
    [InlineData("marked at risk of sexual exploitation", "Unsolicited Obscene Material Sent to a Child", Foundations.People.Judgement.Unsure)]
    public void Another_place_is_to_be_expected_where_mark_and_report_are_of_one_kind(string marked, string kind, Foundations.People.Judgement judgement)
    {
        foreach (var bars in new[] { new[] { Given, Family, OneDigit, Elsewhere }, [Phone, Elsewhere] })
            new Judgements(new Chance(1)).Of(Page(bars) with { Lines = [new("Risk / kind of incident", marked, kind, "unknown", "")] }, "reader").ShouldBe(judgement);
    }

    [Fact]
    public void A_name_that_is_a_frequent_one_with_a_slip_in_it_is_only_alike()
    {
        static ShowMatch.Page Slip(params ShowMatch.Bar[] bars) =>
            Page([Given, new("family name", 15, "same family name: Williasm"), .. bars]) with { Cautions = [new("family name", "one slip away from Williams")] };

        static Foundations.People.Judgement Of(ShowMatch.Page page) => new Judgements(new Chance(1)).Of(page, "reader");

        Of(Slip(Swapped, Elsewhere)).ShouldBe(Foundations.People.Judgement.Unsure);
        Of(Slip(Swapped, Elsewhere) with { Cautions = [] }).ShouldBe(Foundations.People.Judgement.Same);
        Of(Slip(OneDigit, Town)).ShouldBe(Foundations.People.Judgement.Unsure);
        Of(Slip(Swapped, Town)).ShouldBe(Foundations.People.Judgement.Same);
        Of(Slip(Born, Elsewhere)).ShouldBe(Foundations.People.Judgement.Same);
        Of(Slip(Account, Elsewhere)).ShouldBe(Foundations.People.Judgement.Same);
    }

    [Fact]
    public void Whoever_was_found_to_be_one_child_is_not_taken_for_another()
    {
        static ShowMatch.Page Told(string nic, string family, string born) =>
            Page([Given]) with { Nic = nic, Lines = [new("Given name", "", "Renata", "", ""), new("Family name", "", family, "", ""), new("Born", "", born, "", "")] };

        var found = new FoundChildren();
        var child = Told("M1", "Solberg", "2003-04-15");
        found.IsAnother(child with { Nic = "M2" }).ShouldBeFalse("nobody was found yet");
        found.Remember(child);
        found.IsAnother(child with { Nic = "M2" }).ShouldBeTrue();
        found.IsAnother(child).ShouldBeFalse();
        found.IsAnother(Told("M2", "Solberg", "2003-04-16")).ShouldBeFalse();
        found.IsAnother(Told("M2", "Solburg", "2003-04-15")).ShouldBeFalse();
        found.Remember(Told("M3", "Lindqvist", "2003-09-04"));
        found.IsAnother(Told("M4", "Lindqvist", "2003-04-09")).ShouldBeTrue("day and month are exchanged");
    }

    [Theory]
    [InlineData(MatchState.AwaitsSecond, true)]
    [InlineData(MatchState.Disputed, true)]
    [InlineData(MatchState.Dismissed, false)]
    [InlineData(MatchState.Open, false)]
    public void A_yes_that_waits_for_another_stops_the_reader(MatchState state, bool stops) =>
        Judgements.IsHeldForTheChild(Page([Given, Family, Born]) with { State = state }).ShouldBe(stops);

    [Fact]
    public void A_supervisor_with_both_views_may_say_that_nobody_can_say()
    {
        foreach (var seed in Enumerable.Range(1, 500))
            new Judgements(new Chance(seed)).Of(Page([Given, Family, OneDigit, Elsewhere]), "settles").ShouldBe(Foundations.People.Judgement.Unsure);
    }

    [Fact]
    public void The_first_reader_slips_more_often_than_the_second_and_a_supervisor_not_at_all()
    {
        int Slips(string reader) => Enumerable.Range(1, 4_000).Count(seed =>
            new Judgements(new Chance(seed)).Of(Page([Given, Family, Born]), reader) != Foundations.People.Judgement.Same);

        var (first, second) = (Slips("first"), Slips("second"));
        (second > 0, first > 2 * second, Slips("settles")).ShouldBe((true, true, 0), $"{first} and {second}");
    }

    private static ShowMatch.Page Page(ShowMatch.Bar[] bars) => new(
        default, "", false, MatchState.Open, default, "100000001", 1, "", "victim", default, "M1", default, null, null, null, null, [],
        [.. bars.Where(bar => bar.Weight > 0)], [.. bars.Where(bar => bar.Weight < 0)], [], null, "", [], true, false, false, null, null, "");
}
