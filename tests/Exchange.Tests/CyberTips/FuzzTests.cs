using CsCheck;
using Homeward.Exchange.CyberTips;
using Homeward.Exchange.CyberTips.Json;
using Homeward.Exchange.CyberTips.Xml;
using Homeward.Exchange.Initiatives;
using Homeward.Exchange.Missing;
using Homeward.Exchange.Outcomes;
using Homeward.Exchange.Partners;
using Homeward.Exchange.Tests.Initiatives;

namespace Homeward.Exchange.Tests.CyberTips;

/// <summary>Whatever comes in, readers answer; they never throw.</summary>
public sealed class FuzzTests
{
    private static readonly Gen<byte[]> Noise = Gen.Byte.Array[0, 300];

    /// <summary>A good document with some bytes changed, a piece cut out or doubled.</summary>
    private static Gen<byte[]> Mutated(byte[] good)
    {
        var change = Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte, (at, value) => (At: at, Value: value));
        return Gen.Select(change.Array[0, 4], Gen.Int[0, good.Length], Gen.Int[0, 60], Gen.Bool, (changes, from, length, isDoubled) =>
        {
            var bytes = (byte[])good.Clone();
            foreach (var (at, value) in changes) bytes[at] = value;
            var to = Math.Min(from + length, bytes.Length);
            byte[] rest = isDoubled ? bytes[from..] : bytes[to..];
            return isDoubled ? bytes[..to].Concat(rest).ToArray() : bytes[..from].Concat(rest).ToArray();
        });
    }

    private static void Survives(byte[] good, Func<byte[], bool> answers)
    {
        Noise.Sample(answers, iter: 1000);
        Mutated(good).Sample(answers, iter: 3000);
    }

    private static bool Answers<T>(Parsed<T> parsed) where T : class => parsed.IsTaken != parsed.Rejections.Count > 0;

    [Fact]
    public void Xml_reader_answers() => Survives(CyberTipXmlWriter.Write(Given.Report()), bytes => Answers(CyberTipXml.Read(bytes, "1")));

    [Fact]
    public void Json_reader_answers() => Survives(CyberTipJsonWriter.Write(Given.Report()), bytes => Answers(CyberTipJson.Read(bytes)));

    [Fact]
    public void Line_readers_answer()
    {
        var entry = new MissingChildEntry { Received = Given.At, Status = EntryStatus.Entered, Nic = "M123456789", Names = [new("Ada", "Invented")] };
        using var stream = new MemoryStream();
        MissingChildEntries.Json.Write([entry, entry], stream);
        Survives(stream.ToArray(), bytes =>
            MissingChildEntries.Json.Read(new MemoryStream(bytes)).All(row => Answers(row.Outcome))
            && FieldOutcomes.Children.Read(new MemoryStream(bytes)).All(row => Answers(row.Outcome)));
    }

    [Fact]
    public void Csv_readers_answer()
    {
        using var stream = new MemoryStream();
        PartnerLists.Agencies.Write([new("XXKS00001", "Example, Police", "municipal", "KS", "20091", true)], stream);
        Survives(stream.ToArray(), bytes => PartnerLists.Agencies.Read(new MemoryStream(bytes)).All(row => Answers(row.Outcome)));
    }

    [Fact]
    public void Initiative_reader_answers() => Survives(Given.Utf8(InitiativeFileTests.Good).ToArray(), bytes =>
        InitiativeFile.Read(bytes, new InitiativeFileTests.Offices(), out var plan).Count > 0 == plan is null);
}
