using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Cryptography;
using Homeward.Exchange;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Providers;

/// <summary>Does what providers call for, some hundred calls in one transaction: all of them share its sync to the disk.</summary>
/// <remarks>
/// The calls are taken in their order, each as if it were alone. A report that is finished goes on as an imported one
/// does (<see cref="ReceiveReports"/>), in the same transaction, so that it is in the house exactly when its sender has a receipt.
/// The calls of several accounts stand in one act; the trace names the account, the code and the Request-ID of each.
/// </remarks>
internal static class TakeCalls
{
    public const int CallsMax = 256;
    /// <summary>So that an entry of the trace stays a short row.</summary>
    private const int CallsPerEntryMax = 64;

    public sealed record Request([Required, MaxLength(CallsMax)] IReadOnlyList<LineCall> Calls);

    /// <param name="Answers">In the order of the calls.</param>
    public sealed record Receipt(IReadOnlyList<LineAnswer> Answers);

    internal sealed class Handler(Envelope envelope, ReceiveReports.Handler reports) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var desk = await SubmissionDesk.OpenAsync(act, envelope, request.Calls, cancel);
            var answers = request.Calls.Select(desk.Take).ToList();
            Trace(act, request.Calls.Zip(answers));
            await desk.StoreAsync(reports, cancel);
            return new Receipt(answers);
        }

        /// <summary>Calls of one account that had one answer share an entry, which names each: docs/decisions/0018.</summary>
        private static void Trace(Act act, IEnumerable<(LineCall Call, LineAnswer Answer)> taken)
        {
            foreach (var alike in taken.GroupBy(one => (one.Call.Account.Id, one.Call.Name, one.Answer.Code), one => one.Call.RequestId))
            {
                var (account, call, code) = alike.Key;
                foreach (var requests in alike.Chunk(CallsPerEntryMax))
                    act.Trace("provider-account", account, string.Create(CultureInfo.InvariantCulture, $"call={call};code={code};request={string.Join(',', requests)}"));
            }
        }
    }

    /// <summary>The reports that a batch of calls is about, while they are taken.</summary>
    /// <param name="told">All that was said of their files, of each oldest first.</param>
    private sealed class SubmissionDesk(
        Act act, Envelope envelope, Dictionary<long, Submission> known, Dictionary<long, List<SubmissionFile>> files, List<FileDetails> told)
    {
        private static readonly BulkTable _submissions = new(
            "submissions", "id", "number", "account_id", "state", "is_batched", "opened_at", "opened_on", "deadline_at", "sha256", "bytes", "sealed",
            "warnings", "remote", "request_id");
        private static readonly BulkTable _refused = new(
            "refused_calls", "id", "account_id", "at", "refused_on", "call", "code", "number", "request_id", "remote", "faults", "calls", "reason", "sha256", "sealed");

        private readonly List<object?[]> _opened = [];
        private readonly List<object?[]> _refusals = [];
        private readonly List<(Guid Row, int Times, object?[] AsFirst)> _counted = [];
        private readonly List<(Submission Submission, ProviderAccount Account)> _finished = [];
        private readonly string _today = Days.Utc(act.Now);
        private readonly DateTimeOffset _endingNow = act.Clock.EndingNow();

        public static async Task<SubmissionDesk> OpenAsync(Act act, Envelope envelope, IReadOnlyList<LineCall> calls, CancellationToken cancel)
        {
            var numbers = calls.Select(call => call.About).OfType<long>().Distinct().Order().ToArray();
            if (numbers.Length == 0) return new(act, envelope, [], [], []);
            // Locked in one order: two nodes that are called about the same reports wait for each other and never cross.
            var rows = act.Db.IsSqlite
                ? act.Db.Set<Submission>().Where(row => numbers.Contains(row.Number))
                : act.Db.Set<Submission>().FromSql($"SELECT * FROM submissions WHERE number = ANY ({numbers}) ORDER BY number FOR UPDATE");
            var known = await rows.ToDictionaryAsync(row => row.Number, cancel);
            var files = (await act.Db.Set<SubmissionFile>().Where(row => numbers.Contains(row.Number)).OrderBy(row => row.ReceivedAt).ThenBy(row => row.Id)
                .ToListAsync(cancel)).GroupBy(row => row.Number).ToDictionary(group => group.Key, group => group.ToList());
            return new(act, envelope, known, files, files.Count == 0 ? [] : [.. await ProviderFiles.ToldAsync(act.Db.Set<FileDetails>(), [.. files.Keys], cancel)]);
        }

        public LineAnswer Take(LineCall call)
        {
            if (call is SubmitCall submit) return Open(submit);
            if (call is RefusedAtDoor refused)
            {
                if (refused.CountedAs is { } row) _counted.Add((row, refused.Times, Refusal(row, refused, refused.Number, refused.Answer, refused.Faults, refused.Document, refused.Times)));
                else Refuse(refused, refused.Number, refused.Answer, refused.Faults, refused.Document);
                return refused.Answer;
            }
            var submission = known.GetValueOrDefault(call.About!.Value);
            if (SubmissionLife.Refusal(submission, call.Account.Id, _endingNow) is { } code)
            {
                // Past its deadline it is gone, whether or not the schedule has come by.
                if (submission?.IsOverdue(_endingNow) == true) End(submission, SubmissionState.Expired);
                return Refuse(call, call.About, new LineAnswer(code));
            }
            return call switch
            {
                UploadCall upload => Upload(submission!, upload),
                DescribeCall describe => Describe(submission!, describe),
                FinishCall => Finish(submission!, call),
                RetractCall => Retract(submission!),
                _ => throw new BrokenInvariantException($"a call of {call.GetType().Name}"),
            };
        }

        private LineAnswer Open(SubmitCall call)
        {
            _opened.Add([
                call.Id, call.Number, call.Account.Id, nameof(SubmissionState.Open), call.IsBatched, act.Now, _today, SubmissionLife.Deadline(act.Now, act.Now),
                call.Sha256, call.Bytes, call.Sealed, call.Warnings, call.Remote, call.RequestId,
            ]);
            return new LineAnswer(LineCode.Success, Number: call.Number);
        }

        private LineAnswer Upload(Submission submission, UploadCall call)
        {
            var file = new SubmissionFile
            {
                Id = call.FileId, Number = submission.Number, Blob = call.Blob.Name, Sha256 = call.Blob.Sha256, Md5 = call.Md5, Bytes = call.Blob.Bytes,
                MediaType = call.MediaType, RecipientThumbprint = call.Blob.Recipient, ReceivedAt = act.Now, ReceivedOn = _today, RequestId = call.RequestId,
                Remote = call.Remote, SealedName = call.SealedName,
            };
            act.Db.Add(file);
            if (!files.TryGetValue(submission.Number, out var list)) files[submission.Number] = list = [];
            list.Add(file);
            Touch(submission);
            return new LineAnswer(LineCode.Success, Number: submission.Number, File: file.Id, Hash: file.Md5);
        }

        /// <summary>Of several descriptions of a file the newest counts, and all are kept. The same one again is a client that heard no answer.</summary>
        private LineAnswer Describe(Submission submission, DescribeCall call)
        {
            var file = FilesOf(submission).FirstOrDefault(one => StrongId.Text(one.Id) == call.FileId);
            if (file is null) return Refuse(call, submission.Number, new LineAnswer(LineCode.FileDoesNotExist), document: call.Document);
            if (submission.IsBatched && call.OfBatch.Count > 0)
                return Refuse(call, submission.Number, LineAnswer.Faulty(LineCode.ValidationFailed, [.. call.OfBatch.Select(one => one.Fault)]), call.OfBatch.Count, call.Document);
            var sha256 = Convert.ToHexStringLower(SHA256.HashData(call.Document));
            var last = told.FindLast(one => one.FileId == file.Id);
            if (last?.Sha256 != sha256)
            {
                var turn = (last?.Turn ?? 0) + 1;
                var details = new FileDetails
                {
                    FileId = file.Id, Turn = turn, Number = submission.Number, ReceivedAt = act.Now, RequestId = call.RequestId, Remote = call.Remote, Sha256 = sha256,
                    Sealed = envelope.Seal(SubmissionContent.Purpose, SubmissionContent.OfDetails(file.Id, turn), call.Document),
                };
                act.Db.Add(details);
                told.Add(details);
            }
            if (call.Warnings.Length > 0) submission.Warnings = string.Join('\n', new[] { submission.Warnings, call.Warnings }.Where(text => text.Length > 0));
            Touch(submission);
            return new LineAnswer(LineCode.Success, Number: submission.Number);
        }

        private LineAnswer Finish(Submission submission, LineCall call)
        {
            var uploaded = FilesOf(submission);
            if (submission.IsBatched && uploaded.Count != 1)
            {
                return Refuse(call, submission.Number, LineAnswer.Faulty(LineCode.ValidationFailed,
                    [new(0, 0, "", $"A batched report has exactly one file; this one has {uploaded.Count}", "retract it and send it anew")]), 1);
            }
            var answer = new LineAnswer(LineCode.Success, Number: submission.Number, Done: [.. uploaded.Select(file => file.Id)]);
            (submission.State, submission.EndedAt) = (SubmissionState.Finished, act.Now);
            (submission.Receipt, submission.ReceiptRequestId) = (answer.ToXml(), call.RequestId);
            _finished.Add((submission, call.Account));
            return answer;
        }

        private LineAnswer Retract(Submission submission)
        {
            End(submission, SubmissionState.Retracted);
            return new LineAnswer(LineCode.Success, Number: submission.Number);
        }

        private void Touch(Submission submission) => submission.DeadlineAt = SubmissionLife.Deadline(submission.OpenedAt, act.Now);

        private void End(Submission submission, SubmissionState state) => SubmissionEnd.Take(act, submission, FilesOf(submission), told.Where(one => one.Number == submission.Number), state);

        private List<SubmissionFile> FilesOf(Submission submission) => files.GetValueOrDefault(submission.Number) ?? [];

        private LineAnswer Refuse(LineCall call, long? number, LineAnswer answer, int faults = 1, byte[]? document = null)
        {
            _refusals.Add(Refusal(act.Ids.Next(), call, number, answer, faults, document, calls: 1));
            return answer;
        }

        private object?[] Refusal(Guid id, LineCall call, long? number, LineAnswer answer, int faults, byte[]? document, int calls)
        {
            var lines = (answer.Description ?? LineCode.Description(answer.Code)).Split('\n');
            return
            [
                id, call.Account.Id, act.Now, _today, call.Name, answer.Code, number, call.RequestId, call.Remote, faults, calls, lines.Length > 1 ? lines[1] : lines[0],
                document is null ? null : Convert.ToHexStringLower(SHA256.HashData(document)),
                document is null ? null : envelope.SealDocument(SubmissionContent.OfRefused(id), document),
            ];
        }

        public async Task StoreAsync(ReceiveReports.Handler reports, CancellationToken cancel)
        {
            if (_opened.Count > 0) await _submissions.WriteLastAsync(act.Db, _opened, cancel);
            await CountAsync(cancel);
            if (_refusals.Count > 0) await _refused.WriteLastAsync(act.Db, _refusals, cancel);
            if (_finished.Count > 0) await HandOnAsync(reports, cancel);
        }

        /// <summary>To the row of those alike; the first makes it.</summary>
        private async Task CountAsync(CancellationToken cancel)
        {
            foreach (var (row, times, asFirst) in _counted)
            {
                var added = await act.Db.Set<RefusedCall>().Where(one => one.Id == row).ExecuteUpdateAsync(set => set.SetProperty(one => one.Calls, one => one.Calls + times), cancel);
                if (added == 0) _refusals.Add(asFirst);
            }
        }

        /// <summary>From here on it is a report like any other.</summary>
        private async Task HandOnAsync(ReceiveReports.Handler reports, CancellationToken cancel)
        {
            var said = told.ToLookup(one => one.FileId);
            var originals = _finished.ConvertAll(one => new RawOriginal(
                $"{SubmissionContent.Source}{one.Account.Name}/{one.Submission.Number.ToString(CultureInfo.InvariantCulture)}",
                envelope.OpenDocument(SubmissionContent.OfDocument(one.Submission.Id), one.Submission.Sealed!),
                one.Submission.Number.ToString(CultureInfo.InvariantCulture), act.Now, one.Account.Company,
                [.. FilesOf(one.Submission).Select(file => ProviderFiles.Raw(envelope, file, said))]));
            var answer = await reports.HandleAsync(new(originals), act, cancel);
            // What was taken at the door is taken here, or nobody gets a receipt.
            Ensure.That(answer.IsDone);
            Ensure.That(answer.Value.Rejected == 0);
            var ids = answer.Value.New == _finished.Count ? answer.Value.Reports : await OfNumbersAsync(cancel);
            for (var index = 0; index < _finished.Count; index++)
            {
                var submission = _finished[index].Submission;
                (submission.ReportId, submission.Sealed) = (ids[index], null);
                foreach (var file in FilesOf(submission))
                {
                    act.Db.Add(new SealedFileRow
                    {
                        Id = file.Id, ReportId = submission.ReportId, Blob = file.Blob, Sha256 = file.Sha256, Bytes = file.Bytes, MediaType = file.MediaType,
                        RecipientThumbprint = file.RecipientThumbprint, ReceivedAt = file.ReceivedAt,
                    });
                }
            }
        }

        /// <summary>Under which report each finished one stands: where another door had brought one of its number meanwhile, it is a version of that.</summary>
        private async Task<IReadOnlyList<ReportId>> OfNumbersAsync(CancellationToken cancel)
        {
            var numbers = _finished.ConvertAll(one => one.Submission.Number.ToString(CultureInfo.InvariantCulture));
            var stored = await act.Db.Set<ReportVersion>().AsNoTracking().Where(row => numbers.Contains(row.Number)).Select(row => new { row.Number, row.Id }).Distinct().ToListAsync(cancel);
            var ids = stored.ToDictionary(one => one.Number, one => one.Id, StringComparer.Ordinal);
            return numbers.ConvertAll(number => ids[number]);
        }
    }
}
