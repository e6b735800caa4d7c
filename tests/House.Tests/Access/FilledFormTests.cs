using Homeward.Foundations.Pages;

namespace Homeward.House.Tests.Access;

/// <summary>A page's form is filled in with what was sent from it, or not at all.</summary>
public sealed class FilledFormTests
{
    private const string At = "/a/b";

    private static string? Filled(string page, params (string Name, string Value)[] sent) =>
        FilledForm.In(page, new RefusedSending(Problem.Of("no", "No.").Beside("kind"), [.. sent.Select(field => new KeptField(field.Name, field.Value))], At, null));

    private static string Form(string within) => $"<main><form method=\"post\" action=\"{At}\"><input type=\"hidden\" name=\"__RequestVerificationToken\" value=\"new\" />{within}</form></main>";

    [Theory]
    [InlineData("<input name=\"kind\" value=\"old\" /><input name=\"n\">", "<input name=\"n\" value=\"2 &lt; 3\">")]
    [InlineData("<input name=\"kind\"><input type=checkbox name=\"n\" checked>", "<input type=\"checkbox\" name=\"n\">")]
    [InlineData("<input name=\"kind\"><select name=\"n\"><option selected>1</option><option>2 &lt; 3</option></select>", "<option>1</option><option selected=\"\">2 &lt; 3</option>")]
    [InlineData("<input name=\"kind\"><textarea name=\"n\">old</textarea>", ">\n2 &lt; 3</textarea>")]
    [InlineData("<input name=\"kind\"><input type=\"radio\" name=\"n\" value=\"1\" checked /><input type=\"radio\" name=\"n\" value=\"2 &lt; 3\" />", "value=\"1\"><input type=\"radio\" name=\"n\" value=\"2 &lt; 3\" checked=\"\">")]
    [InlineData("<input name=\"kind\"><input type=\"password\" name=\"n\" value=\"old\">", "<input type=\"password\" name=\"n\">")]
    public void Each_kind_of_field_holds_what_was_sent(string within, string expected) =>
        Filled(Form(within), ("kind", "x"), ("n", "2 < 3")).ShouldNotBeNull().ShouldContain(expected);

    [Fact]
    public void Fields_of_one_name_get_their_words_in_order_and_a_field_that_is_wrong_can_be_led_to()
    {
        var page = Filled($"<a data-fault=\"kind\">No.</a><details><details></details>{Form("<input name=\"kind[]\"><input name=\"kind[]\">")}</details>", ("kind[]", "1"), ("kind[]", "2"))!;
        page.ShouldStartWith("<a data-fault=\"kind\" href=\"/a/b#refused-0\">No.</a><details open=\"\"><details></details>");
        page.ShouldContain("<p class=\"hint fault\" id=\"refused-0-fault\">No.</p><input name=\"kind[]\" id=\"refused-0\" aria-invalid=\"true\" aria-describedby=\"refused-0-fault\" value=\"1\"><input name=\"kind[]\" value=\"2\">");
    }

    [Fact]
    public void Of_several_forms_the_one_with_the_same_ids_is_filled_in_and_none_when_there_is_no_such()
    {
        var two = Form("<input type=\"hidden\" name=\"door\" value=\"1\" /><input name=\"kind\">") + Form("<input type=\"hidden\" name=\"door\" value=\"2\" /><input name=\"kind\">");
        Filled(two, ("door", "2"), ("kind", "x")).ShouldNotBeNull().ShouldMatch("value=\"1\" /><input name=\"kind\"></form>.*value=\"2\"><.*value=\"x\"></form>");
        Filled(two, ("door", "3"), ("kind", "x")).ShouldBeNull();
    }

    [Theory]
    [InlineData(ProblemKind.Conflict, "7"), InlineData(ProblemKind.Invalid, "6")]
    public void After_a_conflict_the_form_is_meant_for_what_stands_now(ProblemKind kind, string expected) =>
        FilledForm.In(Form("<input type=\"hidden\" name=\"revision\" value=\"7\" />"), new RefusedSending(new Problem("no", "No.", Kind: kind), [new("revision", "6")], At, null))
            .ShouldNotBeNull().ShouldMatch($"name=\"revision\" value=\"{expected}\"");

    [Fact]
    public void The_page_is_told_behind_the_token_which_some_read_first() =>
        FilledForm.In(Form("<input name=\"kind\">"), new RefusedSending(Problem.Of("no", "No."), [], At, "/a?b=\"")).ShouldNotBeNull()
            .ShouldContain("value=\"new\" /><input name=\"kind\"><input type=\"hidden\" name=\"__page\" value=\"/a?b=&quot;\" /></form>");

    [Fact]
    public void What_the_form_has_no_field_for_is_not_lost()
    {
        Filled(Form("<input name=\"kind\">"), ("kind", "x"), ("note", "a word")).ShouldBeNull();
        Filled(Form("<input name=\"kind\">").Replace(At, "/other", StringComparison.Ordinal), ("kind", "x")).ShouldBeNull();
    }
}
