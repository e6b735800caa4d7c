using System.Globalization;
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
    private const string SessionClaim = "homeward:session", BeganClaim = "homeward:began";

    /// <summary>However busy somebody is, after so long the passkey is asked for again (NIST SP 800-63B, AAL2: 12 hours).</summary>
    private static readonly TimeSpan _lasts = TimeSpan.FromHours(12);
    private static readonly object _actorKey = new();

    /// <param name="began">In real time: a scenario that drives the house's clock through a month must not end it.</param>
    public static ClaimsPrincipal PrincipalOf(User user, SessionId session, DateTimeOffset began) => new(new ClaimsIdentity(
        [
            new Claim(UserClaim, user.Id.ToString()), new Claim(SessionClaim, session.ToString()), new Claim(ClaimTypes.Name, user.Name),
            new Claim(BeganClaim, began.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        ], Scheme));

    /// <summary>The signed-in person; null when there is none.</summary>
    public static Actor? Actor(this HttpContext http) => http.Items.TryGetValue(_actorKey, out var actor) ? (Actor?)actor : null;

    /// <summary>The session that the cookie names, whether it still holds or not.</summary>
    public static SessionId? IdOf(HttpContext http) => StrongId.TryParse<SessionId>(http.User.FindFirstValue(SessionClaim), out var id) ? id : null;

    /// <summary>Goes on with nobody signed in: for a page that must not ask the database.</summary>
    public static void Leave(HttpContext http) => http.Items.Remove(_actorKey);

    /// <summary>Puts the actor of this request in place, from the cookie's user and session as the database has them now.</summary>
    public static async Task LoadAsync(HttpContext http, HomewardDb db, HouseClock clock)
    {
        if (!StrongId.TryParse<UserId>(http.User.FindFirstValue(UserClaim), out var id) || IdOf(http) is not { } session) return;
        if (!long.TryParse(http.User.FindFirstValue(BeganClaim), CultureInfo.InvariantCulture, out var began) || clock.RealNow - DateTimeOffset.FromUnixTimeSeconds(began) >= _lasts) return;
        var user = await db.Set<User>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == id && db.Set<SignedIn>().Any(one => one.Id == session && one.UserId == id && one.EndedAt == null), http.RequestAborted);
        if (user is not null && user.IsActive(clock.GetUtcNow())) http.Items[_actorKey] = user.AsActor();
    }
}
