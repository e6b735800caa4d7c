using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Linkage;
using Homeward.Review.Casework;
using Homeward.Review.Matching;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>Searches for a name as people misspell it, for an account, number or address exactly, and for words in what is written.</summary>
/// <remarks>
/// Names go through the index that proposes matches: short names, sound and order are forgiven, and each row says why it is
/// there. It finds children who are sought and persons of reports, and the tips and referrals that tell of a child so called. The words of reports' free text and of notes are found by
/// filters under a key of the house and looked for in the sealed text; none of it is shown here: who would read it opens the
/// report, with a trace of its own.
/// </remarks>
public static class Search
{
    private const int RowsMax = 50;

    /// <param name="Q">Given and family name in either order, "Family, Given", one of the two alone, an e-mail address, a telephone number, an IP address, service:name or name@service, the name or ID of an account on whatever service, the ID of a device with its kind or without, or a report's number.</param>
    /// <param name="Born">A birth date as far as known: 2004, 2004-05 or 2004-05-17.</param>
    /// <param name="After">A <see cref="Page.After"/>: what reports say is looked through from there on, and nothing else is looked for again.</param>
    public sealed record Request(
        [MaxLength(200)] string? Q = null, [MaxLength(10)] string? Born = null, [MaxLength(100)] string? City = null, [MaxLength(30)] string? State = null,
        [MaxLength(50)] string? After = null);

    /// <param name="Why">What is alike, in words.</param>
    public sealed record ChildRow(EntryId Id, string Nic, string Name, string Born, string? LastSeen, string Why);

    /// <param name="Person">Which person of the report, from 0; null where it was found by an identifier.</param>
    public sealed record ReportRow(ReportId Id, string Number, string Provider, string IncidentType, DateTimeOffset ReceivedAt, QueueState State, int? Person, string Why);

    /// <param name="On">"Report 123", "Lead L-7".</param>
    /// <param name="Address">Where it is read.</param>
    public sealed record NoteRow(CaseNoteId Id, int Ordinal, string On, string Address, string By, DateTimeOffset At);

    /// <param name="Child">Of whom it tells; empty where no name is stated.</param>
    public sealed record TipRow(DoorId Id, DoorKind Kind, string Number, string Child, string? Place, DateTimeOffset ReceivedAt, bool ImminentClaimed);

    /// <param name="ReadAs">How the text was understood.</param>
    /// <param name="Tips">Of this number, or of a child whose name has these words as they are spelt.</param>
    /// <param name="IsCut">There are more reports than are shown, or than were looked at.</param>
    /// <param name="After">Where to look on for words in reports; null where all reports were looked through.</param>
    /// <param name="LookedBackTo">Of what reports say, only what was stored later was looked through; null where all was.</param>
    /// <param name="Unread">So many reports' texts may hold the words and could not be read: what is stored of them was changed or damaged.</param>
    public sealed record Page(
        string Q, IReadOnlyList<string> ReadAs, IReadOnlyList<ChildRow> Children, IReadOnlyList<ReportRow> Reports, IReadOnlyList<NoteRow> Notes, bool IsCut,
        IReadOnlyList<TipRow> Tips, int Unread = 0, string? After = null, DateTimeOffset? LookedBackTo = null)
    {
        /// <summary>The house began to serve a short while ago: by name, and by accounts without their service, reports were not searched.</summary>
        public bool ArePersonsBeingRead { get; init; }
    }

    internal sealed class Handler(MatchIndex index, IIntake intake, Envelope envelope, WordFilters filters) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var text = TypedText.Bare(request.Q ?? "");
            if (text.Length == 0) return new Page("", [], [], [], [], false, []);
            var born = default(PartialDate);
            if (!string.IsNullOrWhiteSpace(request.Born) && !PartialDate.TryParse(request.Born.Trim(), out born))
                return Problem.Invalid("born-not-a-date", $"\"{request.Born}\" is no date.", "Enter 2004, 2004-05 or 2004-05-17, or leave it empty.");
            if (!string.IsNullOrEmpty(request.After)) return await LookOnAsync(act, text, request.After, cancel);
            var arePersonsRead = await index.ReadyForSearchAsync(act.Db, cancel);

            var (readAs, found) = (new List<string>(), new List<(ReportId Report, int? Person, string Why)>());
            var typed = intake.ReadTyped(text);
            foreach (var one in await AsReportedAsync(act, typed, cancel))
            {
                var holders = await intake.SightingsAsync(act.Db, one.Kind, one.Value, RowsMax + 1, cancel);
                // Of a text that may be an address on the web as well as a name, it is said where some report has it.
                if (holders.Count > 0 || (one.Kind == "url" ? text.Contains("://", StringComparison.Ordinal) : one.Kind is not ("screen-name" or "account-id" or "device" or "plate"))) readAs.Add($"{Pages.ReviewWords.KindOf(one.Kind)} {one.Value}");
                found.AddRange(holders.Select(holder => (holder.Report, (int?)null, $"{Pages.ReviewWords.KindOf(one.Kind)} {one.Value} at {holder.Path}")));
            }
            if ((await intake.ReportsByNumberAsync(act.Db, [text.TrimStart('#')], cancel)).Select(one => (ReportId?)one.Value).SingleOrDefault() is { } numbered)
            {
                readAs.Add($"the report {text.TrimStart('#')}");
                found.Insert(0, (numbered, null, "its number"));
            }
            // A child has it too: whoever writes to an address asks for the child as much as for reports.
            var children = index.SoughtWith(typed, RowsMax)
                .Select(one => Row(one.Entry, $"{Pages.ReviewWords.KindOf(one.By.Kind)} {one.By.Value} is the child's, as the entry says")).ToList();
            if (NameIn(text) is { } name)
            {
                readAs.Add($"the name {name.Given} {name.Family}");
                var (entries, reports) = index.Search(Called(name, born, request).ToRecord(), RowsMax);
                var alike = entries.Select(one => (Entry: index.Sought(one.Entry), one.Why)).Where(one => one.Entry is not null && !children.Exists(child => child.Id == one.Entry.Id)).ToList();
                children.AddRange(alike.Select(one => Row(one.Entry!, one.Why)));
                found.AddRange(reports.Select(one => (one.Report, (int?)one.Person, one.Why)));
            }
            var isCut = false;
            if (OneNameIn(text) is { } single)
            {
                readAs.Add($"the one name {single}, given or family (of persons in reports, those whose age or birth year is told)");
                var known = children.Select(child => child.Id).ToHashSet();
                children.AddRange(index.SoughtCalled(single, RowsMax).Where(entry => known.Add(entry.Id)).Select(entry => Row(entry, "the child is called so")));
                var (entries, reports, more) = index.SearchOneName(Called(("", single), born, request), act.Now.Year, RowsMax);
                children.AddRange(entries.Where(one => index.Sought(one.Entry) is not null && known.Add(one.Entry)).Select(one => Row(index.Sought(one.Entry)!, one.Why)));
                found.AddRange(reports.Select(one => (one.Report, (int?)one.Person, one.Why)));
                isCut = more;
            }
            var words = TextWords.Of(text);
            IReadOnlyList<NoteRow> notes = [];
            var texts = new TextSightings([], null);
            if (words.Count > 0)
            {
                readAs.Add(ReadAs(words));
                var known = children.Select(child => child.Id).ToHashSet();
                children.AddRange((await intake.EntriesSayingAsync(act.Db, words, RowsMax, cancel)).Where(entry => !known.Contains(entry.Id))
                    .Select(entry => Row(entry, "the entry says so")));
                texts = await intake.ReportsSayingAsync(act.Db, words, RowsMax, from: null, cancel);
                notes = await NotesAsync(act, words, cancel);
            }
            var tips = await intake.DoorsCalledAsync(act.Db, text, RowsMax, cancel);
            var rows = await RowsAsync(act, found, cancel);
            isCut |= rows.Count > RowsMax || texts.Next is not null;
            // Behind what else was found, and all of it: a search that looks on begins behind the last of them.
            var said = await RowsAsync(act, texts.Found.Select(Said), cancel);
            foreach (var child in children) act.Trace("entry", child.Id.Value, "found");
            foreach (var note in notes) act.Trace("case-note", note.Id.Value, "found");
            foreach (var tip in tips) act.Trace("door", tip.Id.Value, "found");
            return Shown(act, new Page(text, readAs, children, [.. rows.Take(RowsMax), .. said], notes, isCut, [.. tips.Select(Row)]) { ArePersonsBeingRead = !arePersonsRead }, texts);
        }

        /// <summary>What reports say, from where an earlier search of the same words ended.</summary>
        private async Task<Result<Page>> LookOnAsync(Act act, string text, string after, CancellationToken cancel)
        {
            if (!TextPlace.TryParse(after, out var from))
                return Problem.Invalid("after-no-place", $"\"{after}\" is no place where a search ended.", "Search anew, and look further back from there.");
            var words = TextWords.Of(text);
            if (words.Count == 0) return new Page(text, [], [], [], [], false, []);
            var texts = await intake.ReportsSayingAsync(act.Db, words, RowsMax, from, cancel);
            return Shown(act, new Page(text, [ReadAs(words)], [], await RowsAsync(act, texts.Found.Select(Said), cancel), [], texts.Next is not null, []), texts);
        }

        private static Page Shown(Act act, Page page, TextSightings texts)
        {
            foreach (var id in page.Reports.Select(row => row.Id).Distinct()) act.Trace("report", id.Value, "found");
            return page with { Unread = texts.Unread, After = texts.Next?.ToString(), LookedBackTo = texts.Next?.StoredAt };
        }

        private static (ReportId Report, int? Person, string Why) Said(TextSighting one) =>
            (one.Report, null, $"in the text \u201c{one.Where}\u201d at {one.Path} (version {one.Version})");

        private static string ReadAs(IReadOnlyList<string> words) => words.Count == 1 ? $"the word {words[0]}" : $"the words {string.Join(", ", words)}";

        /// <summary>Those that the asker sees.</summary>
        private static async Task<IReadOnlyList<ReportRow>> RowsAsync(Act act, IEnumerable<(ReportId Report, int? Person, string Why)> found, CancellationToken cancel)
        {
            var all = found.ToList();
            var ids = all.Select(one => one.Report).Distinct().ToList();
            var items = await act.Seen(act.Db.Set<QueueItem>()).Where(item => ids.Contains(item.Id)).ToDictionaryAsync(item => item.Id, cancel);
            return [.. all.Where(one => items.ContainsKey(one.Report)).Select(one => (Item: items[one.Report], one.Person, one.Why))
                .Select(one => new ReportRow(one.Item.Id, one.Item.Number, one.Item.Provider, one.Item.IncidentType, one.Item.ReceivedAt, one.Item.State, one.Person, one.Why))];
        }

        /// <summary>What was typed, as reports hold it: of an account without its service, every service that has one called so. Of a device, the kinds by which some report names it.</summary>
        private async Task<IReadOnlyList<ReportIdentifier>> AsReportedAsync(Act act, IReadOnlyList<ReportIdentifier> typed, CancellationToken cancel)
        {
            var each = typed.SelectMany(one => one.Kind is "screen-name" or "account-id"
                ? index.Everywhere(one.Value).Select(account => one with { Value = account }) : [one]).Distinct().ToList();
            var accounts = each.Where(one => one.Kind is "screen-name" or "account-id" or "device").ToList();
            var holders = await intake.HoldersAsync(act.Db, [.. accounts.Select(one => new HoldersAsked(one.Kind, one.Value, null, null, 1))], cancel);
            var nobodys = accounts.Where((_, place) => holders[place] == 0).ToHashSet();
            return each.FindAll(one => !nobodys.Contains(one));
        }

        private async Task<IReadOnlyList<NoteRow>> NotesAsync(Act act, IReadOnlyList<string> words, CancellationToken cancel)
        {
            var found = new List<(CaseNote Note, CaseSubject On)>();
            await foreach (var note in CaseNotes.FindAsync(act.Db, envelope, filters, words, cancel))
            {
                if ((await CaseSubject.FindAsync(act, note.Report, note.Lead, cancel)).TryGet(out var subject, out _)) found.Add((note, subject));
                if (found.Count == RowsMax) break;
            }
            var names = await People.NamesAsync(act.Db, found.Select(one => one.Note.By), cancel);
            return [.. found.Select(one => new NoteRow(one.Note.Id, one.Note.Ordinal, one.On.Words, one.On.Casework, names[one.Note.By], one.Note.At))];
        }

        /// <summary>"Given Family", or "Family, Given"; null for what holds digits or a single word.</summary>
        private static (string Given, string Family)? NameIn(string text)
        {
            if (text.Any(char.IsDigit) || text.Contains('@', StringComparison.Ordinal) || text.Contains(':', StringComparison.Ordinal)) return null;
            if (text.Split(',', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } family, { Length: > 0 } given]) return (given, family);
            var space = text.IndexOfAny([' ', '\t', '\u00a0']);
            return space < 0 ? null : (text[..space], text[(space + 1)..].Trim());
        }

        /// <summary>One word of letters, which may be a name as well as a word of a text.</summary>
        private static string? OneNameIn(string text) =>
            text.Length > 1 && text.All(letter => char.IsLetter(letter) || letter is '-' or '\'' or '\u2019' || char.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark)
                && Names.Fold(text).Length > 1 && !Names.IsPlaceholder(text) ? text : null;

        private static PersonRecord Called((string Given, string Family) name, PartialDate born, Request request) => new("search", "search")
        {
            GivenName = Stated(name.Given), FamilyName = name.Family, BornOn = born,
            City = Stated(request.City), State = Stated(request.State),
        };

        private static string? Stated(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

        private static ChildRow Row(EntryGist entry, string why) => new(
            entry.Id, entry.Nic, string.Join("; ", entry.Names.Select(name => $"{name.Given} {name.Family}".Trim())),
            entry.Born.IsUnknown ? "not known" : entry.Born.ToString(), ReportPlaces.Words(entry.LastSeen), why);

        private static TipRow Row(DoorGist door) => new(
            door.Id, door.Door, door.Number, $"{door.Given} {door.Family}".Trim(), ReportPlaces.Words(door.Place), door.ReceivedAt, door.ImminentClaimed);
    }
}
