using Homeward.Foundations.Access;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.SigningIn;

/// <summary>Opens a session for a person whom the host has recognised: by a passkey, or as a role in a demo.</summary>
/// <remarks>Reached by the host alone. Each signature opens one session: the session's id is made of what was signed.</remarks>
public static class BeginSession
{
    /// <param name="Passkey">The id of the passkey that signed; null in a demo.</param>
    /// <param name="SignCount">How often the device now says that it has signed.</param>
    public sealed record Request(SessionId Session, string? Passkey = null, long SignCount = 0, bool IsCopied = false);

    internal sealed class Handler : IHandle<Request, Done>
    {
        public async Task<Result<Done>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var me = act.Actor.Id;
            if (await act.Db.Set<User>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == me, cancel) is not { } user || !user.IsActive(act.Now))
                return Problem.Forbidden("Your access has ended.");
            if (request.Passkey is { } id)
            {
                if (await act.Db.Set<Passkey>().SingleOrDefaultAsync(row => row.Id == id && row.UserId == me, cancel) is not { } passkey)
                    return Problem.Forbidden("This passkey was removed.");
                (passkey.UsedAt, passkey.SignCount, passkey.IsCopied) = (act.Now, request.SignCount, request.IsCopied);
            }
            if (await act.Db.Set<SignedIn>().AnyAsync(row => row.Id == request.Session, cancel))
                return Problem.Conflict("signature-used", "This signature opened a session already.", "Sign in again.");
            act.Db.Add(new SignedIn { Id = request.Session, UserId = me, BeganAt = act.Now, PasskeyId = request.Passkey });
            act.Trace("session", request.Session.Value, "begun");
            return Done.Value;
        }
    }
}

/// <summary>Ends the session that one is in: its cookie opens nothing any more, whoever kept it.</summary>
public static class EndSession
{
    public sealed record Request(SessionId Session);

    internal sealed class Handler : IHandle<Request, Done>
    {
        public async Task<Result<Done>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var session = await act.Db.Set<SignedIn>().SingleOrDefaultAsync(row => row.Id == request.Session && row.UserId == act.Actor.Id, cancel);
            if (session is null) return Problem.Missing("There is no such session.");
            session.EndedAt ??= act.Now;
            act.Trace("session", session.Id.Value, "ended");
            return Done.Value;
        }
    }
}
