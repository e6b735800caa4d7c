using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Reading;

/// <summary>What the ledger of persons holds of a missing child: the entry's own word on the child.</summary>
internal sealed record ChildRecord(string Given, string Family, string Aliases, PartialDate Born, string? Sex, string Marks)
{
    public static string Source(string nic) => $"missing-child/{nic}";

    public static ChildRecord Of(EntryFacts facts)
    {
        var names = Names(facts.Names);
        var first = names.FirstOrDefault(name => !name.IsAlias, names.Count > 0 ? names[0] : default);
        return new(
            first.Given ?? "", first.Family ?? "",
            string.Join('\n', names.Where(name => name != first).Select(name => $"{name.Given}\t{name.Family}")),
            facts.Born, facts.Sex, facts.NcmecCase is { } number ? $"ncmec:{number}" : "");
    }

    /// <summary>The entry's newer word takes the place of its older one; the messages keep both.</summary>
    public static Task UpdateAsync(Act act, PersonRecordId id, ChildRecord child, CancellationToken cancel)
    {
        act.Trace("person-record", id.Value, "entry-modified");
        return act.Db.Set<PersonRecord>().Where(row => row.Id == id).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.Given, child.Given).SetProperty(row => row.Family, child.Family)
            .SetProperty(row => row.Aliases, child.Aliases).SetProperty(row => row.Born, child.Born)
            .SetProperty(row => row.Sex, child.Sex).SetProperty(row => row.Marks, child.Marks), cancel);
    }

    public static IReadOnlyList<(string Given, string Family, bool IsAlias)> Names(string names) =>
        [.. Lists.Split(names).Select(line => line.Split('\t')).Select(parts => (parts[0], parts[1], parts[2] == "alias"))];
}
