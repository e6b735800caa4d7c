using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Web;

/// <summary>Signing in and out. In a demo anybody may sign in as a role; elsewhere that door does not exist.</summary>
internal static class SignIn
{
    public static void MapSignIn(this IEndpointRouteBuilder routes, HouseOptions options)
    {
        routes.MapPost("/sign-out", async (HttpContext http) =>
        {
            await http.SignOutAsync(Session.Scheme);
            return Results.LocalRedirect("/sign-in");
        }).DisableAntiforgery().ExcludeFromDescription();
        if (!options.Demo) return;
        routes.MapPost("/demo/sign-in", SignInAsync).DisableAntiforgery().ExcludeFromDescription();
    }

    /// <summary>Takes <c>role=SLUG</c> and, if given, <c>office=CODE</c>; picks a person who holds it, or lets one in.</summary>
    private static async Task<IResult> SignInAsync(HttpContext http, HomewardDb db, Desk desk, TimeProvider clock)
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
        await http.SignInAsync(Session.Scheme, Session.PrincipalOf(user));
        var next = LocalAddress.Of(form?["next"]) ?? "/";
        return http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)
            ? Results.LocalRedirect(next)
            : Results.Json(new { role = role.Slug(), name = user.Name, office = user.OfficeCode, taskForce = user.TaskForce });
    }
}
