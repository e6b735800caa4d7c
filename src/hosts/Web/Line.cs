using Homeward.Care;
using Homeward.Foundations.Access;
using Homeward.Intake;
using Homeward.Operations;
using Homeward.Outcomes;
using Homeward.Referral;
using Homeward.Release;
using Homeward.Review;

namespace Homeward.Web;

/// <summary>The seven stages in their order: the one way through the house.</summary>
public static class Line
{
    public static IReadOnlyList<IStage> Stages { get; } =
    [
        new IntakeStage(), new ReviewStage(), new ReferralStage(), new OperationsStage(), new OutcomesStage(), new CareStage(), new ReleaseStage(),
    ];
}
