using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using Homeward.Foundations.SigningIn;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.Access;

/// <summary>Who may sign in, in which role and for whom; those whose access ended stand last.</summary>
public static class ListUsers
{
    public const int RowsMax = 100;

    /// <param name="Role">Only this role; null for all.</param>
    /// <param name="Name">Only whose name has this in it, in whatever case; null for all.</param>
    /// <param name="From">How many of the list are passed over.</param>
    public sealed record Request(Role? Role = null, [MaxLength(200)] string? Name = null, [Range(0, int.MaxValue)] int From = 0);
    /// <param name="Passkeys">With none, nobody signs in as this person.</param>
    /// <param name="InvitedUntil">When the open invitation ends; null where there is none.</param>
    public sealed record Row(UserId Id, string Name, Role Role, string? AgencyOri, string? TaskForce, string? OfficeCode, DateTimeOffset FromAt, DateTimeOffset? EndedAt,
        int Passkeys, DateTimeOffset? InvitedUntil);
    public sealed record Page(IReadOnlyList<Row> Rows, int Total);

    internal sealed class Handler : IHandle<Request, Page>
    {
        [SuppressMessage("Globalization", "CA1304", Justification = "The database lowers and compares, not this program.")]
        [SuppressMessage("Globalization", "CA1311", Justification = "As above.")]
        [SuppressMessage("Performance", "CA1862", Justification = "As above: a comparison by culture has no counterpart there.")]
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var users = act.Db.Set<User>().Where(user => user.Role != Role.House && (request.Role == null || user.Role == request.Role));
            // SQLite knows the small letters of English alone: as it was typed is tried, too.
            if (request.Name?.Trim() is { Length: > 0 } typed && typed.ToLowerInvariant() is var name) users = users.Where(user => user.Name.Contains(typed) || user.Name.ToLower().Contains(name));
            var rows = await users.OrderBy(user => user.EndedAt != null).ThenBy(user => user.Role).ThenBy(user => user.Name).ThenBy(user => user.Id)
                .Skip(request.From).Take(RowsMax)
                .Select(user => new Row(user.Id, user.Name, user.Role, user.AgencyOri, user.TaskForce, user.OfficeCode, user.FromAt, user.EndedAt,
                    act.Db.Set<Passkey>().Count(passkey => passkey.UserId == user.Id),
                    act.Db.Set<Invitation>().Where(one => one.UserId == user.Id && one.UsedAt == null && one.EndsAt > act.Now).Max(one => (DateTimeOffset?)one.EndsAt)))
                .ToListAsync(cancel);
            return new Page(rows, await users.CountAsync(cancel));
        }
    }
}
