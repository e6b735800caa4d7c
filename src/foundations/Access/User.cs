using Homeward.Foundations.Storage;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.Access;

/// <summary>One who may sign in: a named person in one role. Ending it ends access at that instant .</summary>
public sealed class User
{
    public required UserId Id { get; init; }
    public required string Name { get; init; }
    public required Role Role { get; init; }
    public string? AgencyOri { get; init; }
    public string? TaskForce { get; init; }
    public string? OfficeCode { get; init; }
    public required DateTimeOffset FromAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }

    public bool IsActive(DateTimeOffset now) => FromAt <= now && (EndedAt is not { } ended || now < ended);
    public Actor AsActor() => new(Id, Name, Role, AgencyOri, TaskForce, OfficeCode);
}

internal sealed class AccessStorage : IStoragePart
{
    public void Shape(ModelBuilder model) => model.Entity<User>(user =>
    {
        user.ToTable("users");
        user.HasKey(row => row.Id);
        user.HasIndex(row => new { row.Role, row.OfficeCode });
    });
}
