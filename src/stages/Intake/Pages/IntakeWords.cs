using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Exchange.Missing;
using Homeward.Foundations.Pages;
using Homeward.Intake.Alerts;
using Homeward.Intake.Retention;
using Homeward.Kernel;

namespace Homeward.Intake.Pages;

/// <summary>Intake's codes as people read them.</summary>
internal static class IntakeWords
{
    public static string Of(Stated answer) => answer switch
    {
        Stated.Yes => "yes",
        Stated.No => "no",
        Stated.NotStated => "not stated",
    };

    /// <param name="ori">Empty where the entry names no agency.</param>
    public static string Agency(string ori) => ori.Length > 0 ? ori : "an agency that is not stated";

    public static string Of(DoorKind kind) => kind switch
    {
        DoorKind.Hotline => "Hotline tip",
        DoorKind.AgencyReferral => "Agency's referral",
    };

    /// <summary>Who says what a tip or a referral says.</summary>
    public static string Sender(DoorKind kind, string? ori, bool callerNamed) => kind switch
    {
        DoorKind.Hotline => callerNamed ? "a caller who gave a name" : "a caller who gave no name",
        DoorKind.AgencyReferral => Agency(ori ?? ""),
    };

    /// <summary>What is told of a child besides its name: "born 2004, 15 years, female". Null where nothing is.</summary>
    public static string? BesideName(PartialDate born, int? age, string? sex) => string.Join(", ", new[]
    {
        born.IsUnknown ? null : $"born {born}",
        age is { } years ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{years} {(years == 1 ? "year" : "years")}") : null,
        CodeWords.Sex(sex),
    }.Where(part => !string.IsNullOrEmpty(part))) is { Length: > 0 } told ? told : null;

    /// <summary>What a tip or a referral asks.</summary>
    public static string About(string about) => about switch
    {
        "child-found" => "a child was found",
        "child-at-risk" => "a child is at risk",
        "operation-request" => "an operation is asked for",
        _ => "a call to the hotline",
    };

    public static string Form(string form) => form switch
    {
        "provider-xml" => "Provider's XML",
        "agency-pdf" => "Agency's PDF",
        _ => "Agency's JSON",
    };

    /// <summary>The same as that which stands beside another, at the beginning of a sentence.</summary>
    public static string Beside(string form) => form == "agency-pdf" ? "The print" : "The provider's XML";

    public static string OfBeside(string form) => form == "agency-pdf" ? "the print" : "the provider's XML";

    public static string Of(ReportLayer layer) => layer switch
    {
        ReportLayer.Provider => "provider",
        ReportLayer.Machine => "NCMEC's machine",
        ReportLayer.Analyst => "NCMEC's analyst",
        ReportLayer.Routing => "NCMEC's routing",
        ReportLayer.Unplaced => "NCMEC's, of an unknown section",
    };

    public static string Of(EntryState state) => state switch
    {
        EntryState.Entered => "entered",
        EntryState.Modified => "changed",
        EntryState.Located => "located",
        EntryState.Cleared => "cleared",
    };

    public static string Of(GapFilter filter) => filter switch
    {
        GapFilter.Lacking => "lacks something, newest first",
        GapFilter.Pressing => "lacks something, most pressing first",
        GapFilter.Late => "lacks something past its day, longest first",
    };

    public static string Of(Custody custody) => custody switch
    {
        Custody.Family => "family",
        Custody.Foster => "foster care",
        Custody.Kin => "kin",
        Custody.None => "nobody",
        Custody.Unknown => "unknown",
    };

    public static string Of(AlertAnswer answer) => answer switch
    {
        AlertAnswer.Adds => "adds",
        AlertAnswer.Agrees => "agrees",
        AlertAnswer.Contradicts => "contradicts",
    };

    public static string? TagOf(AlertAnswer answer) => answer switch
    {
        AlertAnswer.Adds => null,
        AlertAnswer.Agrees => "sure",
        AlertAnswer.Contradicts => "against",
    };

    public static string Of(AmberAnswer answer) => answer switch
    {
        AmberAnswer.Met => "met",
        AmberAnswer.NotMet => "not met",
        AmberAnswer.Unknown => "not known",
    };

    public static string? TagOf(AmberAnswer answer) => answer switch
    {
        AmberAnswer.Met => "sure",
        AmberAnswer.NotMet => "against",
        AmberAnswer.Unknown => "unsure",
    };

    public static string Of(AlertStep step) => step switch
    {
        AlertStep.Attached => "attached to an entry",
        AlertStep.NoEntryYet => "no entry yet",
        AlertStep.LocatedAccepted => "the child was located",
        AlertStep.LocatedRefused => "not known to be located: the entry stays",
    };

    public static string Kind(string kind) => kind switch
    {
        "alert" => "AMBER alerts",
        "report" => "Reports",
        "entry" => "Missing-child entries",
        "tip" => "Hotline tips",
        "referral" => "Agency referrals",
        _ => kind,
    };

    public static string Of(TextKind kind) => kind switch
    {
        TextKind.ReportInfo => "Additional information",
        TextKind.EscalationReason => "Why the provider asks for urgency",
        TextKind.IncidentTime => "What the incident time means",
        TextKind.ProviderTerms => "Provider's terms",
        TextKind.PersonInfo => "About a person",
        TextKind.ProfileBio => "Profile text",
        TextKind.PhysicalDescription => "How a person looks",
        TextKind.Vehicle => "Vehicle",
        TextKind.School => "School",
        TextKind.IncidentContent => "Content of the incident",
        TextKind.IncidentInfo => "About the incident",
        TextKind.FileInfo => "About a file",
        TextKind.AnalystNote => "NCMEC's analyst",
        TextKind.Unread => "Not understood by the program",
    };

    /// <summary>From 61 to 63: "61 to 63 in"; one end alone is said as such.</summary>
    public static string? Span(int? min, int? max, string unit) => (min, max) switch
    {
        (null, null) => null,
        ({ } low, { } high) => low == high ? $"{low} {unit}" : $"{low} to {high} {unit}",
        ({ } low, null) => $"at least {low} {unit}",
        (null, { } high) => $"at most {high} {unit}",
    };

    /// <summary>Where else a plate stands: "also in 1 other alert, no entry and 2 reports".</summary>
    public static string Elsewhere(ShowAlert.PlateRow plate, string alerts, string entries)
    {
        if (plate.Alerts + plate.Entries + (plate.Reports ?? 0) == 0) return "nowhere else here";
        List<string> places = [Counted(plate.Alerts, alerts), Counted(plate.Entries, entries)];
        if (plate.Reports is { } reports) places.Add(Counted(reports, "report"));
        return $"also in {string.Join(", ", places.SkipLast(1))} and {places[^1]}";
    }

    private static string Counted(int count, string thing)
    {
        var things = thing.EndsWith('y') ? $"{thing[..^1]}ies" : $"{thing}s";
        return count > Reading.Appearances.ReportsMax ? $"more than {Reading.Appearances.ReportsMax} {things}" : count == 1 ? $"1 {thing}" : $"{count} {things}";
    }

    public static string Identifier(string kind) => kind switch
    {
        "email" => "E-mail",
        "phone" => "Phone",
        "screen-name" => "Account",
        "account-id" => "Account ID",
        "ip" => "IP address",
        "url" => "Web address",
        "device" => "Device",
        "plate" => "Vehicle plate",
        "file" => "File, by its hash",
        "place" => "Place",
        "name" => "Name",
        _ => kind,
    };

    /// <summary>On what a hold lies, before its number.</summary>
    public static string Of(HoldOn on) => on switch
    {
        HoldOn.Report => "Report",
        HoldOn.Child => "All that is linked to the child of entry",
        HoldOn.Tip => "Tip or agency referral",
        HoldOn.Reject => "Reject",
        HoldOn.Receipt => "Receipt, with the reports and files that came by it,",
        HoldOn.Alert => "AMBER alert",
    };

    public static string Of(RetainedKind kind, int count) => (kind, count == 1) switch
    {
        (RetainedKind.Report, true) => "report",
        (RetainedKind.Report, false) => "reports",
        (RetainedKind.Door, true) => "tip or agency referral",
        (RetainedKind.Door, false) => "tips or agency referrals",
        (RetainedKind.Arrival, true) => "receipt",
        (RetainedKind.Arrival, false) => "receipts",
        (RetainedKind.Alert, true) => "AMBER alert",
        (RetainedKind.Alert, false) => "AMBER alerts",
        (RetainedKind.Reject, true) => "reject",
        (RetainedKind.Reject, false) => "rejects",
    };

    /// <summary>What is so of 28 CFR Part 23 in this house, and no more.</summary>
    public const string IntelligenceHere =
        "Nothing that is purged here falls under it: the house keeps no shared intelligence on suspects. A report or tip that names one is a case file and goes by the terms "
        + "above. The later stages' own records (leads, referrals, operations with the keyed hashes of subjects by which events are compared) are purged by no rule yet: "
        + "where one of them counts as intelligence, counsel sees to its term by hand.";

    /// <summary>Where a message came from, as its line or file is called: "form" is the one in which a call is taken down here.</summary>
    public static string Source(string source) => source switch
    {
        "form" => "taken down in this house",
        "house" => "by this house",
        _ => $"out of {source}",
    };

    /// <summary>A day as the instants beside it are written: "Dec 1, 2025". What is no day stays as it is.</summary>
    public static string Day(string day) =>
        DateOnly.TryParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var on) ? InstantWords.ShortDay(on) : day;

    /// <summary>"Juvenile (EMJ), Endangered Runaway (ERU)".</summary>
    public static string Category(string? category, string? caseType) =>
        string.Join(", ", new[] { CodeWords.Of("ncic_missing_category", category), CodeWords.Of("ncmec_case_type", caseType) }.Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>An indicator of an entry: <c>repeated-runs</c> as "ran away repeatedly". One that nobody has put into words loses its hyphens alone.</summary>
    public static string Indicator(string code) => code switch
    {
        "repeated-runs" => "ran away repeatedly",
        "missing-from-care" => "missing from care",
        "online-contact-with-adults" => "in contact with adults online",
        "prior-exploitation" => "exploited before",
        "older-companion" => "has an older companion",
        _ => code.Replace('-', ' '),
    };

    /// <summary>Why a record stays, by the code that Intake or a later stage gave.</summary>
    public static string Stays(string why) => why switch
    {
        "hold" => "Held",
        "open-duty" => "A duty is open",
        "preservation" => "The preservation term runs",
        "unreviewed" => "Nobody has decided on it",
        "term" => "Its term runs",
        "open-lead" => "A lead is open",
        "open-referral" => "A referral is open",
        "under-review" => "It is under review",
        "second-reading" => "A second reading waits",
        "parked" => "Parked for later",
        "package-waits" => "Its package was not handed over yet",
        "open-task" => "A task is open",
        "open-request" => "A request for records is open",
        "open-file-warrant" => "A warrant for a file is open",
        "preservation-request" => "A preservation request is in force",
        "report-kept" => "A report that came with it is kept",
        "child-sought" => "Its child is sought",
        "not-there" => "It was gone already",
        _ => why,
    };

    /// <summary>"12 reports, 1 receipt".</summary>
    public static string Of(IReadOnlyDictionary<RetainedKind, int> kinds) => string.Join(", ", kinds.Select(pair => $"{pair.Value} {Of(pair.Key, pair.Value)}"));

    public static string Of(PurgeItemState state) => state switch
    {
        PurgeItemState.Pending => "those that wait",
        PurgeItemState.Purged => "those that were purged",
        PurgeItemState.Kept => "those that were kept",
    };

    /// <summary>What a certificate proves, and no more: rows and sealed files were looked at.</summary>
    public static string Found(PurgeCertificate certificate) =>
        certificate.Holds ? "no row and no sealed file of it was found afterwards" : "SOMETHING OF IT WAS FOUND AFTERWARDS";

    /// <summary>Null of a certificate that does not say.</summary>
    public static string? Of(PurgedFiles? files) => files switch
    {
        PurgedFiles.Rewritten => "The file was written anew from the rows that are left, and its log emptied. Backups made before still have what went.",
        PurgedFiles.NotReached => "Not looked at: PostgreSQL does not overwrite what is deleted. What its files and its log still keep is its administrator's to rewrite, and the disk's encryption guards it. Backups made before still have what went.",
        null => null,
    };

    public static string Of(PurgeState state) => state switch
    {
        PurgeState.Gathering => "being gathered",
        PurgeState.Proposed => "proposed",
        PurgeState.Running => "being purged",
        PurgeState.Done => "done",
        PurgeState.Dropped => "dropped: nothing was removed",
    };
}
