using System.Text;
using System.Xml.Linq;
using CsCheck;
using Homeward.Exchange;
using Homeward.Intake.Providers;

namespace Homeward.Providers.Tests;

/// <summary>Whatever a reason holds, its answer is XML that can be read.</summary>
public sealed class AnswerTests
{
    /// <summary>Any, with those in plenty that XML has no way to write: control characters, halves of a pair, the end of the plane.</summary>
    private static readonly Gen<char> _any = Gen.OneOf(Gen.Int[0, 0xFFFF], Gen.Int[0, 0x7F], Gen.Int[0xD7F0, 0xE010], Gen.Int[0xFFF0, 0xFFFF]).Select(code => (char)code);

    [Fact]
    public void Every_answer_can_be_parsed() => _any.Array[0, 40].Select(letters => new string(letters)).Sample(reason =>
    {
        var faulty = LineAnswer.Faulty(LineCode.MalformedXml, [new Rejection(1, 2, "", reason, "")]);
        var said = XDocument.Parse(Encoding.UTF8.GetString(faulty.ToXml())).Root!;
        return said.Element("responseCode")!.Value == "4110" && said.Element("responseDescription")!.Value.StartsWith("Malformed XML submittal\n[1,2] - ", StringComparison.Ordinal);
    }, iter: 5_000);

    [Theory]
    [InlineData("\b"), InlineData("\v"), InlineData("\u001b"), InlineData("\0"), InlineData("\uFFFE"), InlineData("\uFFFF"), InlineData("a\ud800"), InlineData("\udc00\ud800"), InlineData("]]>&<\r\n\"'")]
    public void An_answer_can_be_parsed_that_quotes(string what) =>
        XDocument.Parse(Encoding.UTF8.GetString(new LineAnswer(LineCode.InvalidRequest, what).ToXml())).Root!.Element("responseDescription").ShouldNotBeNull();

    [Fact]
    public void What_can_be_written_is_written_as_it_is() =>
        XDocument.Parse(Encoding.UTF8.GetString(new LineAnswer(LineCode.InvalidRequest, "a < b & c > d \U0001F600\n'\"").ToXml())).Root!.Element("responseDescription")!.Value
            .ShouldBe("a < b & c > d \U0001F600\n'\"");
}
