using System.ComponentModel.DataAnnotations;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.Access;

/// <summary>Lets a person in, in one role, for one agency, task force and office.</summary>
public static class AddUser
{
    public sealed record Request(
        [Required, MaxLength(200)] string Name, Role Role, string? AgencyOri, string? TaskForce, string? OfficeCode);
    public sealed record Receipt(UserId Id);

    public sealed class Handler : IHandle<Request, Receipt>
    {
        public Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (!Roles.SignIn.Contains(request.Role))
                return Task.FromResult<Result<Receipt>>(Problem.Invalid("role-unknown", "Nobody signs in as this.", "Choose a role."));
            var user = new User
            {
                Id = act.Ids.Next<UserId>(), Name = request.Name, Role = request.Role, AgencyOri = request.AgencyOri,
                TaskForce = request.TaskForce, OfficeCode = request.OfficeCode, FromAt = act.Now,
            };
            act.Db.Add(user);
            act.Trace("user", user.Id.Value, $"role={request.Role.Slug()};added");
            return Task.FromResult<Result<Receipt>>(new Receipt(user.Id));
        }
    }
}

/// <summary>Ends a person's access at this instant: the next request is refused .</summary>
public static class EndUser
{
    public sealed record Request(UserId Id);

    public sealed class Handler : IHandle<Request, Done>
    {
        public async Task<Result<Done>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var user = await act.Db.Set<User>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (user is null) return Problem.Missing("There is no such person.");
            user.EndedAt ??= act.Now;
            act.Trace("user", user.Id.Value, "ended");
            return Done.Value;
        }
    }
}
