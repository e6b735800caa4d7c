using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.SigningIn;

/// <summary>A passkey that was just made, checked by the platform: challenge, origin and signature are right, and the device knew its person.</summary>
/// <param name="Name">What the person calls the device.</param>
public sealed record NewPasskey(
    [Required, MaxLength(SigningInStorage.PasskeyIdCharsMax)] string Id, [Required, MaxLength(NewPasskey.NameCharsMax)] string Name,
    byte[] PublicKey, long SignCount, string? Transports, bool MayBeCopied, bool IsCopied, byte[] Attestation, byte[] ClientData)
{
    public const int NameCharsMax = 80;

    /// <summary>Makes it the actor's.</summary>
    /// <returns>Why not: it is known already, whoever's it is.</returns>
    internal async Task<Problem?> AddAsync(Act act, CancellationToken cancel)
    {
        if (await act.Db.Set<Passkey>().AnyAsync(row => row.Id == Id, cancel)) return Problem.Conflict("passkey-known", "This passkey is known already.", "Sign in with it.");
        act.Db.Add(new Passkey
        {
            Id = Id, UserId = act.Actor.Id, Name = Name, PublicKey = PublicKey, MadeAt = act.Now, SignCount = SignCount, Transports = Transports,
            MayBeCopied = MayBeCopied, IsCopied = IsCopied, Attestation = Attestation, ClientData = ClientData,
        });
        return null;
    }
}

/// <summary>The invited person's passkey takes the place of all that the person had, and opens a session.</summary>
/// <remarks>
/// An administrator who invites somebody anew to act in that name locks the person out by it, and the auditor is told:
/// nobody can be somebody else unseen. Reached by the host alone, once it knows the invitation's code.
/// </remarks>
public static class JoinByInvitation
{
    public sealed record Request(InvitationId Invitation, NewPasskey Passkey, SessionId Session);

    internal sealed class Handler : IHandle<Request, Done>
    {
        public async Task<Result<Done>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var me = act.Actor.Id;
            var invitation = await act.Db.Set<Invitation>().SingleOrDefaultAsync(row => row.Id == request.Invitation && row.UserId == me, cancel);
            if (invitation?.IsOpen(act.Now) != true) return Problem.Conflict("invitation-over", "This invitation was used already, or has ended.", "Ask your administrator for a new one.");
            if (await request.Passkey.AddAsync(act, cancel) is { } known) return known;
            var lost = await act.Db.Set<Passkey>().Where(row => row.UserId == me).ToListAsync(cancel);
            act.Db.RemoveRange(lost);
            await SignedIn.EndAsync(act, act.Db.Set<SignedIn>().Where(row => row.UserId == me), cancel);
            (invitation.UsedAt, invitation.Revision) = (act.Now, act.Ids.Next());
            act.Db.Add(new SignedIn { Id = request.Session, UserId = me, BeganAt = act.Now, PasskeyId = request.Passkey.Id });
            act.Trace("user", me.Value, $"joined;passkeys-lost={lost.Count}");
            act.Trace("session", request.Session.Value, "begun");
            if (lost.Count > 0) Notices.Leave(act, new NoticeTo(Role.Auditor), "passkeys-replaced", "/trace?action=access.join");
            return Done.Value;
        }
    }
}
