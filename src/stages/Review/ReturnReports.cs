using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Review.Deciding;
using Homeward.Review.NoNexus;

namespace Homeward.Review;

/// <summary>Returns reports without a nexus to the clearing house, or refers them to the police of another country: a person decides, one or many with one reason.</summary>
/// <remarks>
/// Which reports, the rule proposes (<c>no-nexus</c> in the table of rules); no report goes by itself. R-78 holds as for a dismissal:
/// what lies above the referral threshold goes alone and is read again by another, of the rest 2 in 100 by lot. From the decision on
/// the short term of <c>retain-no-nexus</c> runs. What goes together makes one package, which a person hands over: the house sends nothing.
/// </remarks>
public static class ReturnReports
{
    internal const int ToCharsMax = 200;
    public const string ClearingHouse = "NCMEC";

    /// <param name="To">For a referral: the country, and its office if known. A return goes to the clearing house.</param>
    public sealed record Request(
        [Required, MinLength(1), MaxLength(DismissReports.ReportsMax)] IReadOnlyList<ReportId> Reports, NexusWay Way,
        [Required, MinLength(3), MaxLength(4000)] string Reason, [MaxLength(ToCharsMax)] string? To = null);

    /// <param name="Refused">Above the referral threshold, with a nexus, or at work at somebody else's: they stay.</param>
    /// <param name="SecondReadings">How many are read again by another.</param>
    /// <param name="Package">What is to be handed over; null when every report was refused.</param>
    public sealed record Receipt(int Sent, IReadOnlyList<ReportId> Refused, int SecondReadings, NexusWay Way, NexusPackageId? Package);

    internal sealed class Handler(SettingAside aside, PackageBook packages) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var to = request.Way == NexusWay.Returned ? ClearingHouse : request.To?.Trim();
            if (string.IsNullOrEmpty(to)) return Problem.Invalid("no-receiver", "To which country it is referred is not said.", "Name the country, and its office if you know it.");
            var chosen = await SettingAside.ChosenAsync(act, request.Reports, cancel);
            if (chosen.Count == 0) return Problem.Missing("There are no such reports for you.");
            var kind = request.Way == NexusWay.Returned ? AsideKind.Return : AsideKind.Refer;
            var (isBulk, readings, refused, sent) = (SettingAside.IsBulk(kind, request.Reports), 0, new List<ReportId>(), new List<QueueItem>());
            foreach (var one in chosen)
            {
                if (one.WhyNot(kind, isBulk, act) is not null)
                {
                    refused.Add(one.Item.Id);
                    continue;
                }
                if (await aside.DismissAsync(act, one, request.Reason, cancel)) readings++;
                (one.Item.NexusWay, one.Item.NexusTo) = (request.Way, to);
                act.Trace("report", one.Item.Id.Value, $"nexus={request.Way}");
                sent.Add(one.Item);
            }
            var package = sent.Count == 0 ? null : await packages.MakeAsync(act, request.Way, to, request.Reason, sent, cancel);
            return new Receipt(sent.Count, refused, readings, request.Way, package?.Id);
        }
    }
}
