using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Kernel;

namespace Homeward.Outcomes.Model;

/// <summary>Writes what a fact says of its person into the house's records; who that is, is decided apart.</summary>
internal sealed class PersonWriter(IdentityLedger ledger)
{
    private const int NameCharsMax = 200;

    /// <summary>A new record; for a correction one that the corrector says is the same person as before.</summary>
    /// <param name="source">What kind of fact: <c>finding</c>, <c>adult</c>, <c>arrest</c>.</param>
    /// <param name="id">The record's id, taken beforehand.</param>
    public async Task WriteAsync(
        Act act, PersonRecordId id, PersonKind kind, string source, FactStart start, DescribedPerson? described, Fact? corrects, CancellationToken cancel)
    {
        described ??= new DescribedPerson();
        var record = new PersonRecord
        {
            Id = id, Kind = kind,
            Source = $"{source}/{start.Office}/{start.Filed.Record}{(start.Version == 1 ? "" : $"/{start.Version}")}",
            Given = Name(described.Given), Family = Name(described.Family),
            Aliases = string.Join('\n', (described.Aliases ?? []).Select(alias => $"{Name(alias.Given)}\t{Name(alias.Family)}")),
            Born = described.Born ?? default, Sex = described.Sex,
            Marks = string.Join('\n', MarksOf(described)), CreatedAt = act.Now,
        };
        act.Db.Add(record);
        act.Trace("person", record.Id.Value, $"kind={kind};written");
        if (corrects?.Person is { } earlier)
            await ledger.DecideAsync(act, record.Id, earlier, Judgement.Same, "The same person, in a corrected record.", cancel);
    }

    private static IEnumerable<string> MarksOf(DescribedPerson described)
    {
        if (described.Prints is { Length: > 0 } prints) yield return $"biometric:{Name(prints)}";
        if (described.FbiNumber is { Length: > 0 } number) yield return $"fbi:{Name(number)}";
    }

    // Lines and tabs part names and marks in storage; inside of one they are blanks.
    private static string Name(string? name)
    {
        var clean = string.Join(' ', (name ?? "").Split(['\n', '\r', '\t'], StringSplitOptions.TrimEntries)).Trim();
        return clean.Length <= NameCharsMax ? clean : clean[..NameCharsMax];
    }
}
