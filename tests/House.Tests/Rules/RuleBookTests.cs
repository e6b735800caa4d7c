using Homeward.Foundations.Rules;

namespace Homeward.House.Tests.Rules;

public sealed class RuleBookTests
{
    [Fact]
    public void Every_rule_says_what_it_is_and_where_it_comes_from() =>
        RuleBook.Shipped.All.ShouldAllBe(rule =>
            rule.Id.StartsWith("R-") && rule.Name.Length > 0 && rule.Says.Length > 20 && rule.Source.Length > 5 && rule.Value > 0
            && (rule.To == null || rule.From <= rule.To));

    [Fact]
    public void On_no_day_two_rules_of_one_name_hold()
    {
        var clashes =
            from one in RuleBook.Shipped.All
            from other in RuleBook.Shipped.All
            where !ReferenceEquals(one, other) && one.Name == other.Name
                && one.From <= (other.To ?? DateOnly.MaxValue) && other.From <= (one.To ?? DateOnly.MaxValue)
            select one.Name;
        clashes.ShouldBeEmpty();
    }

    [Fact]
    public void What_held_on_a_day_is_found_by_that_day()
    {
        var before = RuleBook.Shipped.On("preserve", new(2024, 5, 6));
        var after = RuleBook.Shipped.On("preserve", new(2024, 5, 7));
        (before.Value, before.Unit, after.Value, after.Unit).ShouldBe((90m, "days", 1m, "years"));
        RuleBook.Shipped.Span("preserve", new(2019, 7, 1, 0, 0, 0, TimeSpan.Zero)).ShouldBe(TimeSpan.FromDays(90));
    }

    [Fact]
    public void A_rule_that_did_not_hold_yet_is_no_rule() =>
        Should.Throw<BrokenInvariantException>(() => RuleBook.Shipped.On("notify-hhs", new(2008, 12, 22)));

    [Fact]
    public void What_is_no_length_of_time_has_no_span() =>
        Should.Throw<BrokenInvariantException>(() => RuleBook.Shipped.Span("small-cell", Given.Noon));
}
