using Homeward.Exchange.CyberTips;
using Homeward.Intake.Model;

namespace Homeward.Intake.Reading;

/// <summary>What of a report stands: the newest version of each form. None hides what another says.</summary>
/// <param name="Leading">What agencies download for programs, for it alone has every layer; else what the provider sent; else the print.</param>
/// <param name="Beside">The newest of each other form.</param>
internal sealed record Current(ReportVersion Leading, IReadOnlyList<ReportVersion> Beside)
{
    private static readonly ReportForm[] _fullestFirst = [ReportForm.AgencyJson, ReportForm.ProviderXml, ReportForm.AgencyPdf];

    public static Current Of(IReadOnlyCollection<ReportVersion> versions)
    {
        var standing = Standing(versions, row => (row.Form, row.Version));
        return new(standing[0], standing.GetRange(1, standing.Count - 1));
    }

    /// <summary>Of one report's versions those that stand, the leading one first.</summary>
    public static List<T> Standing<T>(IEnumerable<T> versions, Func<T, (ReportForm Form, int Version)> of) =>
        [.. versions.GroupBy(one => of(one).Form).OrderBy(form => Array.IndexOf(_fullestFirst, form.Key)).Select(form => form.MaxBy(one => of(one).Version)!)];

    public IEnumerable<ReportVersion> Versions => Beside.Count == 0 ? [Leading] : [Leading, .. Beside];

    /// <summary>What the leading version says of it; where it says nothing, what another does.</summary>
    public T? Said<T>(Func<ReportVersion, T?> of) => of(Leading) is { } said ? said : Beside.Select(of).FirstOrDefault(one => one is not null);

    public bool Claims(Func<ReportVersion, bool> of) => of(Leading) || Beside.Any(of);
}
