using Homeward.Foundations.Access;
using Homeward.Foundations.Work;
using Homeward.Intake;
using Homeward.Outcomes.Model;

namespace Homeward.Outcomes;

/// <summary>An entry's newer word on its child takes the place of the older one in the search for likely same persons.</summary>
internal sealed class ReindexEntries(PersonIndex index, IIntake intake) : IListen<EntryReceived>
{
    public async Task HearAsync(EntryReceived happened, Act act, CancellationToken cancel)
    {
        var entries = await intake.EntriesAsync(act.Db, happened.Entries, cancel);
        await index.RefreshAsync(act.Db, [.. entries.Where(entry => entry.State == EntryState.Modified).Select(entry => entry.Record)], cancel);
    }
}
