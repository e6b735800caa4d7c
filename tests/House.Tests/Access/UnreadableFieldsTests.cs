using System.Text.Json;
using System.Text.Json.Nodes;

namespace Homeward.House.Tests.Access;

public sealed class UnreadableFieldsTests
{
    public enum Way { ByHand, ByFeed }
    public sealed record Inner(PartialDate Born, int? Age);
    public sealed record Asked(Inner? Child, Way Way, bool Imminent, IReadOnlyList<int> Numbers, DateTimeOffset? At, string? Text);

    [Theory]
    [InlineData("""{"child":{"born":"2004-05","age":"15"},"way":"byFeed","imminent":"on","numbers":[1],"at":"2019-07-12T20:00-05:00"}""")]
    [InlineData("""{"child":{"born":"sometime","age":"15"}}""", "Born: \"sometime\" is no date; write 2004, 2004-05 or 2004-05-17, as far as it is known.")]
    [InlineData("""{"Child":{"born":"sometime","AGE":"abc"},"way":"by mail","at":"noon"}""",
        "Born: \"sometime\" is no date; write 2004, 2004-05 or 2004-05-17, as far as it is known.", "Age: \"abc\" is no whole number.",
        "Way: \"by mail\" is none of byHand, byFeed.", "At: \"noon\" is no date and time; write it as 2019-07-12T20:00-05:00.")]
    [InlineData("""{"child":"Robin","imminent":"perhaps"}""", "Child: \"Robin\" is not of the form that is asked for.", "Imminent: \"perhaps\" is neither yes nor no.")]
    [InlineData("""{"numbers":[1,"b",3,"d"]}""", "Numbers: \"b\" is no whole number.", "Numbers: \"d\" is no whole number.")]
    [InlineData("""{"text":{"a":1}}""", "Text: \"{\"a\":1}\" is not of the form that is asked for.")]
    public void Each_field_that_cannot_be_read_is_told_at_once_with_what_it_may_be(string body, params string[] told)
    {
        var read = JsonNode.Parse(body)!.AsObject();
        JsonException? fault = null;
        try
        {
            read.Deserialize<Asked>(FormJson.Options);
        }
        catch (JsonException one)
        {
            fault = one;
        }
        (fault is null).ShouldBe(told.Length == 0);
        if (fault is null) return;
        var problem = UnreadableFields.Of(typeof(Asked), read, fault);
        (problem.Code, problem.What).ShouldBe(("request-unreadable", string.Join(' ', told)));
        read.ToJsonString().ShouldBe(JsonNode.Parse(body)!.ToJsonString(), "what was sent stays as it is");
    }
}
