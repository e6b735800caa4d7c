using System.Text;
using System.Text.Json;
using CsCheck;
using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Kernel;

namespace Homeward.Intake.Tests;

/// <summary>What is stored of a report's persons, identifiers and files is what was read.</summary>
public sealed class PackedPartsTests
{
    /// <summary>Letters of many scripts, what JSON escapes, and halves of pairs.</summary>
    private static readonly Gen<string> _text = Gen.Char["aZ09 /[]\"\\'<>&+=\u0000\u0001\n\u00e9\u0416\u4e2d\u200d\ud83d\ude00\ufffd"].Array[0, 12].Select(letters => new string(letters));
    private static readonly Gen<string?> _maybe = Gen.OneOf(Gen.Const((string?)null), _text.Select(text => (string?)text));
    private static readonly Gen<PartialDate> _born = Gen.OneOf(
        Gen.Const(default(PartialDate)), Gen.Int[1900, 2020].Select(PartialDate.OfYear), Gen.Int[0, 9000].Select(day => PartialDate.Of(new DateOnly(2000, 1, 1).AddDays(day))));

    private static readonly Gen<PersonPart> _person =
        from role in Gen.Enum<TipRole>()
        from path in _text
        from names in _text.Array[3]
        from born in _born
        from age in Gen.Int[-1, 100]
        from rest in _maybe.Array[5]
        select new PersonPart(role, path)
        {
            Given = names[0], Family = names[1], OtherNames = names[2], Born = born, Age = age < 0 ? null : age, Sex = rest[0],
            Street = rest[1], City = rest[2], State = rest[3], Zip = rest[4],
        };

    private static readonly Gen<FilePart> _file =
        from texts in Gen.Select(_maybe, _maybe, _text)
        from viewed in Gen.Enum<Stated>()
        from open in Gen.Enum<Stated>()
        select new FilePart(texts.Item1, viewed, open, texts.Item2, texts.Item3);

    private static Gen<IdentifierPart> Identifier(PersonPart[] persons) =>
        from texts in Gen.Select(_text, _text, _text)
        from person in Gen.Int[-1, persons.Length - 1]
        from isInside in Gen.Bool
        from at in Gen.Long[-1, 4_000_000_000_000_000]
        select new IdentifierPart(
            texts.Item1, texts.Item2, isInside && person >= 0 ? persons[person].Path + "/" + texts.Item3 : texts.Item3, person < 0 ? null : person,
            at < 0 ? null : DateTimeOffset.UnixEpoch.AddMicroseconds(at));

    private static readonly Gen<ReportParts> _parts =
        from persons in _person.Array[0, 4]
        from identifiers in Identifier(persons).Array[0, 6]
        from files in _file.Array[0, 3]
        select new ReportParts(persons, identifiers, files);

    [Fact]
    public void What_was_packed_comes_out_as_it_was_but_for_halves_of_pairs() => _parts.Sample(parts =>
    {
        var unpacked = PackedParts.Unpack(PackedParts.Pack(parts));
        return unpacked.Persons.SequenceEqual(parts.Persons.Select(Whole)) && unpacked.Identifiers.SequenceEqual(parts.Identifiers.Select(Whole)) && unpacked.Files.SequenceEqual(parts.Files.Select(Whole));
    }, iter: 20_000);

    [Fact]
    public void A_path_inside_its_person_is_not_written_twice()
    {
        var person = new PersonPart(TipRole.Victim, "/report/victim[1]") { Given = "Ana" };
        var packed = PackedParts.Pack(new([person], [new("phone", "+18165550142", "/report/victim[1]/victimPerson/phone[1]", 0, null), new("ip", "192.0.2.1", "/report/other", 0, DateTimeOffset.UnixEpoch.AddSeconds(1))], []));
        Encoding.UTF8.GetString(packed).ShouldBe("""[[["Victim","/report/victim[1]","Ana"]],[["phone","+18165550142","/victimPerson/phone[1]",-1],["ip","192.0.2.1","/report/other",0,1000000]],[]]""");
    }

    [Fact]
    public void What_was_damaged_is_not_taken_for_a_report() => Gen.Select(_parts.Select(PackedParts.Pack), Gen.Int[0, 10_000], Gen.Byte).Sample((packed, at, letter) =>
    {
        // It may still be read, as something else: that the row was changed is told by other means. But nothing else may happen.
        packed[at % packed.Length] = letter;
        try
        {
            PackedParts.Unpack(packed);
        }
        catch (Exception fault) when (fault is JsonException or BrokenInvariantException or ArgumentException or InvalidOperationException or FormatException)
        {
        }
    }, iter: 20_000);

    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
    private static string? Maybe(string? text) => text is null ? null : Whole(text);

    private static PersonPart Whole(PersonPart part) => part with
    {
        Path = Whole(part.Path), Given = Whole(part.Given), Family = Whole(part.Family), OtherNames = Whole(part.OtherNames), Sex = Maybe(part.Sex),
        Street = Maybe(part.Street), City = Maybe(part.City), State = Maybe(part.State), Zip = Maybe(part.Zip),
    };

    private static IdentifierPart Whole(IdentifierPart part) => part with { Kind = Whole(part.Kind), Value = Whole(part.Value), Path = Whole(part.Path) };
    private static FilePart Whole(FilePart part) => part with { FileId = Maybe(part.FileId), Classification = Maybe(part.Classification), Path = Whole(part.Path) };
}
