using Homeward.Operations;

namespace Homeward.Scenario.Cast;

/// <summary>The desk gives contacts, both coordinators talk and agree; now and then a supervisor has to decide.</summary>
internal sealed class ConflictSettlers(Stagehand stage, Company company, Chance chance)
{
    private const double Disagree = 0.2;

    public async Task SettleAsync(CancellationToken cancel)
    {
        var clerk = company.Desk[0];
        var shown = await stage.DoAsync<ShowDesk.Request, ShowDesk.Page>(clerk, new(), cancel);
        if (!shown.TryGet(out var page, out _)) return;
        foreach (var conflict in page.Conflicts)
        {
            var key = $"{conflict.One.TaskForce}/{conflict.Other.TaskForce}/{conflict.FoundAt:yyyyMMdd}";
            // Within a task force there is one coordinator, and nobody agrees with oneself.
            if (conflict.One.TaskForce == conflict.Other.TaskForce || chance.Happens(Disagree, "disagree", key))
            {
                await stage.DoAsync<OverrideConflict.Request, OverrideConflict.Receipt>(
                    chance.Pick(company.Supervisors, "overrides", key), new(conflict.Id, "Both go, one after the other, as agreed by telephone."), cancel);
                continue;
            }
            if (!conflict.Released) await stage.DoAsync<ReleaseContacts.Request, ReleaseContacts.Receipt>(clerk, new(conflict.Id), cancel);
            foreach (var force in new[] { conflict.One.TaskForce, conflict.Other.TaskForce })
                await stage.DoAsync<ResolveConflict.Request, ResolveConflict.Receipt>(
                    company.Coordinator(force), new(conflict.Id, "We keep to different ends of the street."), cancel);
        }
    }
}
