using Homeward.Foundations.Access;
using Homeward.Foundations.Work;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.NoNexus;

/// <summary>Tells whoever decided and those who lead that a package lies in the house past its day. It hands nothing over.</summary>
internal sealed class WarnOfPackages : ISchedule
{
    private const int BatchMax = 500;

    public string Name => "review-warn-of-packages";
    /// <summary>The clock is counted in days.</summary>
    public TimeSpan Every => TimeSpan.FromHours(4);

    public async Task<Turn> RunAsync(Act act, CancellationToken cancel)
    {
        var late = await act.Db.Set<NexusPackage>().Where(row => row.State == NexusPackageState.Waiting && !row.ToldLate && row.DueAt <= act.Now)
            .OrderBy(row => row.DueAt).ThenBy(row => row.Id).Take(BatchMax).ToListAsync(cancel);
        foreach (var package in late)
        {
            (package.ToldLate, package.Revision) = (true, act.Ids.Next());
            act.Trace("nexus-package", package.Id.Value, "told-late");
            Notices.Leave(act, new NoticeTo(User: package.DecidedBy), "package-late", $"/review/packages/{package.Id}");
            Notices.Leave(act, new NoticeTo(Role.Supervisor), "package-late", $"/review/packages/{package.Id}");
        }
        return Turns.After(late.Count, BatchMax);
    }
}
