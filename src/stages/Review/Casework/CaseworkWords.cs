namespace Homeward.Review.Casework;

/// <summary>Codes of casework as people say them.</summary>
internal static class CaseworkWords
{
    public static string Of(LegalRequestKind kind) => kind switch
    {
        LegalRequestKind.Preservation => "Preservation request",
        LegalRequestKind.AdministrativeSubpoena => "Administrative subpoena",
        LegalRequestKind.GrandJurySubpoena => "Grand jury subpoena",
        LegalRequestKind.CourtOrder => "Court order",
        LegalRequestKind.SearchWarrant => "Search warrant to a provider",
        LegalRequestKind.EmergencyDisclosure => "Emergency disclosure",
        LegalRequestKind.Consent => "Disclosure with consent",
        LegalRequestKind.FileWarrant => "Warrant for a file",
    };

    /// <summary>How a request stands; a warrant for a file is executed and returned where others are served and answered.</summary>
    public static string Of(LegalRequestState state, LegalRequestKind kind) => (state, kind) switch
    {
        (LegalRequestState.Served, LegalRequestKind.FileWarrant) => "Executed",
        (LegalRequestState.Answered, LegalRequestKind.FileWarrant) => "Returned",
        (LegalRequestState.Draft, _) => "Draft",
        (LegalRequestState.Applied, _) => "Applied for",
        (LegalRequestState.Granted, _) => "Granted",
        (LegalRequestState.Denied, _) => "Denied",
        (LegalRequestState.Served, _) => "Served",
        (LegalRequestState.Answered, _) => "Answered",
        (LegalRequestState.Withdrawn, _) => "Closed without an answer",
    };

    /// <summary>What the clock of the state runs to, after "to".</summary>
    public static string ClockOf(LegalRequestState state, LegalRequestKind kind) => (state, kind) switch
    {
        (LegalRequestState.Granted, LegalRequestKind.FileWarrant) => "execute it",
        (LegalRequestState.Granted, _) => "serve it",
        (LegalRequestState.Served, LegalRequestKind.Preservation) => "the end of preservation",
        (LegalRequestState.Served, LegalRequestKind.FileWarrant) => "its return",
        _ => "the answer",
    };

    public static string Of(RequestStepKind step, LegalRequestKind kind) => (step, kind) switch
    {
        (RequestStepKind.Drafted, _) => "Drafted",
        (RequestStepKind.Applied, _) => "Applied for",
        (RequestStepKind.Granted, _) => "Granted",
        (RequestStepKind.Denied, _) => "Denied",
        (RequestStepKind.Served, LegalRequestKind.FileWarrant) => "Executed",
        (RequestStepKind.Served, _) => "Served",
        (RequestStepKind.Renewed, _) => "Renewed",
        (RequestStepKind.Returned, LegalRequestKind.FileWarrant) => "Returned",
        (RequestStepKind.Returned, _) => "Came back",
        (RequestStepKind.Withdrawn, _) => "Closed without an answer",
        (RequestStepKind.LeadEnded, _) => "The lead ended; this stays open",
        (RequestStepKind.HandedOver, _) => "Handed over",
    };

    public static string Of(RecordKind kind) => kind switch
    {
        RecordKind.Subscriber => "who the subscriber is",
        RecordKind.Connections => "when and from where the account was used",
        RecordKind.OtherRecords => "other records about the account",
        RecordKind.Contents => "contents",
    };

    public static string Of(ServedBy how) => how switch
    {
        ServedBy.Portal => "the holder's portal", ServedBy.Email => "e-mail", ServedBy.Fax => "fax", ServedBy.Mail => "mail", ServedBy.InPerson => "in person",
    };

    public static string Of(ReturnOutcome outcome) => outcome switch
    {
        ReturnOutcome.Complete => "complete", ReturnOutcome.Partial => "in part, more is to come",
        ReturnOutcome.Refused => "refused", ReturnOutcome.Nothing => "the holder has nothing",
    };

    public static string Of(CaseTaskState state) => state switch
    {
        CaseTaskState.Open => "Open", CaseTaskState.Done => "Done", CaseTaskState.Dropped => "Dropped",
    };

    /// <summary>The tag of a state: what is in force is sure, what failed against.</summary>
    public static string TagOf(LegalRequestState state) => state switch
    {
        LegalRequestState.Granted or LegalRequestState.Served or LegalRequestState.Answered => "tag sure",
        LegalRequestState.Denied => "tag against",
        LegalRequestState.Draft or LegalRequestState.Applied => "tag unsure",
        LegalRequestState.Withdrawn => "tag",
    };
}
