using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Review.Deciding;

namespace Homeward.Review;

/// <summary>What would happen to each of several reports that somebody means to dismiss or to park with one reason, before anything does.</summary>
/// <remarks>Judged by the rule by which the act judges. It does not say which ones the lot draws for a second reading: nobody may try.</remarks>
public static class PreviewAside
{
    /// <summary>As many as stand on two pages of the queue, and as an address holds.</summary>
    internal const int ReportsMax = 100;

    public sealed record Request([Required, MinLength(1), MaxLength(ReportsMax)] IReadOnlyList<ReportId> Reports, AsideKind Does);

    /// <param name="MatchesThatFall">Undecided matches that a dismissal takes along.</param>
    /// <param name="LeftOut">Why it stays as it is; null when it does not.</param>
    public sealed record Row(
        ReportId Id, string Number, double Risk, string? FirstReason, string? Place, QueueState State, int MatchesThatFall, AsideBar? LeftOut);

    public sealed record Page(AsideKind Does, IReadOnlyList<Row> Rows);

    internal sealed class Handler : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var chosen = await SettingAside.ChosenAsync(act, request.Reports, cancel);
            if (chosen.Count == 0) return Problem.Missing("There are no such reports for you.");
            foreach (var one in chosen) act.Trace("report", one.Item.Id.Value, $"preview;does={request.Does}");
            var isBulk = SettingAside.IsBulk(request.Does, request.Reports);
            return new Page(request.Does, [.. chosen
                .Select(one => new Row(
                    one.Item.Id, one.Item.Number, one.Item.Risk, one.Item.ReasonList is [var first, ..] ? first : null, one.Item.Place, one.Item.State,
                    request.Does == AsideKind.Park ? 0 : one.Undecided.Count, one.WhyNot(request.Does, isBulk, act)))
                .OrderByDescending(row => row.Risk).ThenBy(row => row.Number, StringComparer.Ordinal)]);
        }
    }
}
