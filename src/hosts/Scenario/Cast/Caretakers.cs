using Homeward.Care;
using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Intake;
using Homeward.Outcomes;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Scenario.Cast;

/// <summary>Victim specialists: a plan, an offer of services, the message that a child is located and safe. Mostly in time.</summary>
public sealed class Caretakers(Stagehand stage, Company company, Chance chance, Promises promises)
{
    private const double ClearedInTime = 0.90;
    private const double OfferedInTime = 0.95;

    /// <summary>A victim was found: the specialist of the office will see to them.</summary>
    public void Found(FactId finding, string office, string record, bool foreignBorn)
    {
        if (!company.HasOffice(office)) return;
        var specialist = company.Specialist(office);
        var delay = chance.Happens(OfferedInTime, "offers-in-time", record) ? chance.Between(2, 18, "offers", record) : chance.Between(26, 70, "offers", record);
        promises.Later(stage.Now + delay, async cancel =>
        {
            var opened = await stage.DoAsync<OpenCarePlan.Request, OpenCarePlan.Receipt>(specialist, new(finding), cancel);
            if (!opened.TryGet(out var plan, out _)) return;
            var answer = chance.Of("answers", record) switch { < 0.7 => ServiceAnswer.Accepted, < 0.9 => ServiceAnswer.Declined, _ => ServiceAnswer.NotYet };
            await stage.DoAsync<OfferServices.Request, OfferServices.Receipt>(specialist, new(
                plan.Id, ["medical", "shelter", "advocate"], "English", answer,
                Grade: chance.Happens(0.3, "attests-offer", record) ? EvidenceGrade.SelfAttested : EvidenceGrade.Document), cancel);
            await stage.DoAsync<GiveNotice.Request, GiveNotice.Receipt>(specialist, new(plan.Id, "rights", "in-person"), cancel);
            if (foreignBorn)
                await stage.DoAsync<NotifyHhs.Request, NotifyHhs.Receipt>(specialist, new(plan.Id, $"HHS-{record}"), cancel);
        });
    }

    /// <summary>A child whose entry was recognised: the entering agency and NCMEC are told "located, safe" .</summary>
    public void Located(string nic, string office, string record)
    {
        if (!company.HasOffice(office)) return;
        var specialist = company.Specialist(office);
        var delay = chance.Happens(ClearedInTime, "clears-in-time", record) ? chance.Between(0.2, 1.8, "clears-entry", record) : chance.Between(3, 30, "clears-entry", record);
        promises.Later(stage.Now + delay, async cancel =>
        {
            var entry = await stage.ReadAsync((db, services) => services.GetRequiredService<IIntake>().EntryByNicAsync(db, nic, cancel));
            if (entry is null) return;
            await stage.DoAsync<ConfirmCleared.Request, ConfirmCleared.Receipt>(
                specialist, new(entry.Id, false, null, $"Teletype {record} (invented)", $"NCMEC {record} (invented)"), cancel);
        });
    }
}
