using Homeward.Foundations.Access;
using Homeward.Foundations.Partners;
using Homeward.Foundations.Places;
using Homeward.Kernel;
using Homeward.Operations.Model;
using Homeward.Referral;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Operations;

/// <summary>What a coordinator may choose from when planning: referrals that wait, agencies that are members today, specialists who work now.</summary>
public static class PreparePlan
{
    public sealed record Request;
    public sealed record InitiativeChoice(InitiativeId Id, string Name);
    public sealed record ReferralChoice(ReferralId Id, string Number);
    public sealed record AgencyChoice(string Ori, string Name);
    public sealed record PersonChoice(UserId Id, string Name);
    public sealed record Page(
        IReadOnlyList<InitiativeChoice> Initiatives, IReadOnlyList<ReferralChoice> Referrals, IReadOnlyList<AgencyChoice> Agencies, IReadOnlyList<PersonChoice> Specialists);

    internal sealed class Handler(IReferral referrals) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var (force, office) = (act.Actor.TaskForce, act.Actor.Office);
            if (force is null) return Problem.Forbidden("You plan for your own task force, and are in none.");
            var zone = Gazetteer.Default.Offices.WithCode(office) is { } known ? Zones.ZoneOf(known) : TimeZoneInfo.Utc;
            var today = Zones.LocalDay(act.Now, zone);
            var initiatives = await act.Db.Set<Initiative>().OrderByDescending(row => row.From).ThenBy(row => row.Id)
                .Select(row => new InitiativeChoice(row.Id, row.Name)).ToListAsync(cancel);
            var waiting = await referrals.AcceptedAsync(act.Db, force, cancel);
            foreach (var referral in waiting) act.Trace("referral", referral.Id.Value, "listed");
            var agencies = await (
                from seat in act.Db.Set<Membership>()
                join agency in act.Db.Set<Foundations.Partners.Agency>() on seat.AgencyOri equals agency.Ori
                where seat.TaskForce == force && seat.From <= today && (seat.To == null || seat.To >= today)
                select new { agency.Ori, agency.Name }).Distinct().OrderBy(row => row.Name).ThenBy(row => row.Ori).ToListAsync(cancel);
            var specialists = await act.Db.Set<User>().Where(row => row.Role == Role.VictimSpecialist && row.OfficeCode == office && row.EndedAt == null)
                .OrderBy(row => row.Name).ThenBy(row => row.Id).Select(row => new PersonChoice(row.Id, row.Name)).ToListAsync(cancel);
            return new Page(initiatives, [.. waiting.Select(one => new ReferralChoice(one.Id, one.Number))],
                [.. agencies.Select(row => new AgencyChoice(row.Ori, row.Name))], specialists);
        }
    }
}
