using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Foundations.Places;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Homeward.Referral.Model;
using Homeward.Review;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Referral;

/// <summary>Sends a lead to the office that a person chose, or joins it to the open referral of the same child there .</summary>
/// <remarks>From here on the sender owes voice contact and confirmed receipt, the receiver an answer .</remarks>
public static class ReferLead
{
    /// <param name="OfficeCode">The office chosen; null gives it to the national queue.</param>
    /// <param name="Recipient">Whether a suspected person works or lives at the recipient: asked each time .</param>
    /// <param name="Basis">The candidate's sentence that was chosen; needed where one office stands for several places.</param>
    /// <param name="Reason">Why an office that none of the places leads to.</param>
    public sealed record Request(
        LeadId Lead, [MaxLength(10)] string? OfficeCode, [MaxLength(40)] string? TaskForce, [Required] RecipientCheck? Recipient,
        [MaxLength(1000)] string? Basis = null, [MaxLength(4000)] string? Reason = null, [MaxLength(500)] string? Purpose = null,
        DisclosureBasis LegalBasis = DisclosureBasis.LawEnforcementNeed);

    /// <param name="Joined">The lead joined a referral that was open already.</param>
    public sealed record Receipt(ReferralId Id, string Number, bool Joined);

    internal sealed class Handler(ReferralBook book, IReview review) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var lead = await review.LeadAsync(act.Db, request.Lead, cancel);
            if (lead is null) return Problem.Missing("There is no such lead.");
            if (lead.State != LeadState.Open)
                return Problem.Conflict("lead-not-open", "This lead is no longer open.", "Look at it as it is now.");
            Ensure.That(request.Recipient is not null);
            var choice = new Choice(request.OfficeCode, request.TaskForce, request.Recipient.Value, request.Basis, request.Reason, request.Purpose, request.LegalBasis);
            var checkedChoice = await ChooseRecipient.CheckAsync(act, lead, choice, cancel);
            if (!checkedChoice.TryGet(out var sending, out var problem)) return problem;
            if (await ReferralBook.OpenAtAsync(act, lead.Id, lead.Child, sending.Office, cancel) is { } open)
                return await JoinAsync(act, open, lead, sending, cancel);

            var referral = new LeadReferral
            {
                Id = act.Ids.Next<ReferralId>(), Number = await NextNumberAsync(act, cancel), Lead = lead.Id, LeadNumber = lead.Number,
                Child = lead.Child, State = ReferralState.Sent, OwnerOffice = act.Actor.Office, SentBy = act.Actor.Id, SentAt = act.Now,
                CurrentAbuse = lead.CurrentAbuse, Imminent = lead.Imminent, Steps = 0, Refusals = 0, HandOvers = 0, Revision = act.Ids.Next(),
            };
            act.Db.Add(referral);
            await book.SendAsync(act, referral, lead, sending, cancel);
            return new Receipt(referral.Id, referral.Number, Joined: false);
        }

        private async Task<Result<Receipt>> JoinAsync(Act act, LeadReferral open, LeadGist lead, Sending sending, CancellationToken cancel)
        {
            act.Db.Add(new ReferralJoin
            {
                Id = act.Ids.Next(), Referral = open.Id, Lead = lead.Id, LeadNumber = lead.Number, LeadVersion = lead.Version,
                CurrentAbuse = lead.CurrentAbuse, By = act.Actor.Id, At = act.Now,
            });
            book.Disseminate(act, open, lead, sending.Purpose, sending.LegalBasis);
            if (lead.CurrentAbuse) await book.StartAbuseAsync(act, open, lead.Id, cancel);
            open.Imminent |= lead.Imminent;
            open.Revision = act.Ids.Next();
            var code = lead.CurrentAbuse ? "referral-joined-current-abuse" : "referral-joined";
            var to = open.OwnerOffice is { } owner ? new NoticeTo(Role.Coordinator, owner, open.State == ReferralState.Accepted ? open.TaskForce : null)
                : open.State == ReferralState.WithNation ? new NoticeTo(Role.National) : new NoticeTo(User: open.SentBy);
            Notices.Leave(act, to, code, open.Link);
            // The office that is about to take it must not learn later than its owner.
            if (open.State == ReferralState.Sent)
                Notices.Leave(act, new NoticeTo(Role.Coordinator, open.OfficeCode, open.TaskForce), code, open.Link);
            act.Trace("referral", open.Id.Value, $"joined;lead={lead.Number}");
            return new Receipt(open.Id, open.Number, Joined: true);
        }

        private static async Task<string> NextNumberAsync(Act act, CancellationToken cancel)
        {
            // The nation's year: UTC would number New Year's Eve into the next one.
            var year = Zones.LocalDay(act.Now, Zones.Of("America/New_York")).Year;
            // One statement: it holds the row until the act stands, so that two at once get two numbers.
            var last = (await act.Db.Database.SqlQuery<int>($"""
                INSERT INTO referral_counters ("year", "last") VALUES ({year}, 1)
                ON CONFLICT ("year") DO UPDATE SET "last" = referral_counters."last" + 1 RETURNING "last" AS "Value"
                """).ToListAsync(cancel)).Single();
            return string.Create(CultureInfo.InvariantCulture, $"R-{year:0000}-{last:00000}");
        }
    }
}
