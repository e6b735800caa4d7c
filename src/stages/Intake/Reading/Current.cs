using Homeward.Exchange.CyberTips;
using Homeward.Intake.Model;

namespace Homeward.Intake.Reading;

/// <summary>What of a report stands: its newest version, and the newest print beside a form for programs. Neither hides what the other says.</summary>
/// <param name="Leading">Names the persons. A print never takes the place of what programs wrote.</param>
internal sealed record Current(ReportVersion Leading, ReportVersion? Print)
{
    public static Current Of(IReadOnlyCollection<ReportVersion> versions)
    {
        var print = versions.Where(row => row.Form == ReportForm.AgencyPdf).MaxBy(row => row.Version);
        return versions.Where(row => row.Form != ReportForm.AgencyPdf).MaxBy(row => row.Version) is { } leading ? new(leading, print) : new(print!, null);
    }

    public IEnumerable<ReportVersion> Versions => Print is null ? [Leading] : [Leading, Print];
}
