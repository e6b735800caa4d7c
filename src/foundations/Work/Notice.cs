using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.Work;

/// <summary>Something that people must be told: to a role, at an office or task force, or to one person. Codes only, no case text.</summary>
public sealed class Notice
{
    public required Guid Id { get; init; }
    public Role? Role { get; init; }
    public string? OfficeCode { get; init; }
    public string? TaskForce { get; init; }
    public UserId? User { get; init; }
    /// <summary>What happened: <c>referral-joined</c>, <c>event-conflict</c>.</summary>
    public required string Code { get; init; }
    /// <summary>Where it is seen: <c>/referral/…id…</c>.</summary>
    public required string Link { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? SeenAt { get; set; }
    public UserId? SeenBy { get; set; }
}

/// <summary>Whom a notice is for. At least one part is set; all that are set must fit.</summary>
public sealed record NoticeTo(Role? Role = null, string? Office = null, string? TaskForce = null, UserId? User = null);

/// <summary>Leaves notices inside an act, and finds those of a person.</summary>
public static class Notices
{
    public static void Leave(Act act, NoticeTo to, string code, string link)
    {
        Ensure.That(to is not { Role: null, Office: null, TaskForce: null, User: null });
        act.Db.Add(new Notice
        {
            Id = act.Ids.Next(), Role = to.Role, OfficeCode = to.Office, TaskForce = to.TaskForce, User = to.User, Code = code,
            Link = link, At = act.Now,
        });
    }

    /// <summary>The notices that the person has not seen.</summary>
    public static IQueryable<Notice> UnseenBy(HomewardDb db, Actor actor) => db.Set<Notice>().Where(row => row.SeenAt == null
        && (row.User == null || row.User == actor.Id) && (row.Role == null || row.Role == actor.Role)
        && (row.OfficeCode == null || row.OfficeCode == actor.Office) && (row.TaskForce == null || row.TaskForce == actor.TaskForce));

    /// <summary>Whether the notice is for the person.</summary>
    public static bool IsFor(this Notice notice, Actor actor) =>
        (notice.User is null || notice.User == actor.Id) && (notice.Role is null || notice.Role == actor.Role)
        && (notice.OfficeCode is null || notice.OfficeCode == actor.Office) && (notice.TaskForce is null || notice.TaskForce == actor.TaskForce);

    /// <summary>A notice in the words of the one who reads it.</summary>
    public static string Words(string code) => code switch
    {
        "passkeys-replaced" => "A person joined anew by an invitation, and the passkeys from before are gone",
        "referral-sent" => "A referral was sent to you",
        "referral-joined" => "Another report on the same child joined a referral",
        "referral-joined-current-abuse" => "A report that joined a referral says that the abuse goes on",
        "referral-returned" => "A referral came back with a reason",
        "referral-with-nation" => "A referral went to the national unit",
        "referrals-with-nation" => "Many referrals went to the national unit: nobody answered in time",
        "referral-withdrawn" => "The lead of a referral no longer holds",
        "referral-lead-grew" => "A lead that you referred says more now than what was sent of it: refer it again, and it joins",
        "referral-moved" => "A referral follows the change of territory",
        "event-conflict" => "Another event is at the same place and time, or about the same subject",
        "event-contacts" => "Whom to call about a conflict",
        "event-moved" => "An event with which yours met was moved or called off",
        "conflict-settled" => "A conflict was settled",
        "approval-lapsed" => "An operation changed and must be approved again",
        "place-disputed" => "Two sources disagree on an operation's place",
        "queue-handed-over" => "A colleague handed reports over to you",
        "task-given" => "A task was given to you",
        "task-late" => "A task is late",
        "tasks-late" => "Many tasks are late",
        "task-lead-ended" => "A lead ended on which tasks are open",
        "request-due" => "The clock of a request for records runs out soon",
        "request-late" => "The clock of a request for records has run out",
        "requests-due" => "The clocks of many requests for records run out soon",
        "requests-late" => "The clocks of many requests for records have run out",
        "request-lead-ended" => "A lead ended on which a request for records is open",
        "package-late" => "A package of reports of no nexus lies in the house past its day",
        "packages-late" => "Many packages of reports of no nexus lie in the house past their day",
        "exigency" => "A hard stop was passed in an emergency",
        _ => code,
    };
}

internal sealed class NoticeStorage : IStoragePart
{
    public void Shape(ModelBuilder model) => model.Entity<Notice>(notice =>
    {
        notice.ToTable("notices");
        notice.HasKey(row => row.Id);
        notice.HasIndex(row => new { row.TaskForce, row.OfficeCode, row.At }).HasFilter("seen_at IS NULL");
    });
}
