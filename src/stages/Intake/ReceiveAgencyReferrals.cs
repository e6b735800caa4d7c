using System.ComponentModel.DataAnnotations;
using Homeward.Exchange.Referrals;
using Homeward.Foundations.Access;
using Homeward.Intake.Reading;
using Homeward.Kernel;

namespace Homeward.Intake;

/// <summary>Takes what agencies send of their own accord: a child found, a child at risk, a request for an operation.</summary>
public static class ReceiveAgencyReferrals
{
    public sealed record Request([Required, MaxLength(10_000)] IReadOnlyList<RawLine> Lines) : IRepeatable;

    internal sealed class Handler(DoorShelf shelf) : IHandle<Request, BatchReceipt>
    {
        public async Task<Result<BatchReceipt>> HandleAsync(Request request, Act act, CancellationToken cancel) =>
            await Doors.ReceiveAsync(act, shelf, "referral", AgencyReferrals.Json, request.Lines, referral => referral.Received, referral => (referral.Child, referral.Place), (referral, taken) => Doors.Of(
                act, DoorKind.AgencyReferral, referral.Number, About(referral.Kind), taken.At, imminent: false,
                callerNamed: true, referral.Ori, referral.Child, referral.Place, taken.Source), referral => referral.Note, cancel);

        private static string About(ReferralKind kind) => kind switch
        {
            ReferralKind.ChildFound => "child-found",
            ReferralKind.ChildAtRisk => "child-at-risk",
            ReferralKind.OperationRequest => "operation-request",
        };
    }
}
