using System.Globalization;
using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Foundations.Places;
using Homeward.Foundations.Storage;
using Homeward.Kernel;

namespace Homeward.Intake;

public readonly record struct ReportId(Guid Value) : IStrongId<ReportId>
{
    public static ReportId From(Guid value) => new(value);
    public override string ToString() => StrongId.Text(Value);
}

public readonly record struct EntryId(Guid Value) : IStrongId<EntryId>
{
    public static EntryId From(Guid value) => new(value);
    public override string ToString() => StrongId.Text(Value);
}

/// <summary>An AMBER alert with its updates.</summary>
public readonly record struct AlertId(Guid Value) : IStrongId<AlertId>
{
    public static AlertId From(Guid value) => new(value);
    public override string ToString() => StrongId.Text(Value);
}

/// <summary>A hotline tip or an agency referral: what comes in by another door than the CyberTipline.</summary>
public readonly record struct DoorId(Guid Value) : IStrongId<DoorId>
{
    public static DoorId From(Guid value) => new(value);
    public override string ToString() => StrongId.Text(Value);
}

/// <summary>Told when reports stand in the house: new ones and new versions. Many at once from a bulk import.</summary>
public sealed record ReportsReceived(IReadOnlyList<ReportId> Reports);

/// <summary>Told when a person opened a report for the first time: the duty to report abuse runs from here .</summary>
public sealed record ReportOpened(ReportId Report, UserId By, DateTimeOffset At);

/// <summary>Told when a missing-child entry came in, was changed, located or cleared.</summary>
public sealed record EntryReceived(IReadOnlyList<EntryId> Entries);

/// <summary>Told when a tip or a referral came in.</summary>
public sealed record DoorOpened(DoorId Door);

/// <summary>Told when the sender of a tip or a referral says something else under its number: it stands so from now on.</summary>
public sealed record DoorChanged(DoorId Door, int Version);

/// <summary>Told when reports were purged: who keeps something of them in memory lets it go. On another node <see cref="IIntake.PurgedSinceAsync"/> tells.</summary>
public sealed record ReportsPurged(IReadOnlyList<PurgedPersons> Reports);

/// <summary>A report that was purged, and how many persons it named: what is kept by person is found by that.</summary>
public readonly record struct PurgedPersons(ReportId Report, int Persons);

public enum EntryState { Entered, Modified, Located, Cleared }

/// <summary>What a person decided of an alert's child.</summary>
public enum AlertVerdict { Waiting, Attached, NoEntryYet }

/// <summary>One thing that a person decided of an alert.</summary>
public enum AlertStep { Attached, NoEntryYet, LocatedAccepted, LocatedRefused }

public enum DoorKind { Hotline, AgencyReferral }

/// <summary>A person in a report. What is not stated is empty or unknown.</summary>
/// <param name="Role">reported, victim, recipient or associated.</param>
/// <param name="Index">Which person of the report, from 0: with the report's id and version its name.</param>
/// <param name="Path">Where in the original it stands.</param>
public sealed record ReportPerson(
    int Index, string Role, string Given, string Family, IReadOnlyList<string> OtherNames, PartialDate Born, int? Age, string? Sex,
    IReadOnlyList<string> Phones, IReadOnlyList<string> Emails, IReadOnlyList<string> ScreenNames, PlaceQuery? Place, string Path)
{
    /// <summary>The providers' own IDs of accounts, as <see cref="ReportIdentifier"/> has them. A missing child's entry has none, so no match weighs them.</summary>
    public IReadOnlyList<string> AccountIds { get; init; } = [];
}

/// <param name="Kind">email, phone, screen-name, account-id, ip, url, device, plate, file …</param>
/// <param name="Value">Normalised. A screen name and an account's ID carry their service before a colon; it is empty where nobody says it.</param>
public sealed record ReportIdentifier(string Kind, string Value, string Path);

/// <summary>A sealed file by what is known of it without opening it.</summary>
/// <param name="Sha256">Of the file in clear, made while it passed.</param>
public sealed record SealedFileGist(string Sha256, long Bytes, string MediaType);

/// <summary>The original of one version of a report, by its hash, and the sealed files that came with the report.</summary>
public sealed record ReportOriginal(ReportId Report, int Version, string Sha256, IReadOnlyList<SealedFileGist> Files);

/// <summary>Of which reports it is asked whether they hold an identifier.</summary>
/// <param name="After">Those that came later than this one; null where all count.</param>
/// <param name="Until">And not later than this one; null where all count.</param>
/// <param name="Max">No more than so many are counted.</param>
public sealed record HoldersAsked(string Kind, string Value, ReportId? After, ReportId? Until, int Max);

/// <summary>A report whose newest version holds an identifier.</summary>
/// <param name="Path">Where in the original it stands first.</param>
public sealed record Sighting(ReportId Report, string Path);

/// <summary>A version of a report whose free text holds words.</summary>
/// <param name="Where">Which text, in words: "About a person".</param>
/// <param name="Path">Where in the original it stands.</param>
public sealed record TextSighting(ReportId Report, int Version, string Where, string Path);

/// <summary>How far the texts of reports were looked through for words, the newest first: from here a search goes on.</summary>
/// <param name="Block">The block of originals that is to be looked through next.</param>
/// <param name="Before">Of what lies in it, only what lies before this byte is left to look through.</param>
public readonly record struct TextPlace(Guid Block, int Before)
{
    /// <summary>What was stored later was looked through. Of what a purge moved, when it was moved.</summary>
    public DateTimeOffset StoredAt => TimeOrderedIds.TimeOf(Block);

    public static bool TryParse(string text, out TextPlace place)
    {
        place = default;
        if (text.Split('.') is not [var block, var before]
            || !Guid.TryParseExact(block, "N", out var id) || !int.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var offset)) return false;
        place = new(id, offset);
        return true;
    }

    /// <summary>As an address carries it; <see cref="TryParse"/> reads it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Block:N}.{Before}");
}

/// <param name="Next">Where to look on: so many were found, or so much was looked through; null where all was.</param>
/// <param name="Unread">So many versions may hold the words and could not be read: what is stored of them was changed or damaged.</param>
public sealed record TextSightings(IReadOnlyList<TextSighting> Found, TextPlace? Next, int Unread = 0);

/// <summary>By what two reports are known to tell of one incident.</summary>
public enum IncidentTie
{
    /// <summary>A file of the one, byte for byte, came with the other, or both name it by its hash.</summary>
    File,
    /// <summary>NCMEC put both into one bundle.</summary>
    Bundle,
    /// <summary>A person's account, telephone or address in both, at the same time.</summary>
    Account,
}

/// <summary>Another report that tells of the same incident.</summary>
public sealed record SameIncident(ReportId Report, IReadOnlyList<IncidentTie> Ties);

/// <summary>What else tells of a report's incident. Nothing is dropped by it; people decide on each.</summary>
/// <param name="IsViral">Its provider says that it stands for many copies of one file.</param>
/// <param name="IsCut">There may be more than <paramref name="Others"/> names.</param>
/// <param name="Others">Newest first.</param>
public sealed record IncidentGroup(bool IsViral, bool IsCut, IReadOnlyList<SameIncident> Others);

/// <summary>What Review needs of a report, as the newest version of each form says. Free text stays sealed in Intake.</summary>
/// <param name="EscalationClaimed">The provider's own claim; not NCMEC's priority.</param>
/// <param name="Disposition">referral, informational, or null when NCMEC's mark is not stated.</param>
public sealed record ReportGist(
    ReportId Id, string Number, int Version, string Form, string Provider, string IncidentType, DateTimeOffset ReceivedAt,
    DateTimeOffset? IncidentAt, bool EscalationClaimed, string? Disposition, int? Priority, string? Bundle,
    IReadOnlyList<ReportPerson> Persons, IReadOnlyList<ReportIdentifier> Identifiers)
{
    /// <summary>Of a report with several versions: in none of them anybody had this index or a higher one. 0 of one version.</summary>
    public int PersonsEver { get; init; }
}

/// <summary>Whom a report names, as all that stands of it says.</summary>
/// <param name="At">When it happened; where that is not told, when the report came in.</param>
public sealed record NamedPersons(ReportId Report, DateTimeOffset At, IReadOnlyList<ReportPerson> Persons);

/// <summary>A missing-child entry as it stands now.</summary>
/// <param name="Record">Its record in the ledger of persons.</param>
/// <param name="AtRisk">NCMEC's mark: at risk of sexual exploitation.</param>
public sealed record EntryGist(
    EntryId Id, PersonRecordId Record, string Nic, string? NcmecCase, string AgencyOri, string Category, string? CaseType, EntryState State,
    IReadOnlyList<(string Given, string Family)> Names, PartialDate Born, string? Sex, IReadOnlyList<string> Marks,
    DateTimeOffset? LastSeenAt, PlaceQuery? LastSeen, string Custody, IReadOnlyList<string> Phones, IReadOnlyList<string> Emails,
    IReadOnlyList<string> ScreenNames, bool AtRisk, IReadOnlyList<string> Indicators, DateTimeOffset ReceivedAt)
{
    /// <summary>Vehicles in which the child may be, as far as their plates can be compared. They tell of a vehicle, and weigh nothing for who a person is.</summary>
    public IReadOnlyList<PlatedVehicle> Vehicles { get; init; } = [];
}

/// <param name="Plate">As in the identifiers of reports.</param>
/// <param name="Says">What the entry says of the vehicle, in words.</param>
public sealed record PlatedVehicle(string Plate, string Says);

/// <param name="Kind">As the sender says: for a referral child-found, child-at-risk or operation-request.</param>
public sealed record DoorGist(
    DoorId Id, DoorKind Door, string Number, string Kind, bool ImminentClaimed, string? SenderOri, string Given, string Family,
    PartialDate Born, int? Age, string? Sex, PlaceQuery? Place, DateTimeOffset ReceivedAt)
{
    /// <summary>The message under its number that it stands as.</summary>
    public int Version { get; init; } = 1;
}

/// <summary>What a report came to, as the stages after Intake know it: the rule of its retention follows from this .</summary>
public enum ReportEnd
{
    /// <summary>A lead rested on it.</summary>
    Led,
    /// <summary>People looked and set it aside.</summary>
    SetAside,
    /// <summary>Set aside, and nothing in it has to do with the United States.</summary>
    NoNexus,
}

/// <summary>How a report stands with a later stage.</summary>
/// <param name="End">Null: it has come to no end there.</param>
/// <param name="Since">When it came to that end; with <paramref name="End"/>.</param>
/// <param name="Stays">Why it must stay, whatever any rule says, as a code: <c>open-lead</c>. Null: nothing speaks against its going.</param>
/// <param name="Children">The missing children with whom it was ever brought together: a hold on one of them holds it.</param>
public sealed record ReportStanding(ReportId Report, ReportEnd? End, DateTimeOffset? Since, string? Stays, IReadOnlyList<PersonRecordId> Children);

/// <summary>What was looked for after a purge, and how many rows of it were found: 0 is the proof.</summary>
public sealed record PurgeFinding(string Place, int Found);

/// <summary>A later stage that keeps something of reports: asked before a purge, told to let go in its transaction, and asked again after it.</summary>
public interface IReportUse
{
    /// <param name="reports">The reports with their numbers. Of one that the stage does not know it says nothing.</param>
    Task<IReadOnlyList<ReportStanding>> StandingsAsync(
        HomewardDb db, IReadOnlyDictionary<ReportId, string> reports, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Reports of no nexus that people set aside before an instant, in the order of their ids: their term is short, and may be over while others are too young to be looked at.</summary>
    /// <param name="after">Only ids behind this one.</param>
    Task<IReadOnlyList<ReportId>> NoNexusAsync(HomewardDb db, DateTimeOffset before, Guid after, int max, CancellationToken cancel) => Task.FromResult<IReadOnlyList<ReportId>>([]);

    Task ForgetAsync(Act act, IReadOnlyCollection<ReportId> reports, CancellationToken cancel);

    Task<IReadOnlyList<PurgeFinding>> FindLeftAsync(HomewardDb db, IReadOnlyCollection<ReportId> reports, CancellationToken cancel);
}

/// <summary>How a tip or an agency's referral stands with a later stage.</summary>
/// <param name="LedUntil">When the lead that was raised on it came to its end.</param>
/// <param name="Stays">Why it must stay, as a code. Null: nothing speaks against its going.</param>
/// <param name="Children">The missing children with whom it was brought together.</param>
public sealed record DoorStanding(DoorId Door, DateTimeOffset? LedUntil, string? Stays, IReadOnlyList<PersonRecordId> Children);

/// <summary>A later stage that works on tips and agencies' referrals: asked before one is purged. It keeps no more of one than its number.</summary>
public interface IDoorUse
{
    /// <param name="doors">Them with their numbers. Of one that the stage does not know it says nothing.</param>
    Task<IReadOnlyList<DoorStanding>> StandingsAsync(HomewardDb db, IReadOnlyDictionary<DoorId, string> doors, CancellationToken cancel);
}

/// <summary>A later stage that acts on tips and agencies' referrals: the list of them asks which still wait.</summary>
public interface IActOnDoors
{
    /// <returns>The numbers of those on which it acted, whatever came of it: a query, so that the list is drawn by one.</returns>
    IQueryable<string> NumbersActedOn(HomewardDb db);
}

/// <summary>A child of whom somebody speaks, as far as it is said.</summary>
/// <param name="Age">In years, on the day <paramref name="On"/>.</param>
/// <param name="Sex">F or M.</param>
public sealed record ChildSaid(
    IReadOnlyList<(string Given, string Family)> Names, PartialDate Born, int? Age, DateOnly On, string? Sex, string? City, string? State);

/// <summary>What one field says for or against, in bits and as a sentence.</summary>
public sealed record LikenessBar(string Field, double Weight, string Sentence);

/// <summary>An entry that may be of the child. It is proposed; whether it is, a person decides.</summary>
/// <param name="Weight">In bits: what chance alone gives and all bars together.</param>
/// <param name="For">The strongest first.</param>
/// <param name="Against">The strongest first.</param>
/// <param name="Unknown">What is missing on a side, and weighs nothing for it.</param>
public sealed record LikeEntry(
    EntryId Entry, double Weight, double Probability, IReadOnlyList<LikenessBar> For, IReadOnlyList<LikenessBar> Against, IReadOnlyList<string> Unknown);

/// <summary>A later stage that links persons, asked whose entry it may be that somebody speaks of.</summary>
public interface ILinkChildren
{
    /// <returns>Open entries, best first; each once.</returns>
    Task<IReadOnlyList<LikeEntry>> FindAsync(HomewardDb db, ChildSaid child, CancellationToken cancel);
}

/// <summary>What is left of a report that was purged: enough for a count that rests on it, and nothing of a person .</summary>
/// <param name="Rule">Name in the table of rules.</param>
public sealed record PurgedReport(ReportId Id, string Number, string Rule, DateTimeOffset PurgedAt)
{
    public string Says => $"Purged under rule {Rule} on {PurgedAt.UtcDateTime:yyyy-MM-dd}.";
}

/// <summary>How an entry stands: with each change its version grows and it gets a new revision.</summary>
public readonly record struct EntryChange(EntryId Entry, Guid Revision, int Version);

/// <summary>What later stages may read of Intake, and the two things that they may give back to it.</summary>
public interface IIntake
{
    Task<IReadOnlyList<ReportGist>> ReportsAsync(HomewardDb db, IReadOnlyCollection<ReportId> ids, CancellationToken cancel);
    /// <summary>The same of reports that this process has just stored, as they arrived and without a look at the database: who stores what comes of it asks there whether they <see cref="AreFirstAsync">are as they arrived</see>.</summary>
    /// <returns>Null where not all of them are at hand, or one came to reports that were there.</returns>
    IReadOnlyList<ReportGist>? JustStored(IReadOnlyCollection<ReportId> ids);
    /// <summary>Whether each of these is known and has its first version alone.</summary>
    Task<bool> AreFirstAsync(HomewardDb db, IReadOnlyCollection<ReportId> ids, CancellationToken cancel);
    /// <summary>Whom all reports name, in the order in which they came, some reports at a time: for an index of everybody.</summary>
    IAsyncEnumerable<IReadOnlyList<NamedPersons>> NamedPersonsAsync(HomewardDb db, CancellationToken cancel);
    /// <summary>How many reports hold each of these identifiers, whosesoever it is, counted as far as asked and no further: a hub has millions.</summary>
    Task<IReadOnlyList<int>> HoldersAsync(HomewardDb db, IReadOnlyList<HoldersAsked> identifiers, CancellationToken cancel);
    Task<IReadOnlyList<EntryGist>> EntriesAsync(HomewardDb db, IReadOnlyCollection<EntryId> ids, CancellationToken cancel);
    /// <summary>Those of them that are no longer sought: located or cleared.</summary>
    Task<IReadOnlyList<EntryId>> EndedAsync(HomewardDb db, IReadOnlyCollection<EntryId> ids, CancellationToken cancel);
    /// <summary>The changes of entries that have a greater revision, whoever made them; revisions come in the order of time.</summary>
    Task<IReadOnlyList<EntryChange>> EntryChangesAsync(HomewardDb db, Guid after, CancellationToken cancel);
    /// <summary>How many entries have a greater revision, and their versions added up: by the index alone, for who knows them already.</summary>
    Task<(int Count, long Versions)> CountEntryChangesAsync(HomewardDb db, Guid after, CancellationToken cancel);
    /// <summary>The greatest revision of an entry; nothing where there is none.</summary>
    Task<Guid> LastEntryChangeAsync(HomewardDb db, CancellationToken cancel);
    /// <summary>All entries that are open: entered or modified, neither located nor cleared.</summary>
    Task<IReadOnlyList<EntryGist>> OpenEntriesAsync(HomewardDb db, CancellationToken cancel);
    /// <summary>Open entries that name a vehicle with one of these plates; the newest so many.</summary>
    Task<IReadOnlyList<EntryGist>> EntriesNamingPlatesAsync(HomewardDb db, IReadOnlyCollection<string> plates, int max, CancellationToken cancel);
    Task<IReadOnlyList<EntryGist>> EntriesOfRecordsAsync(HomewardDb db, IReadOnlyCollection<PersonRecordId> records, CancellationToken cancel);
    Task<EntryGist?> EntryByNicAsync(HomewardDb db, string nic, CancellationToken cancel);
    Task<DoorGist?> DoorAsync(HomewardDb db, DoorId id, CancellationToken cancel);
    Task<DoorGist?> DoorByNumberAsync(HomewardDb db, string number, CancellationToken cancel);
    /// <returns>By number, those that are there.</returns>
    Task<IReadOnlyDictionary<string, DoorId>> DoorsByNumberAsync(HomewardDb db, IReadOnlyCollection<string> numbers, CancellationToken cancel);
    /// <summary>Tips and referrals of this number, or whose child's name has all words of the text; the newest so many.</summary>
    Task<IReadOnlyList<DoorGist>> DoorsCalledAsync(HomewardDb db, string text, int max, CancellationToken cancel);
    Task<IReadOnlyDictionary<string, ReportId>> ReportsByNumberAsync(HomewardDb db, IReadOnlyCollection<string> numbers, CancellationToken cancel);

    /// <summary>Those of the reports that were purged, with the rule and the day.</summary>
    Task<IReadOnlyDictionary<ReportId, PurgedReport>> PurgedAsync(HomewardDb db, IReadOnlyCollection<ReportId> ids, CancellationToken cancel);
    /// <summary>The reports that were purged at this time or later, by whichever node; as they are read.</summary>
    IAsyncEnumerable<PurgedPersons> PurgedSinceAsync(HomewardDb db, DateTimeOffset since);

    /// <summary>What a text that somebody types may be: an e-mail address, a telephone number, an IP address, an address on the web, a vehicle's plate, an account.</summary>
    IReadOnlyList<ReportIdentifier> ReadTyped(string text);

    /// <summary>The reports that hold an identifier, newest first, at most so many: of one that thousands hold, no more is read.</summary>
    /// <param name="kind">As in <see cref="ReportIdentifier.Kind"/>, with the value in normal form.</param>
    Task<IReadOnlyList<Sighting>> SightingsAsync(HomewardDb db, string kind, string value, int max, CancellationToken cancel);

    /// <summary>Reports with all of some words in their free text, newest first. The text itself stays sealed: who would read it opens the report.</summary>
    /// <param name="words">As <see cref="TextWords.Of"/> gives them; at least one.</param>
    /// <param name="from">Where an earlier search of the same words ended; null for the newest.</param>
    Task<TextSightings> ReportsSayingAsync(HomewardDb db, IReadOnlyList<string> words, int max, TextPlace? from, CancellationToken cancel);

    /// <summary>Entries that say all of some words: names, marks, place and agency. The newest first.</summary>
    /// <inheritdoc cref="ReportsSayingAsync"/>
    Task<IReadOnlyList<EntryGist>> EntriesSayingAsync(HomewardDb db, IReadOnlyList<string> words, int max, CancellationToken cancel);

    /// <summary>The originals of all versions of these reports, by their hashes. None is opened.</summary>
    Task<IReadOnlyList<ReportOriginal>> OriginalsAsync(HomewardDb db, IReadOnlyCollection<ReportId> ids, CancellationToken cancel);

    /// <summary>Which other reports tell of the same incident; a group for each report that has one.</summary>
    Task<IReadOnlyDictionary<ReportId, IncidentGroup>> SameIncidentsAsync(HomewardDb db, IReadOnlyCollection<ReportId> reports, CancellationToken cancel);

    /// <summary>The records of all children sought as of an instant: entries marked at risk that came in by then.</summary>
    Task<IReadOnlyList<PersonRecordId>> SoughtAsync(HomewardDb db, DateTimeOffset asOf, CancellationToken cancel);

    /// <summary>Outcomes found the child: the entry is located from now on, and the message to the entering agency and NCMEC is written (R-72: "located, safe", never where).</summary>
    Task NoteLocatedAsync(Act act, EntryId entry, DateTimeOffset locatedAt, CancellationToken cancel);

    /// <summary>Whether that message was confirmed, with when; of a child who is missing again nothing is.</summary>
    Task<DateTimeOffset?> ClearedAtAsync(HomewardDb db, EntryId entry, CancellationToken cancel);
}
