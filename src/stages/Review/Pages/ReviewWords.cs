using System.Globalization;
using Homeward.Foundations.People;
using Homeward.Intake;
using Homeward.Review.Deciding;
using Homeward.Review.Files;

namespace Homeward.Review.Pages;

/// <summary>Review's codes as people say them.</summary>
internal static class ReviewWords
{
    /// <summary>Reasons that a report leads nowhere, each behind a key; kept on record as if they had been typed.</summary>
    public static readonly IReadOnlyList<string> LeadsNowhere =
    [
        "Names nobody who can be found", "Nothing in it lies in the United States", "Says what another report says", "Read whole: nothing to act on",
    ];

    public static string Of(QueueState state) => state switch
    {
        QueueState.Waiting => "Waiting", QueueState.Decided => "Decided", QueueState.Parked => "Parked", QueueState.Dismissed => "Dismissed",
    };

    /// <summary>Why a report is left out, after "left out".</summary>
    public static string Of(AsideBar bar) => bar switch
    {
        AsideBar.Already => "It was set aside so already.",
        AsideBar.BeingRead => "Somebody else has it open.",
        AsideBar.AboveThreshold => "It lies above the referral threshold: open it and decide on it alone.",
        AsideBar.BeingDecided => "Another person has begun to decide on one of its matches.",
        AsideBar.Decided => "It is decided on. Where that was wrong, the decision on its match is undone first.",
        AsideBar.HasNexus => "The rule does not propose that it has no nexus: decide on it, or dismiss it.",
    };

    /// <summary>What is done, as a button says it.</summary>
    public static string Of(AsideKind kind) => kind switch
    {
        AsideKind.Dismiss => "Dismiss", AsideKind.Park => "Park", AsideKind.Return => "Return", AsideKind.Refer => "Refer",
    };

    /// <summary>What was done, as a sentence begins.</summary>
    public static string Done(AsideKind kind) => kind switch
    {
        AsideKind.Dismiss => "Dismissed", AsideKind.Park => "Parked, in your hands", AsideKind.Return => "Returned to the clearing house", AsideKind.Refer => "Referred abroad",
    };

    public static string Of(NexusWay way) => way switch
    {
        NexusWay.Returned => "Returned to", NexusWay.Referred => "Referred to",
    };

    public static string Of(NexusPackageState state) => state switch
    {
        NexusPackageState.Waiting => "Not handed over", NexusPackageState.HandedOver => "Handed over, no receipt yet", NexusPackageState.Received => "Received",
        NexusPackageState.Withdrawn => "Withdrawn",
    };

    public static string TagOf(NexusPackageState state) => state switch
    {
        NexusPackageState.Waiting or NexusPackageState.HandedOver => "tag unsure", NexusPackageState.Received => "tag sure", NexusPackageState.Withdrawn => "tag",
    };

    public static string Of(HandOverChannel channel) => channel switch
    {
        HandOverChannel.CaseManagementTool => "NCMEC's Case Management Tool", HandOverChannel.Interpol => "INTERPOL I-24/7", HandOverChannel.Europol => "Europol SIENA",
        HandOverChannel.LegalAttache => "The legal attaché", HandOverChannel.Encrypted => "An encrypted transfer or mail", HandOverChannel.InPerson => "In person",
    };

    /// <summary>The channels that fit: to the clearing house none of the police networks.</summary>
    public static IEnumerable<HandOverChannel> Channels(NexusWay way) => Enum.GetValues<HandOverChannel>().Where(channel => way == NexusWay.Returned
        ? channel is HandOverChannel.CaseManagementTool or HandOverChannel.Encrypted or HandOverChannel.InPerson
        : NoNexus.AgreementBook.Channels.Contains(channel));

    /// <summary>"Portugal, Spain and 25 more".</summary>
    public static string Countries(IReadOnlyList<string> countries) =>
        countries.Count <= 3 ? string.Join(", ", countries) : $"{countries[0]}, {countries[1]} and {countries.Count - 2} more";

    public static string Term(DateOnly from, DateOnly? until) => until is { } last ? $"{Day(from)} to {Day(last)}" : $"since {Day(from)}";

    private static string Day(DateOnly day) => day.ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    public static string Of(NoNexus.PackedState state) => state switch
    {
        NoNexus.PackedState.Stands => "as decided", NoNexus.PackedState.Changed => "a newer version came", NoNexus.PackedState.TakenBack => "taken back",
        NoNexus.PackedState.Purged => "purged",
    };

    public static string Of(Nexus nexus) => nexus switch
    {
        Nexus.Open => "place open", Nexus.UnitedStates => "United States", Nexus.NoneProposed => "no nexus proposed",
    };

    public static string Of(IncidentTie tie) => tie switch
    {
        IncidentTie.File => "a file", IncidentTie.Bundle => "NCMEC's bundle", IncidentTie.Account => "an account, at the same hour",
    };

    public static string Of(MatchState state) => Judging.Words(state);

    public static string Of(Judgement judgement) => judgement switch
    {
        Judgement.Same => "the same child", Judgement.NotSame => "not the same", Judgement.Unsure => "not enough to say",
    };

    public static string Of(LeadOrigin origin) => origin switch
    {
        LeadOrigin.ConfirmedMatch => "a confirmed match", LeadOrigin.Hotline => "a hotline tip", LeadOrigin.AgencyReferral => "an agency's referral",
    };

    public static string Of(LeadState state) => state switch
    {
        LeadState.Open => "Open", LeadState.Withdrawn => "Withdrawn", LeadState.Closed => "Closed",
    };

    /// <summary>A kind of identifier, as in a sentence.</summary>
    public static string KindOf(string kind) => kind switch
    {
        "email" => "E-mail", "phone" => "Telephone", "screen-name" => "Account", "account-id" => "Account ID", "ip" => "IP address", "device" => "Device",
        "url" => "Address on the web", "plate" => "Vehicle plate", "file" => "File, by its hash", _ => kind,
    };

    public static string Of(RuleVersionState state) => state switch
    {
        RuleVersionState.Proposed => "proposed", RuleVersionState.Approved => "approved", RuleVersionState.Refused => "refused",
    };

    public static string Of(BackTestState state) => state switch
    {
        BackTestState.Running => "is being measured", BackTestState.Done => "done", BackTestState.Failed => "failed",
    };

    /// <summary>An order of the queue, as a curve is called.</summary>
    public static string OrderOf(string order) => order == "arrival" ? "order of arrival" : $"rules {order}";

    public static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Points(double points) => points.ToString("+0.##;−0.##;0", CultureInfo.InvariantCulture);

    public static string Percent(double? share) => share is { } part ? string.Create(CultureInfo.InvariantCulture, $"{100 * part:0.#} %") : "not shown";

    public static string TagOf(MatchState state) => state switch
    {
        MatchState.Confirmed => "tag sure",
        MatchState.Dismissed => "tag against",
        MatchState.AwaitsSecond or MatchState.AwaitsReader or MatchState.Disputed or MatchState.Unsure => "tag unsure",
        MatchState.Open or MatchState.Closed or MatchState.Superseded => "tag",
    };

    public static string TagOf(FileAccessKind kind) => kind switch
    {
        FileAccessKind.RepeatableView => "tag sure", FileAccessKind.AskCounsel => "tag unsure", FileAccessKind.WarrantFirst => "tag against",
    };

    public static string TagOf(string mark) => mark switch { "same" => "tag sure", "alike" => "tag unsure", "differs" => "tag against", _ => "tag" };

    public static string Number(double? value, string format = "0") => value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";

    public static string Bits(double? value) => value?.ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture) ?? "hidden";

    /// <summary>A reason as a sentence begins; the field is named only where the reason does not name it.</summary>
    public static string Why(string field, string why)
    {
        var words = why.Contains(field, StringComparison.OrdinalIgnoreCase) ? why : $"{field}: {why}";
        return words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
    }

    public static string OutOf100(double? probability) =>
        probability is { } part ? string.Create(CultureInfo.InvariantCulture, $"{100 * part:0} in 100") : "hidden until you have decided";

    /// <summary>A type of the reporting form, without the bracket that makes it long.</summary>
    public static string Short(string incidentType) =>
        incidentType.IndexOf(" (", StringComparison.Ordinal) is > 0 and var bracket ? incidentType[..bracket] : incidentType;
}
