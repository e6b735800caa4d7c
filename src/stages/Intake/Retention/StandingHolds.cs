using Homeward.Foundations.People;
using Homeward.Foundations.Storage;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Retention;

/// <summary>The holds that stand at an instant. A child's hold follows what people decided on who is the same as whom.</summary>
internal sealed class StandingHolds
{
    private readonly HashSet<(HoldOn On, Guid Subject)> _subjects;
    private readonly HashSet<PersonRecordId> _children;
    private readonly Persons _persons;

    private StandingHolds(IReadOnlyList<Hold> holds, Persons persons)
    {
        _subjects = [.. holds.Select(hold => (hold.On, hold.SubjectId))];
        _persons = persons;
        _children = [.. holds.Where(hold => hold.On == HoldOn.Child).Select(hold => persons.PersonOf(PersonRecordId.From(hold.SubjectId)))];
    }

    public static async Task<StandingHolds> AtAsync(HomewardDb db, DateTimeOffset now, CancellationToken cancel)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var holds = await db.Set<Hold>().AsNoTracking().Where(hold => hold.LiftedAt == null && (hold.Until == null || hold.Until >= today)).ToListAsync(cancel);
        return new StandingHolds(holds, holds.Exists(hold => hold.On == HoldOn.Child) ? await IdentityLedger.AsOfAsync(db, now, cancel) : Persons.Of([]));
    }

    /// <summary>Ids of all of a kind on which one lies: they are few.</summary>
    public IReadOnlyList<Guid> On(HoldOn on) => [.. _subjects.Where(one => one.On == on).Select(one => one.Subject)];

    /// <summary>Whether one lies on the record itself, or on a child with whom it has to do.</summary>
    public bool Cover(HoldOn on, Guid subject, IEnumerable<PersonRecordId> children) =>
        _subjects.Contains((on, subject)) || CoverChild(children);

    public bool CoverChild(IEnumerable<PersonRecordId> children) => _children.Count > 0 && children.Any(child => _children.Contains(_persons.PersonOf(child)));
}
