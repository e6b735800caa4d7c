using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.SigningIn;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Web;

/// <summary>Signing in and out: by a passkey, the first of which an invitation lets one make. In a demo also as any role, a door that does not exist elsewhere.</summary>
/// <remarks>
/// Each ceremony is two calls: what the browser is to sign, and what it signed. Both take JSON alone, which no form of another site can
/// send, and every signature is over a challenge of ours that lasts minutes and opens one session.
/// </remarks>
internal static class SignIn
{
    public static void MapSignIn(this IEndpointRouteBuilder routes, HouseOptions options)
    {
        Map("/sign-out", SignOutAsync);
        Map("/sign-in/options", async (HttpContext http, Ceremony ceremony) => Results.Json(await ceremony.AskAsync(http)));
        Map("/sign-in/passkey", SignInAsync);
        Map("/join/{id}/{code}/options", JoinOptionsAsync);
        Map("/join/{id}/{code}", JoinAsync);
        Map("/me/passkeys/options", OwnOptionsAsync);
        Map("/me/passkeys", AddOwnAsync);
        if (options.Demo) Map("/demo/sign-in", SignInAsRoleAsync);

        void Map(string route, Delegate answer) => routes.MapPost(route, answer).DisableAntiforgery().ExcludeFromDescription();
    }

    private static async Task<IResult> SignOutAsync(HttpContext http, Desk desk)
    {
        // The cookie goes whatever becomes of the session: who signs out must not stay because the database is away.
        await http.SignOutAsync(Session.Scheme);
        if (http.Actor() is { } actor && Session.IdOf(http) is { } session)
            await desk.DoAsync<EndSession.Request, Done>(actor, new(session), http.RequestAborted);
        return Results.LocalRedirect("/sign-in");
    }

    private static async Task<IResult> SignInAsync(HttpContext http, Signed signed, Ceremony ceremony, Desk desk)
    {
        if (await ceremony.RecogniseAsync(http, signed) is not { } seen)
            return Refused(Problem.Forbidden("No passkey of this house signed this."), "Try again; if it stays so, ask your administrator for a new invitation.");
        var begun = await desk.DoAsync<BeginSession.Request, Done>(seen.User.AsActor(), new(seen.Session, seen.Passkey, seen.SignCount, seen.IsCopied), http.RequestAborted);
        return begun.TryGet(out _, out var problem) ? await OpenedAsync(http, seen.User, seen.Session, signed.Next) : Refused(problem);
    }

    private static async Task<IResult> JoinOptionsAsync(HttpContext http, string id, string code, Invited invited, Ceremony ceremony) =>
        await invited.ByAsync(id, code, http.RequestAborted) is { } one ? Results.Json(await ceremony.OfferAsync(http, one.User)) : NoInvitation();

    private static async Task<IResult> JoinAsync(HttpContext http, string id, string code, Signed signed, Invited invited, Ceremony ceremony, Desk desk)
    {
        if (await invited.ByAsync(id, code, http.RequestAborted) is not { } one) return NoInvitation();
        if (await ceremony.AcceptAsync(http, one.User, signed) is not { } made) return NotMade();
        var joined = await desk.DoAsync<JoinByInvitation.Request, Done>(one.User.AsActor(), new(one.Invitation, made.Passkey, made.Session), http.RequestAborted);
        return joined.TryGet(out _, out var problem) ? await OpenedAsync(http, one.User, made.Session, "/") : Refused(problem);
    }

    private static async Task<IResult> OwnOptionsAsync(HttpContext http, HomewardDb db, Ceremony ceremony) =>
        await OwnAsync(http, db) is { } user ? Results.Json(await ceremony.OfferAsync(http, user)) : Results.Unauthorized();

    private static async Task<IResult> AddOwnAsync(HttpContext http, Signed signed, HomewardDb db, Ceremony ceremony, Desk desk)
    {
        if (await OwnAsync(http, db) is not { } user) return Results.Unauthorized();
        if (await ceremony.AcceptAsync(http, user, signed) is not { } made) return NotMade();
        var added = await desk.DoAsync<AddPasskey.Request, Done>(http.Actor()!, new(made.Passkey), http.RequestAborted);
        return added.TryGet(out _, out var problem) ? Results.Json(new { next = "/me" }) : Refused(problem);
    }

    private static async Task<User?> OwnAsync(HttpContext http, HomewardDb db) =>
        http.Actor() is { } actor ? await db.Set<User>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == actor.Id, http.RequestAborted) : null;

    private static async Task<IResult> OpenedAsync(HttpContext http, User user, SessionId session, string? next)
    {
        await LetInAsync(http, user, session);
        return Results.Json(new { next = LocalAddress.Of(next) ?? "/" });
    }

    private static Task LetInAsync(HttpContext http, User user, SessionId session) =>
        http.SignInAsync(Session.Scheme, Session.PrincipalOf(user, session, http.RequestServices.GetRequiredService<HouseClock>().RealNow));

    private static IResult NoInvitation() => Refused(Problem.Missing("This invitation was used already, has ended, or never was."), "Ask your administrator for a new one.");

    private static IResult NotMade() => Refused(Problem.Invalid("passkey-unfit", "The device's answer does not fit what it was asked.", "Try again on this page."));

    private static IResult Refused(Problem problem, string? mend = null) =>
        Results.Problem(title: problem.What, detail: mend ?? problem.Mend, statusCode: UseCaseEndpoints.Status(problem), type: $"homeward:{problem.Code}");

    /// <summary>Takes <c>role=SLUG</c> and, if given, <c>office=CODE</c>; picks a person who holds it, or lets one in.</summary>
    private static async Task<IResult> SignInAsRoleAsync(HttpContext http, HomewardDb db, Desk desk, IIdSource ids, HouseClock clock)
    {
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync() : null;
        var slug = form?["role"].ToString() ?? http.Request.Query["role"].ToString();
        var office = form?["office"].ToString() is { Length: > 0 } code ? code : null;
        if (!Roles.TryParse(slug, out var role) || !Roles.SignIn.Contains(role))
            return Results.Problem(
                title: $"\"{slug}\" is no role.", statusCode: 400,
                detail: "Send role= with one of: " + string.Join(", ", Roles.SignIn.Select(one => one.Slug())));

        var now = clock.GetUtcNow();
        var user = await db.Set<User>().AsNoTracking()
            .Where(row => row.Role == role && (office == null || row.OfficeCode == office) && (row.EndedAt == null || row.EndedAt > now))
            // Kansas City first: the office whose release the demo writes.
            .OrderByDescending(row => row.OfficeCode == "KC").ThenBy(row => row.FromAt).ThenBy(row => row.Id)
            .FirstOrDefaultAsync(http.RequestAborted);
        if (user is null)
        {
            var bound = role is Role.Coordinator or Role.Officer or Role.VictimSpecialist or Role.Prosecutor;
            var added = await desk.DoAsync<AddUser.Request, AddUser.Receipt>(
                Actor.House, new($"{role.Title()} (exercise)", role, null, bound ? "KC-01" : null, bound ? office ?? "KC" : office),
                http.RequestAborted);
            var id = added.Value.Id;
            user = await db.Set<User>().AsNoTracking().SingleAsync(row => row.Id == id, http.RequestAborted);
        }
        var session = ids.Next<SessionId>();
        var begun = await desk.DoAsync<BeginSession.Request, Done>(user.AsActor(), new(session), http.RequestAborted);
        if (!begun.TryGet(out _, out var problem)) return Refused(problem);
        await LetInAsync(http, user, session);
        var next = LocalAddress.Of(form?["next"]) ?? "/";
        return http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)
            ? Results.LocalRedirect(next)
            : Results.Json(new { role = role.Slug(), name = user.Name, office = user.OfficeCode, taskForce = user.TaskForce });
    }
}
