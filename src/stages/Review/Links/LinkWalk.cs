using Homeward.Foundations.Storage;
using Homeward.Intake;
using Homeward.Review.Matching;

namespace Homeward.Review.Links;

/// <summary>Something by which two reports can be known to speak of the same thing.</summary>
internal readonly record struct Mark(string Kind, string Value);

/// <summary>One step of a walk: from a report, along what it shares, to another.</summary>
internal sealed record Step(ReportId From, string FromPath, Mark Along, ReportId To, string ToPath);

/// <summary>What a walk came upon.</summary>
/// <param name="Reports">Every report with the number of steps to it; the first is where the walk began.</param>
/// <param name="Threads">Marks that at least two reports share, with every report that holds them.</param>
/// <param name="Hubs">Marks that too many share, with where the walk met them: named, and not followed.</param>
/// <param name="IsCut">There is more than the walk was allowed to read.</param>
internal sealed record Neighbourhood(
    IReadOnlyDictionary<ReportId, int> Reports, IReadOnlyDictionary<Mark, IReadOnlyList<Sighting>> Threads,
    IReadOnlyList<(Mark Mark, string Path)> Hubs, IReadOnlyDictionary<ReportId, Step> CameBy, bool IsCut);

/// <summary>Walks from report to report along what they share: accounts, addresses, numbers, devices.</summary>
/// <remarks>
/// What very many hold (a shared address of a network, a throw-away mailbox) ties strangers together and would soon join
/// all reports to one: it is a hub, told and not followed. Places join nobody. Each step reads a few short index ranges,
/// however many reports there are.
/// </remarks>
internal sealed class LinkWalk(IIntake intake)
{
    /// <summary>An address of a network is shared sooner than an account or a line, for which the bound of matches holds.</summary>
    private const int AddressHoldersMax = 10;
    public const int ReportsMax = 200;

    public static int HolderLimit(string kind) => kind == "ip" ? AddressHoldersMax : MatchIndex.HoldersMax;

    /// <param name="steps">How far; 1 is what the report itself shares.</param>
    /// <param name="until">Ends the walk where it is reached; null to see all.</param>
    public async Task<Neighbourhood> FromAsync(HomewardDb db, ReportId start, int steps, ReportId? until, CancellationToken cancel)
    {
        var reports = new Dictionary<ReportId, int> { [start] = 0 };
        var threads = new Dictionary<Mark, IReadOnlyList<Sighting>>();
        var hubs = new List<(Mark, string)>();
        var cameBy = new Dictionary<ReportId, Step>();
        var met = new HashSet<Mark>();
        var isCut = false;
        List<ReportId> edge = [start];
        for (var step = 1; step <= steps && edge.Count > 0 && (until is null || !reports.ContainsKey(until.Value)); step++)
        {
            var next = new List<ReportId>();
            var gists = (await intake.ReportsAsync(db, edge, cancel)).ToDictionary(gist => gist.Id);
            foreach (var gist in edge.Where(gists.ContainsKey).Select(id => gists[id]))
            {
                var marks = gist.Identifiers.Where(one => one.Kind != "place").Select(one => (Mark: new Mark(one.Kind, one.Value), one.Path)).Where(one => met.Add(one.Mark)).ToList();
                // One question for all: a report that stands for many copies names thousands of accounts, and nobody else names most of them.
                var counts = await intake.HoldersAsync(db, [.. marks.Select(one => new HoldersAsked(one.Mark.Kind, one.Mark.Value, null, null, 2))], cancel);
                foreach (var (mark, path) in marks.Where((_, place) => counts[place] > 1))
                {
                    var holders = await intake.SightingsAsync(db, mark.Kind, mark.Value, HolderLimit(mark.Kind) + 1, cancel);
                    if (holders.Count > HolderLimit(mark.Kind))
                    {
                        hubs.Add((mark, path));
                        continue;
                    }
                    if (holders.Count < 2) continue;
                    threads[mark] = holders;
                    foreach (var holder in holders.Where(holder => !reports.ContainsKey(holder.Report)))
                    {
                        if (reports.Count >= ReportsMax)
                        {
                            isCut = true;
                            break;
                        }
                        reports[holder.Report] = step;
                        cameBy[holder.Report] = new Step(gist.Id, path, mark, holder.Report, holder.Path);
                        next.Add(holder.Report);
                    }
                }
            }
            edge = next;
        }
        return new Neighbourhood(reports, threads, hubs, cameBy, isCut);
    }
}
