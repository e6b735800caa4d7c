using Homeward.Foundations.Access;
using Homeward.Foundations.Rules;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Intake.Retention;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Providers;

/// <summary>Takes the documents of refused calls away once their term is over: what nobody reported is not kept. That a call was refused, when and why stays.</summary>
internal sealed class ForgetRefused(RuleBook rules) : ISchedule
{
    private const int CallsMax = 5_000;
    /// <summary>Terms of months and years differ by so much, by when they begin.</summary>
    private const int CalendarDays = 3;

    public string Name => "intake.forget-refused";
    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task<Turn> RunAsync(Act act, CancellationToken cancel)
    {
        var today = DateOnly.FromDateTime(act.Now.UtcDateTime);
        var over = (await OldAsync(act.Db, act.Now, cancel)).Where(row => EndsOn(DateOnly.FromDateTime(row.At.UtcDateTime)) < today).Select(row => row.Id).ToList();
        if (over.Count > 0) await act.Db.Set<RefusedCall>().Where(row => over.Contains(row.Id)).ExecuteUpdateAsync(set => set.SetProperty(row => row.Sealed, (byte[]?)null), cancel);
        return Turns.After(over.Count, CallsMax);
    }

    /// <summary>Those that are older than the shortest term, and no others: in most hours none.</summary>
    internal async Task<IReadOnlyList<(Guid Id, DateTimeOffset At)>> OldAsync(HomewardDb db, DateTimeOffset now, CancellationToken cancel)
    {
        var before = now.AddDays(CalendarDays - RetentionRule.DaysMin(rules, RetentionRule.Reject, now));
        return [.. (await db.Set<RefusedCall>().Where(row => row.Sealed != null && row.At < before).OrderBy(row => row.At).Take(CallsMax)
            .Select(row => new { row.Id, row.At }).ToListAsync(cancel)).Select(row => (row.Id, row.At))];
    }

    private DateOnly EndsOn(DateOnly day) => rules.On(RetentionRule.Reject, day).EndsOn(day);
}
