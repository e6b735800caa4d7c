using Homeward.Foundations.Access;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.Work;

/// <summary>Of many things that became due at once people are told in one notice, which leads to the list of them.</summary>
/// <remarks>After a night in which nobody was there a thousand single notices would hide all others.</remarks>
internal static class ManyNotices
{
    /// <summary>So many of one kind are told one by one.</summary>
    public const int SinglesMax = 10;

    /// <summary>Where those of a kind are listed, by the code of one of them; of other kinds each is told.</summary>
    private static readonly Dictionary<string, (string Code, string List)> _many = new(StringComparer.Ordinal)
    {
        ["referral-with-nation"] = ("referrals-with-nation", "/referral"),
        ["request-due"] = ("requests-due", "/review/casework?mine=true"),
        ["request-late"] = ("requests-late", "/review/casework?late=true"),
        ["task-late"] = ("tasks-late", "/review/casework?late=true"),
        ["package-late"] = ("packages-late", "/review/packages"),
    };

    /// <summary>Puts one notice in the place of many that an act leaves to the same people. While they have not seen it, it stands for those of later acts too.</summary>
    public static async Task GatherAsync(Act act, CancellationToken cancel)
    {
        var left = act.Db.Tracked<Notice>().Where(row => act.Db.Entry(row).State == EntityState.Added && _many.ContainsKey(row.Code)).ToList();
        foreach (var group in left.GroupBy(row => new { row.Role, row.OfficeCode, row.TaskForce, row.User, row.Code }))
        {
            var ((code, list), to) = (_many[group.Key.Code], group.Key);
            var isTold = await act.Db.Set<Notice>().AnyAsync(
                row => row.SeenAt == null && row.Code == code && row.Role == to.Role && row.OfficeCode == to.OfficeCode && row.TaskForce == to.TaskForce && row.User == to.User, cancel);
            if (!isTold && group.Count() <= SinglesMax) continue;
            act.Db.RemoveRange(group);
            if (!isTold) Notices.Leave(act, new NoticeTo(to.Role, to.OfficeCode, to.TaskForce, to.User), code, list);
        }
    }
}
