using Homeward.Foundations.Access;
using Homeward.Referral;
using Homeward.Review;

namespace Homeward.Scenario.Cast;

/// <summary>Sends leads to offices: a choice among candidates, a telephone call, a confirmed receipt, an answer. Now and then the wrong office.</summary>
public sealed class Referrers(Stagehand stage, Company company, Chance chance, Promises promises)
{
    private const double CallsInTime = 0.93;
    private const double Returns = 0.05;
    private const double PicksAnother = 0.5;
    private readonly Dictionary<string, int> _pledged = new(StringComparer.Ordinal);

    /// <summary>What each task force pledged: leads go where operations are planned.</summary>
    public void Know(Foundations.Partners.TaskForce force, int pledged) => _pledged[force.Code] = pledged;

    public async Task ReferAsync(Queue<(LeadId Lead, Actor By)> leads, CancellationToken cancel)
    {
        while (leads.TryDequeue(out var lead)) await ReferAsync(lead.Lead, lead.By, cancel);
    }

    private async Task ReferAsync(LeadId lead, Actor by, CancellationToken cancel)
    {
        var shown = await stage.DoAsync<ProposeRoute.Request, ProposeRoute.Page>(by, new(lead), cancel);
        if (!shown.TryGet(out var route, out _)) return;
        var office = Choose(route);
        var force = office is null ? null : ForceOf(route, office);
        var sent = await stage.DoAsync<ReferLead.Request, ReferLead.Receipt>(
            by, new(lead, force is null ? null : office, force, RecipientCheck.No,
                Reason: force is null ? "No place of the lead leads to an office that takes part." : null), cancel);
        if (sent.TryGet(out var referral, out _) && !referral.Joined && force is not null)
            HandOver(referral.Id, referral.Number, route, office!, force, by, attempt: 0);
    }

    /// <summary>The first place leads; where it may be several offices, a person picks, not always the right one.</summary>
    private string? Choose(ProposeRoute.Page route)
    {
        var offices = route.Places.Select(place => place.Candidates.Select(one => one.Office).Distinct().ToList()).FirstOrDefault(found => found.Count > 0);
        return offices is null ? null
            : offices.Count == 1 || !chance.Happens(PicksAnother, "picks-office", route.Number) ? offices[0] : offices[1];
    }

    /// <summary>Among an office's task forces one that plans operations, the more the likelier.</summary>
    private string? ForceOf(ProposeRoute.Page route, string office)
    {
        if (!route.TaskForces.TryGetValue(office, out var forces) || forces.Count == 0) return null;
        var most = forces.Max(force => _pledged.GetValueOrDefault(force));
        return chance.Pick([.. forces.Where(force => _pledged.GetValueOrDefault(force) == most)], "task-force", route.Number);
    }

    private void HandOver(ReferralId referral, string number, ProposeRoute.Page route, string office, string force, Actor by, int attempt)
    {
        var key = $"{route.Number}/{attempt}";
        var call = chance.Happens(CallsInTime, "calls-in-time", key) ? chance.Between(0.3, 6, "calls", key) : chance.Between(25, 40, "calls", key);
        var coordinator = company.Coordinator(force);
        promises.Later(stage.Now + call, async cancel =>
        {
            await stage.DoAsync<DocumentVoiceContact.Request, DocumentVoiceContact.Receipt>(by, new(referral, $"Coordinator {force} (invented)"), cancel);
            await stage.DoAsync<ConfirmReceipt.Request, ConfirmReceipt.Receipt>(coordinator, new(referral), cancel);
            var another = route.Offices.FirstOrDefault(one => one != office && ForceOf(route, one) is not null);
            if (attempt == 0 && (another is not null || chance.Happens(Returns, "returns", key)))
                await ReturnAsync(referral, number, route, office, another, force, by, cancel);
            else
                await stage.DoAsync<AcceptReferral.Request, AcceptReferral.Receipt>(coordinator, new(referral), cancel);
        });
    }

    /// <summary>The office says that another should have it; the sender sends it there, or asks once more.</summary>
    private async Task ReturnAsync(
        ReferralId referral, string number, ProposeRoute.Page route, string office, string? another, string force, Actor by, CancellationToken cancel)
    {
        // Between several offices the receiving one looks at the streets, and knows better than the sender half of the time.
        if (another is not null && !chance.Happens(PicksAnother, "knows-better", route.Number))
        {
            await stage.DoAsync<AcceptReferral.Request, AcceptReferral.Receipt>(company.Coordinator(force), new(referral), cancel);
            return;
        }
        var returned = await stage.DoAsync<ReturnReferral.Request, ReturnReferral.Receipt>(
            company.Coordinator(force), new(referral, "The place is not ours, as we read it.", another ?? "national"), cancel);
        if (!returned.IsDone) return;
        var (to, toForce) = another is not null && ForceOf(route, another) is { } other ? (another, other) : (office, force);
        var sent = await stage.DoAsync<TransferReferral.Request, TransferReferral.Receipt>(
            by, new(referral, to, toForce, RecipientCheck.No, Reason: "Looked at again with the receiving office."), cancel);
        if (sent.IsDone) HandOver(referral, number, route, to, toForce, by, attempt: 1);
    }
}
