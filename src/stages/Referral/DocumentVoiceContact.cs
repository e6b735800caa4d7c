using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Kernel;
using Homeward.Referral.Model;

namespace Homeward.Referral;

/// <summary>Records that somebody of the receiving side was spoken with: who, when, how .</summary>
public static class DocumentVoiceContact
{
    /// <param name="With">Whom: a name and a post. Sealed.</param>
    /// <param name="At">When it was; now, when left out.</param>
    public sealed record Request(ReferralId Id, [Required, MaxLength(500)] string With, DateTimeOffset? At = null);
    public sealed record Receipt(ReferralId Id);

    internal sealed class Handler(ReferralBook book, Envelope envelope) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var referral = await book.FindAsync(act, request.Id, cancel);
            if (referral is null) return Problem.Missing("There is no such referral for you.");
            if (referral.State != ReferralState.Sent)
                return Problem.Conflict("nothing-handed-over", "This referral is not on its way to anybody.", "");
            var at = request.At is { } said ? Instants.Truncate(said) : act.Now;
            if (at > act.Now) return Problem.Invalid("at-in-future", "The contact lies in the future.", "Enter when it was.");
            var step = await ReferralBook.StepOfAsync(act, referral, cancel);
            if (at < step.SentAt) return Problem.Invalid("before-sending", "The contact lies before the sending.", "Enter the contact about this referral.");
            if (step.VoiceAt is not null) return new Receipt(referral.Id);
            (step.VoiceAt, step.VoiceBy, step.Revision) = (at, act.Actor.Id, act.Ids.Next());
            step.Voice = envelope.SealText($"referral/step/{StrongId.Text(step.Id)}/voice", request.With);
            act.Trace("referral", referral.Id.Value, $"voice-contact;step={step.Ordinal}");
            await book.ProveHandOverAsync(act, referral, step, cancel);
            return new Receipt(referral.Id);
        }
    }
}

/// <summary>The receiving side says that it has the package .</summary>
public static class ConfirmReceipt
{
    public sealed record Request(ReferralId Id);
    public sealed record Receipt(ReferralId Id);

    internal sealed class Handler(ReferralBook book) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var referral = await book.FindAsync(act, request.Id, cancel);
            if (referral is null || !Sight.IsReceiver(act, referral)) return Problem.Missing("There is no such referral for you.");
            if (referral.State != ReferralState.Sent)
                return Problem.Conflict("nothing-handed-over", "This referral is not on its way to you.", "");
            var step = await ReferralBook.StepOfAsync(act, referral, cancel);
            if (step.ReceiptAt is not null) return new Receipt(referral.Id);
            (step.ReceiptAt, step.ReceiptBy, step.Revision) = (act.Now, act.Actor.Id, act.Ids.Next());
            act.Trace("referral", referral.Id.Value, $"receipt;step={step.Ordinal}");
            await book.ProveHandOverAsync(act, referral, step, cancel);
            return new Receipt(referral.Id);
        }
    }
}
