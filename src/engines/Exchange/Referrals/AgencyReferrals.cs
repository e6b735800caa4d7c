using Homeward.Exchange.Lines;

namespace Homeward.Exchange.Referrals;

/// <summary>What agencies send to the house on their own account.</summary>
public static class AgencyReferrals
{
    /// <summary><c>referrals/agency.jsonl</c>.</summary>
    public static JsonLineFormat<AgencyReferral> Json { get; } = new(
        static row => new AgencyReferral(
            row.RequiredInstant("received"), row.Required("number"), row.RequiredOri("ori"),
            row.RequiredWord<ReferralKind>("kind"), row.Person("child"), row.Place("place"), row.Text("note")),
        static (json, referral) =>
        {
            json.Instant("received", referral.Received);
            json.WriteString("number", referral.Number);
            json.WriteString("ori", referral.Ori);
            json.Word<ReferralKind>("kind", referral.Kind);
            json.Person("child", referral.Child);
            json.Place("place", referral.Place);
            json.Text("note", referral.Note);
        });
}
