using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Homeward.Exchange;
using Homeward.Exchange.Alerts;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Intake.Alerts;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>Takes AMBER alerts in CAP 1.2: alerts, updates, cancels. The house records them and their issuer; it never issues one.</summary>
/// <remarks>
/// Each message is kept byte for byte; the newest by its own time says how the alert stands, whatever order they come in. One that
/// answers several alerts applies to each of them, and makes one of none: each keeps its own child and its own decision.
/// None of them touches an entry: to which child an alert belongs, and whether a cancel means that the child was located, a person decides.
/// </remarks>
public static class ReceiveAlerts
{
    internal const int OriginalsMax = 1_000;

    /// <summary>The year of CAP's first draft: a clock that runs from before it was never set.</summary>
    private static readonly DateTimeOffset _firstCap = new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);
    /// <summary>How far ahead of ours an issuer's clock may run; the newest message says how an alert stands, and one of next year would say it for a year.</summary>
    private static readonly TimeSpan _clockLeadMax = TimeSpan.FromHours(1);

    public sealed record Request([Required, MaxLength(OriginalsMax)] IReadOnlyList<RawOriginal> Originals) : IRepeatable;

    /// <summary>What became of one message.</summary>
    /// <param name="Id">Null when it was rejected; then the first fault is told.</param>
    /// <param name="Counts">Whether this house acts on it: an exercise on exercises, any other on actual alerts alone.</param>
    /// <param name="Unknown">Paths of what CAP does not name: kept, and read by nobody.</param>
    public sealed record Told(
        string Path, ReceivePackage.Became Became, AlertId? Id, string Status, string Kind, bool Counts, IReadOnlyList<string> Unknown, int Line, int Column,
        string? Field, string? Reason, string? Mend)
    {
        /// <summary>The fault of what was rejected.</summary>
        public Rejection Fault() => new(Line, Column, Field ?? "", Reason ?? "", Mend ?? "");
    }

    public sealed record Receipt(int New, int Versions, int Repeats, int Rejected, IReadOnlyList<Told> Told);

    internal sealed class Handler(Envelope envelope, AlertShelf shelf) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var (told, rejected, touched) = (new List<Told>(), new List<RejectedRecord>(), new HashSet<AlertId>());
            foreach (var original in request.Originals)
            {
                var sha256 = Convert.ToHexStringLower(SHA256.HashData(original.Bytes));
                var parsed = CapXml.Read(original.Bytes);
                if (!parsed.TryGet(out var alert, out var faults))
                {
                    Reject(original, sha256, faults);
                    continue;
                }
                if (alert.Key.SentAt < _firstCap || alert.Key.SentAt > act.Now + _clockLeadMax)
                {
                    Reject(original, sha256, [At(alert, "/alert/sent[1]", "lies in the future, or before there was CAP", "send it with the time of its issue and the zone")]);
                    continue;
                }
                var put = await shelf.PutAsync(act, alert, original, sha256, cancel);
                if (!put.TryGet(out var place, out var problem))
                {
                    Reject(original, sha256, [At(alert, problem.Kind == ProblemKind.Conflict ? "/alert/identifier[1]" : "/alert/references[1]", problem.What, problem.Mend)]);
                    continue;
                }
                if (place.Became != ReceivePackage.Became.Repeat) touched.UnionWith(place.Alerts.Select(one => one.Id));
                told.Add(new(
                    original.Path, place.Became, place.Alert.Id, alert.Status.ToString(), alert.Kind.ToString(), shelf.Counts(alert.Status),
                    [.. alert.Unknown.Select(value => value.Path)], 0, 0, null, null, null));
            }
            await Rejects.KeepAsync(act, envelope, rejected, cancel);
            await shelf.AskForEntriesAsync(act, touched, cancel);
            var receipt = new BatchReceipt(Of(ReceivePackage.Became.New), Of(ReceivePackage.Became.Version), Of(ReceivePackage.Became.Repeat), rejected.Count);
            Rejects.Count(act, "alert", receipt);
            return new Receipt(receipt.New, receipt.Versions, receipt.Repeats, receipt.Rejected, told);

            static Rejection At(CapAlert alert, string path, string reason, string mend) => new(alert.Values.First(value => value.Path == path).Line, 0, path, reason, mend);

            int Of(ReceivePackage.Became became) => told.Count(one => one.Became == became);

            void Reject(RawOriginal original, string sha256, IReadOnlyList<Rejection> faults)
            {
                rejected.Add(new("alert", original.Path, sha256, original.Bytes, faults));
                told.Add(new(original.Path, ReceivePackage.Became.Rejected, null, "", "", false, [],
                    faults[0].Line, faults[0].Column, faults[0].Field, faults[0].Reason, faults[0].Mend));
            }
        }
    }
}
