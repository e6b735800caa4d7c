using Homeward.Foundations.Access;
using Homeward.Foundations.Rules;
using Homeward.Foundations.Work;
using Homeward.Intake.Retention;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Providers;

/// <summary>Takes the documents of refused calls away once their term is over: what nobody reported is not kept. That a call was refused, when and why stays.</summary>
internal sealed class ForgetRefused(RuleBook rules) : ISchedule
{
    private const int CallsMax = 5_000;

    public string Name => "intake.forget-refused";
    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task RunAsync(Act act, CancellationToken cancel)
    {
        var today = DateOnly.FromDateTime(act.Now.UtcDateTime);
        var oldest = await act.Db.Set<RefusedCall>().Where(row => row.Sealed != null).OrderBy(row => row.At).Take(CallsMax).Select(row => new { row.Id, row.At }).ToListAsync(cancel);
        var over = oldest.Where(row => EndsOn(DateOnly.FromDateTime(row.At.UtcDateTime)) < today).Select(row => row.Id).ToList();
        if (over.Count > 0) await act.Db.Set<RefusedCall>().Where(row => over.Contains(row.Id)).ExecuteUpdateAsync(set => set.SetProperty(row => row.Sealed, (byte[]?)null), cancel);
    }

    private DateOnly EndsOn(DateOnly day) => rules.On(RetentionRule.Reject, day).EndsOn(day);
}
