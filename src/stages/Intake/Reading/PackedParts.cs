using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Kernel;

namespace Homeward.Intake.Reading;

/// <summary>A report's parts as they are stored: JSON, each part an array of its values without the empty ones at its end.</summary>
/// <remarks>
/// <c>[persons, identifiers, files]</c>. A person is <c>[role, path, given, family, other names, born, age, sex, street, city, state, ZIP]</c>,
/// an identifier <c>[kind, value, path, person, seen]</c>, a file <c>[path, id, viewed, public, class]</c>. An instant is in
/// microseconds since 1970. Where an identifier stands inside its person, its path goes on from the person's, and the person is written
/// as -1 for the first, -2 for the second and so on: paths are half of what is stored. A database's own JSON functions read it too.
/// Half a surrogate pair is stored as U+FFFD, as it would be in a column of text.
/// </remarks>
internal static class PackedParts
{
    private const int FirstBytes = 1024;

    // Bytes of a database are no part of a page: nothing but what JSON itself asks for is escaped.
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic] private static ArrayBufferWriter<byte>? _bytes;
    [ThreadStatic] private static Utf8JsonWriter? _writer;

    public static byte[] Pack(ReportParts parts)
    {
        var bytes = _bytes ??= new(FirstBytes);
        bytes.ResetWrittenCount();
        var to = _writer ??= new(bytes, _options);
        to.Reset(bytes);
        to.WriteStartArray();
        to.WriteStartArray();
        foreach (var person in parts.Persons) Write(to, person);
        to.WriteEndArray();
        to.WriteStartArray();
        foreach (var identifier in parts.Identifiers) Write(to, identifier, parts.Persons);
        to.WriteEndArray();
        to.WriteStartArray();
        foreach (var file in parts.Files) Write(to, file);
        to.WriteEndArray();
        to.WriteEndArray();
        to.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    public static ReportParts Unpack(byte[] bytes)
    {
        var from = new Utf8JsonReader(bytes);
        Begin(ref from);
        Begin(ref from);
        var persons = new List<PersonPart>();
        while (Goes(ref from)) persons.Add(Person(ref from));
        Begin(ref from);
        var identifiers = new List<IdentifierPart>();
        while (Goes(ref from)) identifiers.Add(Identifier(ref from, persons));
        Begin(ref from);
        var files = new List<FilePart>();
        while (Goes(ref from)) files.Add(File(ref from));
        return new([.. persons], [.. identifiers], [.. files]);
    }

    private static void Write(Utf8JsonWriter to, PersonPart person)
    {
        to.WriteStartArray();
        to.WriteStringValue(person.Role.ToString());
        to.WriteStringValue(person.Path);
        var late = new Late(to);
        late.Text(OrNull(person.Given));
        late.Text(OrNull(person.Family));
        late.Text(OrNull(person.OtherNames));
        late.Text(OrNull(person.Born.ToString()));
        late.Number(person.Age);
        late.Text(person.Sex);
        late.Text(person.Street);
        late.Text(person.City);
        late.Text(person.State);
        late.Text(person.Zip);
        to.WriteEndArray();
    }

    private static string? OrNull(string text) => text.Length == 0 ? null : text;

    private static PersonPart Person(ref Utf8JsonReader from)
    {
        var (role, path) = (Enum.Parse<TipRole>(Text(ref from)!), Text(ref from)!);
        var (given, family, others, born) = (Text(ref from), Text(ref from), Text(ref from), Text(ref from));
        _ = PartialDate.TryParse(born, out var day);
        return new(role, path)
        {
            Given = given ?? "", Family = family ?? "", OtherNames = others ?? "", Born = day, Age = (int?)Number(ref from), Sex = Text(ref from),
            Street = Text(ref from), City = Text(ref from), State = Text(ref from), Zip = Last(ref from, Text(ref from)),
        };
    }

    private static void Write(Utf8JsonWriter to, IdentifierPart identifier, PersonPart[] persons)
    {
        var owner = identifier.Person is { } place && place < persons.Length ? persons[place].Path : null;
        var isInside = owner is not null && identifier.Path.StartsWith(owner, StringComparison.Ordinal) && identifier.Path.AsSpan(owner.Length).StartsWith('/');
        to.WriteStartArray();
        to.WriteStringValue(identifier.Kind);
        to.WriteStringValue(identifier.Value);
        to.WriteStringValue(isInside ? identifier.Path.AsSpan(owner!.Length) : identifier.Path);
        var late = new Late(to);
        late.Number(isInside ? ~identifier.Person : identifier.Person);
        late.Number(identifier.At is { } at ? InstantMicroseconds.Of(at) : null);
        to.WriteEndArray();
    }

    private static IdentifierPart Identifier(ref Utf8JsonReader from, List<PersonPart> persons)
    {
        var (kind, value, path, person) = (Text(ref from)!, Text(ref from)!, Text(ref from)!, (int?)Number(ref from));
        var at = Last(ref from, Number(ref from));
        if (person < 0) (person, path) = (~person, persons[~person.Value].Path + path);
        return new(kind, value, path, person, at is { } micros ? InstantMicroseconds.From(micros) : null);
    }

    private static void Write(Utf8JsonWriter to, FilePart file)
    {
        to.WriteStartArray();
        to.WriteStringValue(file.Path);
        var late = new Late(to);
        late.Text(file.FileId);
        late.Text(file.ViewedByProvider.ToString());
        late.Text(file.PubliclyAvailable.ToString());
        late.Text(file.Classification);
        to.WriteEndArray();
    }

    private static FilePart File(ref Utf8JsonReader from)
    {
        var path = Text(ref from)!;
        return new(Text(ref from), Enum.Parse<Stated>(Text(ref from)!), Enum.Parse<Stated>(Text(ref from)!), Last(ref from, Text(ref from)), path);
    }

    private static void Begin(ref Utf8JsonReader from) => Ensure.That(from.Read() && from.TokenType == JsonTokenType.StartArray);

    /// <summary>Whether another array begins, or what holds it ends.</summary>
    private static bool Goes(ref Utf8JsonReader from)
    {
        Ensure.That(from.Read());
        return from.TokenType == JsonTokenType.StartArray;
    }

    /// <summary>The next value; null from the end of the array on.</summary>
    private static string? Text(ref Utf8JsonReader from) => Next(ref from) ? from.GetString() : null;

    private static long? Number(ref Utf8JsonReader from) => Next(ref from) ? from.GetInt64() : null;

    private static bool Next(ref Utf8JsonReader from)
    {
        if (from.TokenType == JsonTokenType.EndArray) return false;
        Ensure.That(from.Read());
        return from.TokenType is JsonTokenType.String or JsonTokenType.Number;
    }

    /// <summary>After the last value the array ends.</summary>
    private static T Last<T>(ref Utf8JsonReader from, T value)
    {
        if (from.TokenType != JsonTokenType.EndArray) Ensure.That(from.Read() && from.TokenType == JsonTokenType.EndArray);
        return value;
    }

    /// <summary>Writes what is empty only once something follows it.</summary>
    private struct Late(Utf8JsonWriter to)
    {
        private int _empty;

        public void Text(string? text)
        {
            if (text is null) _empty++;
            else
            {
                Fill();
                to.WriteStringValue(text);
            }
        }

        public void Number(long? number)
        {
            if (number is not { } value) _empty++;
            else
            {
                Fill();
                to.WriteNumberValue(value);
            }
        }

        private void Fill()
        {
            for (; _empty > 0; _empty--) to.WriteNullValue();
        }
    }
}
