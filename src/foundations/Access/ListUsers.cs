using Homeward.Foundations.SigningIn;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.Access;

/// <summary>Who may sign in, in which role and for whom; those whose access ended stand last.</summary>
public static class ListUsers
{
    private const int RowsMax = 500;

    /// <param name="Role">Only this role; null for all.</param>
    public sealed record Request(Role? Role = null);
    /// <param name="Passkeys">With none, nobody signs in as this person.</param>
    /// <param name="InvitedUntil">When the open invitation ends; null where there is none.</param>
    public sealed record Row(UserId Id, string Name, Role Role, string? AgencyOri, string? TaskForce, string? OfficeCode, DateTimeOffset FromAt, DateTimeOffset? EndedAt,
        int Passkeys, DateTimeOffset? InvitedUntil);
    public sealed record Page(IReadOnlyList<Row> Rows, int Total);

    internal sealed class Handler : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var users = act.Db.Set<User>().Where(user => user.Role != Role.House && (request.Role == null || user.Role == request.Role));
            var rows = await users.OrderBy(user => user.EndedAt != null).ThenBy(user => user.Role).ThenBy(user => user.Name).ThenBy(user => user.Id)
                .Take(RowsMax)
                .Select(user => new Row(user.Id, user.Name, user.Role, user.AgencyOri, user.TaskForce, user.OfficeCode, user.FromAt, user.EndedAt,
                    act.Db.Set<Passkey>().Count(passkey => passkey.UserId == user.Id),
                    act.Db.Set<Invitation>().Where(one => one.UserId == user.Id && one.UsedAt == null && one.EndsAt > act.Now).Max(one => (DateTimeOffset?)one.EndsAt)))
                .ToListAsync(cancel);
            return new Page(rows, await users.CountAsync(cancel));
        }
    }
}
