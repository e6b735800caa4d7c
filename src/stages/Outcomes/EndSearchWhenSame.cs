using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Foundations.Work;
using Homeward.Intake;
using Homeward.Outcomes.Model;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Outcomes;

/// <summary>A person said later that a found child is the one of an entry: the search for that child ends then .</summary>
internal sealed class EndSearchWhenSame(FoundChild found, IIntake intake) : IListen<IdentityDecided>
{
    public async Task HearAsync(IdentityDecided happened, Act act, CancellationToken cancel)
    {
        if (happened.Judgement != Judgement.Same) return;
        var pair = new[] { happened.Left, happened.Right };
        var entries = await intake.EntriesOfRecordsAsync(act.Db, pair, cancel);
        if (entries.All(entry => entry.State is not (EntryState.Entered or EntryState.Modified))) return;
        var finding = await act.Db.Set<ChildFinding>().AsNoTracking()
            .Where(row => row.SupersededAt == null && (row.Person == happened.Left || row.Person == happened.Right))
            .OrderBy(row => row.At).ThenBy(row => row.Id).FirstOrDefaultAsync(cancel);
        if (finding is not null) await found.EndSearchAsync(act, entries, finding.At, cancel);
    }
}
