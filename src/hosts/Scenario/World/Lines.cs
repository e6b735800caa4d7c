using System.Text;
using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Exchange.CyberTips.Json;
using Homeward.Exchange.CyberTips.Xml;
using Homeward.Exchange.Missing;
using Homeward.Exchange.Outcomes;
using Homeward.Exchange.Referrals;
using Homeward.Exchange.Tips;

namespace Homeward.Scenario.World;

/// <summary>Records as their senders write them, each with its path and the instant at which it arrives.</summary>
internal static class Lines
{
    public static Sent Of(MissingChildEntry entry) => new(RawFolder.MissingEntries, entry.Received, MissingChildEntries.Json.Line(entry));
    public static Sent Of(HotlineTip tip) => new(RawFolder.HotlineTips, tip.Received, HotlineTips.Json.Line(tip));
    public static Sent Of(AgencyReferral referral) => new(RawFolder.AgencyReferrals, referral.Received, AgencyReferrals.Json.Line(referral));
    public static Sent Of(ChildOutcome act) => new(RawFolder.Children, act.TypedAt, FieldOutcomes.Children.Line(act));
    public static Sent Of(AdultOutcome act) => new(RawFolder.Adults, act.TypedAt, FieldOutcomes.Adults.Line(act));
    public static Sent Of(ArrestOutcome act) => new(RawFolder.Arrests, act.TypedAt, FieldOutcomes.Arrests.Line(act));
    public static Sent Of(InvestigationOutcome act) => new(RawFolder.Investigations, act.TypedAt, FieldOutcomes.Investigations.Line(act));
    public static Sent Of(CourtOutcome act) => new(RawFolder.Courts, act.TypedAt, FieldOutcomes.Courts.Line(act));

    public static string Of(CyberTipReport report) => Encoding.UTF8.GetString(
        report.Form == ReportForm.ProviderXml ? CyberTipXmlWriter.Write(report) : CyberTipJsonWriter.Write(report));
}
