using Homeward.Foundations.Access;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.SigningIn;

/// <summary>Invites a person to make a passkey: the first one, or one in place of all that were lost.</summary>
/// <remarks>The address is handed over in person or by telephone: who opens it first is that person to the house .</remarks>
public static class InviteUser
{
    /// <summary>Long enough for a weekend.</summary>
    private static readonly TimeSpan _lasts = TimeSpan.FromHours(72);

    public sealed record Request(UserId Id);

    /// <param name="Path">Stands in no list and in no file: it is shown to who invited, and to nobody else.</param>
    public sealed record Receipt(InvitationId Id, string Path, DateTimeOffset EndsAt);

    internal sealed class Handler(InvitationCodes codes) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var user = await act.Db.Set<User>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (user is null || !Roles.SignIn.Contains(user.Role)) return Problem.Missing("There is no such person.");
            if (!user.IsActive(act.Now)) return Problem.Conflict("access-ended", $"The access of {user.Name} ended.", "Let the person in anew, under the same name.");
            foreach (var earlier in await act.Db.Set<Invitation>().Where(row => row.UserId == user.Id && row.UsedAt == null && row.EndsAt > act.Now).ToListAsync(cancel))
                (earlier.EndsAt, earlier.Revision) = (act.Now, act.Ids.Next());
            var invitation = new Invitation
            {
                Id = act.Ids.Next<InvitationId>(), UserId = user.Id, MadeBy = act.Actor.Id, MadeAt = act.Now, EndsAt = act.Now + _lasts, Revision = act.Ids.Next(),
            };
            act.Db.Add(invitation);
            act.Trace("user", user.Id.Value, "invited");
            return new Receipt(invitation.Id, codes.PathOf(invitation.Id), invitation.EndsAt);
        }
    }
}

/// <summary>Shows an invitation to who made it, as long as it may be used.</summary>
public static class ShowInvitation
{
    public sealed record Request(InvitationId Id);

    /// <param name="Path">Null once it was used, or has ended.</param>
    /// <param name="ReplacesPasskeys">How many passkeys the person loses when this is used.</param>
    public sealed record Page(UserId User, string Name, Role Role, string? Path, DateTimeOffset EndsAt, DateTimeOffset? UsedAt, int ReplacesPasskeys);

    internal sealed class Handler(InvitationCodes codes) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var row = await act.Db.Set<Invitation>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.Id && row.MadeBy == act.Actor.Id, cancel);
            if (row is null) return Problem.Missing("There is no such invitation, or somebody else made it.");
            var user = await act.Db.Set<User>().AsNoTracking().SingleAsync(user => user.Id == row.UserId, cancel);
            var passkeys = await act.Db.Set<Passkey>().CountAsync(passkey => passkey.UserId == row.UserId, cancel);
            act.Trace("user", user.Id.Value);
            return new Page(user.Id, user.Name, user.Role, row.IsOpen(act.Now) && user.IsActive(act.Now) ? codes.PathOf(row.Id) : null, row.EndsAt, row.UsedAt, passkeys);
        }
    }
}
