using Homeward.Foundations.Access;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Review.Casework;
using Homeward.Review.Leads;
using Homeward.Review.Matching;
using Microsoft.EntityFrameworkCore;
using System.ComponentModel.DataAnnotations;

namespace Homeward.Review;

/// <summary>Makes a lead of a hotline tip or of an agency's referral: the person who read it says that it is a reason to act.</summary>
/// <remarks>A tip may be a hoax: nothing becomes a lead by itself. An open lead about the same child grows instead .</remarks>
public static class RaiseDirectLead
{
    /// <param name="Nic">The entry of the child, where the reader knows it; null for a child that nobody has entered.</param>
    public sealed record Request(DoorId Door, [MaxLength(20)] string? Nic = null);
    public sealed record Receipt(LeadId Id, string Number, bool Joined);

    internal sealed class Handler(IIntake intake, LeadBook leads) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (await intake.DoorAsync(act.Db, request.Door, cancel) is not { } door)
                return Problem.Missing("There is no such tip or referral for you.");
            if (await LeadBook.HasHeardAsync(act.Db, door, cancel)) return Problem.Conflict("already-a-lead", "This tip or referral is a lead already.", "Open that lead.");
            EntryGist? entry = null;
            if (request.Nic is { } nic)
            {
                entry = await intake.EntryByNicAsync(act.Db, nic, cancel);
                if (entry is null) return Problem.Invalid("nic-unknown", "There is no entry of this NIC number.", "Check the number, or leave it out.");
                if (!entry.IsSought()) return Problem.Conflict("child-located", "The child of this entry is no longer sought.", "");
            }
            var lead = await leads.FromDoorAsync(act, door, entry, cancel);
            return new Receipt(lead.Id, lead.Number, lead.Version > 1);
        }
    }
}

/// <summary>Withdraws a lead that no longer holds, with a reason; everybody who holds it is told.</summary>
public static class WithdrawLead
{
    /// <param name="Revision">The lead as the page showed it.</param>
    public sealed record Request(LeadId Id, [Required, MinLength(3), MaxLength(4000)] string Reason, Guid? Revision = null);

    internal sealed class Handler(LeadBook leads, Foundations.Sealing.Envelope envelope, Foundations.Sealing.WordFilters filters) : IHandle<Request, Done>
    {
        public async Task<Result<Done>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var lead = await act.Db.Set<Lead>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (lead is null || !act.Covers(lead)) return Problem.Missing("There is no such lead for you.");
            if (lead.State != LeadState.Open) return Problem.Conflict("lead-ended", "This lead is not open any more.", "");
            if (request.Revision is { } seen && seen != lead.Revision)
                return Problem.Conflict("changed-meanwhile", "The lead has changed since you opened it.", "Read it as it is now, then decide.");
            await CaseNotes.AddAsync(act, envelope, filters, new CaseSubject(null, lead.Id, lead.Number, IsOpen: true), $"Withdrawn. {request.Reason}", null, cancel);
            await leads.WithdrawAsync(act, lead, "withdrawn", cancel);
            return Done.Value;
        }
    }
}
