using System.Security.Claims;
using Homeward.Foundations.SigningIn;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.Access;

/// <summary>Who is at the other end of a request, looked up each time: an ended role or session is refused at the next request .</summary>
public static class Session
{
    public const string Scheme = "homeward";
    private const string UserClaim = "homeward:user";
    private const string SessionClaim = "homeward:session";
    private static readonly object _actorKey = new();

    public static ClaimsPrincipal PrincipalOf(User user, SessionId session) => new(new ClaimsIdentity(
        [new Claim(UserClaim, user.Id.ToString()), new Claim(SessionClaim, session.ToString()), new Claim(ClaimTypes.Name, user.Name)], Scheme));

    /// <summary>The signed-in person; null when there is none.</summary>
    public static Actor? Actor(this HttpContext http) => http.Items.TryGetValue(_actorKey, out var actor) ? (Actor?)actor : null;

    /// <summary>The session that the cookie names, whether it still holds or not.</summary>
    public static SessionId? IdOf(HttpContext http) => StrongId.TryParse<SessionId>(http.User.FindFirstValue(SessionClaim), out var id) ? id : null;

    /// <summary>Goes on with nobody signed in: for a page that must not ask the database.</summary>
    public static void Leave(HttpContext http) => http.Items.Remove(_actorKey);

    /// <summary>Puts the actor of this request in place, from the cookie's user and session as the database has them now.</summary>
    public static async Task LoadAsync(HttpContext http, HomewardDb db, TimeProvider clock)
    {
        if (!StrongId.TryParse<UserId>(http.User.FindFirstValue(UserClaim), out var id) || IdOf(http) is not { } session) return;
        var user = await db.Set<User>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == id && db.Set<SignedIn>().Any(one => one.Id == session && one.UserId == id && one.EndedAt == null), http.RequestAborted);
        if (user is not null && user.IsActive(clock.GetUtcNow())) http.Items[_actorKey] = user.AsActor();
    }
}
