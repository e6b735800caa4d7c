using Homeward.Exchange.Initiatives;
using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Foundations.Places;
using Homeward.Kernel;
using Homeward.Release;

namespace Homeward.Scenario.Cast;

/// <summary>After the last day: who is whom is settled, offices certify, the count is frozen, announcements are written, read, approved and published.</summary>
public sealed class PressRoom(Stagehand stage, Company company, InitiativePlan plan)
{
    private const int RoundsMax = 20;

    /// <summary>The national coordinator goes through what the program proposes, pair by pair.</summary>
    public async Task SettleIdentitiesAsync(CancellationToken cancel)
    {
        for (var round = 0; round < RoundsMax; round++)
        {
            var answer = await stage.DoAsync<ListProposals.Request, ListProposals.Page>(company.National, new(), cancel);
            if (!answer.TryGet(out var page, out _) || page.Rows.Count == 0) return;
            foreach (var row in page.Rows)
            {
                var isSame = Convinces(row.Why);
                await stage.DoAsync<DecideSame.Request, DecideSame.Receipt>(company.National, new(
                    row.Left.Id, row.Right.Id, isSame ? Judgement.Same : Judgement.NotSame,
                    isSame ? "The marks or the names and birth dates agree." : "Too little agrees."), cancel);
            }
        }
    }

    /// <summary>A print or a number that only one person has; or all of name and birth date, with nothing against it.</summary>
    private static bool Convinces(string why)
    {
        var lines = why.Split('\n');
        return lines.Any(line => line.StartsWith("for: an identifier is shared", StringComparison.Ordinal))
            || (lines.All(line => !line.StartsWith("against:", StringComparison.Ordinal))
                && new[] { "for: same given name", "for: same family name", "for: same birth date" }
                    .All(part => lines.Any(line => line.StartsWith(part, StringComparison.Ordinal))));
    }

    /// <summary>Every office says that its figures are in: what is not there is 0 from then on.</summary>
    public async Task CertifyAsync(CancellationToken cancel)
    {
        foreach (var coordinator in company.Coordinators.Values.GroupBy(one => one.Office).Select(group => group.First()))
            await stage.DoAsync<CertifyOffice.Request, Done>(coordinator, new(coordinator.Office, null, plan.Name), cancel);
        // An office that takes part with no task force has nobody to say so; the nation asks it and says it for it.
        foreach (var office in Gazetteer.Default.Offices.All.Where(office => office.IsOpenWithin(plan.From, plan.To) && company.TaskForceOf(office.Code) is null))
            await stage.DoAsync<CertifyOffice.Request, Done>(company.National, new(office.Code, null, plan.Name), cancel);
        await stage.DoAsync<CertifyOffice.Request, Done>(company.National, new(null, null, plan.Name), cancel);
    }

    /// <summary>The national announcement, then those of the offices whose partners the file names.</summary>
    public async Task AnnounceAsync(CancellationToken cancel)
    {
        var frozen = await stage.DoAsync<FreezeSnapshot.Request, FreezeSnapshot.Receipt>(company.PublicAffairs, new(plan.Name), cancel);
        if (!frozen.TryGet(out var snapshot, out _)) return;
        foreach (var office in plan.Offices)
        {
            // The national unit looks for an office that has no task force.
            var looks = company.Coordinators.Values.FirstOrDefault(one => one.Office == office.Code) ?? company.National;
            await stage.DoAsync<PreviewOffice.Request, PreviewOffice.Receipt>(looks, new(snapshot.Id, office.Code), cancel);
        }
        await AnnounceAsync(new DraftAnnouncement.Request(snapshot.Id), cancel);
        foreach (var office in plan.Offices.Where(office => office.Partners.Count > 0))
            await AnnounceAsync(new DraftAnnouncement.Request(snapshot.Id, office.Code), cancel);
    }

    private async Task AnnounceAsync(DraftAnnouncement.Request draft, CancellationToken cancel)
    {
        var drafted = await stage.DoAsync<DraftAnnouncement.Request, DraftAnnouncement.Receipt>(company.PublicAffairs, draft, cancel);
        if (!drafted.TryGet(out var announcement, out _)) return;
        var approved = await stage.DoAsync<ApproveAnnouncement.Request, ApproveAnnouncement.Receipt>(
            company.Counsel, new(announcement.Id, plan.Offices.Count == 0 ? "The file names no office whose lines could be previewed." : null), cancel);
        if (approved.IsDone)
            await stage.DoAsync<PublishAnnouncement.Request, PublishAnnouncement.Receipt>(company.PublicAffairs, new(announcement.Id), cancel);
    }
}
