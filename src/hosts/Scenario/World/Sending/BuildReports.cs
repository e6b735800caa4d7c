using Homeward.Exchange.CyberTips;
using Homeward.Kernel;
using Homeward.Scenario.World.Plan;
using Homeward.Scenario.World.Truth;

namespace Homeward.Scenario.World.Sending;

/// <summary>Plans every sending of a report: the few that mean a child at risk, and the many that do not.</summary>
internal sealed class BuildReports(WorldPlan plan, WorldTruth truth)
{
    private const long NoiseIndex = 10_000_000;
    private const double RepeatShare = 0.02, CorrectedShare = 0.008, MalformedShare = 0.001, LateShare = 0.04, WrongZoneShare = 0.02;
    private const int MalformedMin = 6, ViralEventSize = 400;

    private static readonly (ReportKind Kind, double UpTo)[] Noise =
        [(ReportKind.Foreign, 0.34), (ReportKind.NoPerson, 0.54), (ReportKind.Viral, 0.70), (ReportKind.Namesake, 0.73), (ReportKind.NotMissing, 1)];

    private readonly Dice _dice = Dice.Of(plan.Seed).For("reports");

    public List<ReportPlan> Build()
    {
        var reports = new List<ReportPlan>(plan.Reports + (plan.Reports / 20));
        foreach (var child in truth.Children)
            foreach (var evidence in child.Evidence)
                Send(reports, Planned(evidence.Number, evidence.ArrivesAt, ReportKind.Evidence, evidence.Dice) with { Child = child, Evidence = evidence });

        var noise = Math.Max(0, plan.Reports - reports.Select(report => report.Number).Distinct().Count());
        var malformed = Math.Min(noise, Math.Max(MalformedMin, (int)(noise * MalformedShare)));
        for (var n = 0; n < noise; n++) Send(reports, OfNobody(n, malformed: n < malformed));

        Count("reportsRepeated", report => report.Manner == Manner.Repeat);
        Count("reportsCorrected", report => report.Manner == Manner.Corrected);
        Count("reportsMalformed", report => report.Manner == Manner.Malformed);
        Count("reportsLate", report => report.ArrivesAt - report.HappenedAt > TimeSpan.FromDays(3));
        Count("reportsWrongZone", report => report.HasWrongZone);
        Count("reportsNamesake", report => report.Kind == ReportKind.Namesake);
        Count("reportsViral", report => report.Kind == ReportKind.Viral);
        Count("reportsCityWithoutState", report => report.Evidence?.Place == PlaceTelling.CityAlone);
        Count("reportsDayAndMonthSwapped", report =>
            report.Evidence?.Telling == Telling.DateSwapped && PartialDate.Of(report.Child!.Person.Born).TrySwap(out _));
        Count("reportsUnderAlias", report => report.Evidence?.Telling == Telling.Alias);
        return reports;

        void Count(string trap, Predicate<ReportPlan> is_) => truth.Traps[trap] = reports.Count(report => is_(report));
    }

    private ReportPlan OfNobody(int n, bool malformed)
    {
        var dice = _dice.For("noise", n);
        var at = plan.Begins + ((plan.Ends - plan.Begins) * dice.Unit("arrives"));
        // Fewer by night, as people sleep: of those between 4 and 10 UTC one in two comes in the afternoon.
        if (at.Hour is >= 4 and < 10 && dice.Chance(0.5, "by day")) at = at.AddHours(12) < plan.Ends ? at.AddHours(12) : at;
        var drawn = dice.Unit("kind");
        var kind = Array.Find(Noise, share => drawn < share.UpTo).Kind;
        if (kind == ReportKind.Namesake && truth.Entries.Count == 0) kind = ReportKind.NotMissing;
        return Planned(Numbers.Report(_dice, NoiseIndex + n), Seconds(at), kind, dice) with
        {
            Manner = malformed ? Manner.Malformed : Manner.Plain,
            Namesake = kind == ReportKind.Namesake ? dice.Pick(truth.Entries, "namesake") : null,
            Bundle = kind == ReportKind.Viral ? dice.Below(1 + (plan.Reports / ViralEventSize), "bundle") : 0,
        };
    }

    private static ReportPlan Planned(string number, DateTimeOffset at, ReportKind kind, Dice dice)
    {
        var late = dice.Chance(LateShare, "late");
        return new(number, at, dice.Chance(0.5, "form") ? ReportForm.ProviderXml : ReportForm.AgencyJson, kind, Manner.Plain, dice)
        {
            HappenedAt = Seconds(at - (late ? TimeSpan.FromDays(dice.Within(3.1, 20, "ago")) : TimeSpan.FromHours(dice.Within(0.2, 40, "ago")))),
            HasWrongZone = dice.Chance(WrongZoneShare, "zone"),
        };
    }

    /// <summary>The report, and where the lot says so the same number again.</summary>
    private void Send(List<ReportPlan> reports, ReportPlan report)
    {
        reports.Add(report);
        if (report.Manner == Manner.Malformed) return;
        if (report.Dice.Chance(RepeatShare, "repeat"))
            Again(Manner.Repeat, report.Dice.Within(1, 50, "repeated after"));
        else if (report.Dice.Chance(CorrectedShare, "corrected"))
            Again(Manner.Corrected, report.Dice.Within(3, 90, "corrected after"));

        void Again(Manner manner, double hours)
        {
            var at = Seconds(report.ArrivesAt.AddHours(hours));
            if (at < plan.LastSend) reports.Add(report with { ArrivesAt = at, Manner = manner });
        }
    }

    private static DateTimeOffset Seconds(DateTimeOffset at) =>
        new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
