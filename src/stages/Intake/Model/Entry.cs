using System.Linq.Expressions;
using Homeward.Exchange;
using Homeward.Exchange.Missing;
using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Intake.Reading;
using Homeward.Kernel;

namespace Homeward.Intake.Model;

/// <summary>What a message says of a missing child's entry. Lists are kept one item a line.</summary>
internal abstract class EntryFacts
{
    public required DateTimeOffset ReceivedAt { get; set; }
    public required EntryState State { get; set; }
    public string? NcmecCase { get; set; }
    public string AgencyOri { get; set; } = "";
    public string Category { get; set; } = "";
    public string? CaseType { get; set; }
    /// <summary>Given, family, and <c>name</c> or <c>alias</c>, parted by tabs.</summary>
    public string Names { get; set; } = "";
    public PartialDate Born { get; set; }
    public string? AgeText { get; set; }
    public string? Sex { get; set; }
    public int? HeightInMin { get; set; }
    public int? HeightInMax { get; set; }
    public int? WeightLbMin { get; set; }
    public int? WeightLbMax { get; set; }
    public string? Race { get; set; }
    public string? Eyes { get; set; }
    public string? Hair { get; set; }
    /// <summary>Of the newest photograph that the agency holds; unknown where it holds none.</summary>
    public PartialDate PhotoTaken { get; set; }
    public Stated Dental { get; set; }
    public Stated Medical { get; set; }
    public string Marks { get; set; } = "";
    public DateTimeOffset? LastSeenAt { get; set; }
    public string? LastSeenCity { get; set; }
    public string? LastSeenState { get; set; }
    public string? LastSeenZip { get; set; }
    public string? LastSeenCountyFips { get; set; }
    public Custody Custody { get; set; }
    public string Phones { get; set; } = "";
    public string Emails { get; set; } = "";
    /// <summary><c>service:name</c>, folded.</summary>
    public string ScreenNames { get; set; } = "";
    /// <summary>As in <c>EntryVehicles</c>.</summary>
    public string Vehicles { get; set; } = "";
    public Stated AtRisk { get; set; }
    public string Indicators { get; set; } = "";

    /// <summary>By the name of its column.</summary>
    public const string NcmecCaseColumn = "ncmec_case";

    /// <summary>Takes over what another message says.</summary>
    /// <remarks>
    /// A message that enters or modifies is the whole entry: what it leaves out is no longer known. Two things are not unsaid by silence.
    /// The category, once entered: NCIC's keys of what happened to an entry (MM, LM, CM) are none. And all else, where the child was
    /// located or the entry cleared: that is what such a message has to say, and it withdraws nothing. Nor does a table withdraw what it
    /// has no column for, while the entry goes on; a child who is entered anew has another last contact.
    /// </remarks>
    public void Take(EntryFacts other)
    {
        var isWhole = other.State is EntryState.Entered or EntryState.Modified;
        var goesOn = other.State == EntryState.Modified || State is EntryState.Entered or EntryState.Modified;
        HashSet<string> silent = goesOn && (other as EntryMessage)?.Silent is { } columns ? [.. Lists.Split(columns)] : [];
        (ReceivedAt, State) = (other.ReceivedAt, other.State);
        if (!silent.Contains("category") && (other.State == EntryState.Entered || other.Category.Length > 0)) Category = other.Category;
        (NcmecCase, AgencyOri) = (Or(NcmecCaseColumn, other.NcmecCase, NcmecCase), Or("ori", other.AgencyOri, AgencyOri));
        (CaseType, Names, Sex) = (Or("case_type", other.CaseType, CaseType), Or("names", other.Names, Names), Or("sex", other.Sex, Sex));
        if (!Stands(("born", Born == other.Born), ("age_text", AgeText == other.AgeText))) (Born, AgeText) = Said((other.Born, other.AgeText), (Born, AgeText));
        if (!Stands(("height_in_min", HeightInMin == other.HeightInMin), ("height_in_max", HeightInMax == other.HeightInMax)))
            (HeightInMin, HeightInMax) = Said((other.HeightInMin, other.HeightInMax), (HeightInMin, HeightInMax));
        if (!Stands(("weight_lb_min", WeightLbMin == other.WeightLbMin), ("weight_lb_max", WeightLbMax == other.WeightLbMax)))
            (WeightLbMin, WeightLbMax) = Said((other.WeightLbMin, other.WeightLbMax), (WeightLbMin, WeightLbMax));
        (Race, Eyes, Hair, Marks) = (Or("race", other.Race, Race), Or("eyes", other.Eyes, Eyes), Or("hair", other.Hair, Hair), Or("marks", other.Marks, Marks));
        (PhotoTaken, Dental, Medical) = (Or("photo_taken", other.PhotoTaken, PhotoTaken), Or("dental", other.Dental, Dental), Or("medical", other.Medical, Medical));
        LastSeenAt = Or("last_seen_at", other.LastSeenAt, LastSeenAt);
        // A state alone is no place: a map may write it into every row.
        var standsThere = Stands(("last_seen_city", LastSeenCity == other.LastSeenCity), ("last_seen_state", LastSeenState == other.LastSeenState),
            ("last_seen_zip", LastSeenZip == other.LastSeenZip), ("last_seen_county_fips", LastSeenCountyFips == other.LastSeenCountyFips));
        if (!standsThere && (isWhole || (other.LastSeenCity ?? other.LastSeenZip ?? other.LastSeenCountyFips) is not null))
            (LastSeenCity, LastSeenState, LastSeenZip, LastSeenCountyFips) = (other.LastSeenCity, other.LastSeenState, other.LastSeenZip, other.LastSeenCountyFips);
        else LastSeenState ??= other.LastSeenState;
        (Custody, Phones, Emails) = (Or("custody", other.Custody, Custody), Or("phones", other.Phones, Phones), Or("emails", other.Emails, Emails));
        (ScreenNames, Vehicles) = (Or("screen_names", other.ScreenNames, ScreenNames), Or("vehicles", other.Vehicles, Vehicles));
        (AtRisk, Indicators) = (Or("at_risk", other.AtRisk, AtRisk), Or("indicators", other.Indicators, Indicators));

        T Or<T>(string column, T said, T stood) => silent.Contains(column) ? stood : Said(said, stood);

        // What belongs together, as the ends of a span, is said together: half of it never joins half of what stood.
        T Said<T>(T said, T stood) => isWhole || !(said is null or "" || EqualityComparer<T>.Default.Equals(said, default)) ? said : stood;

        // Of what belongs together the table has not all: what it has says the same as stood, so the rest stands, too; else none of it does.
        bool Stands(params ReadOnlySpan<(string Column, bool IsSame)> parts)
        {
            var isHalf = false;
            foreach (var (column, isSame) in parts)
            {
                if (silent.Contains(column)) isHalf = true;
                else if (!isSame) return false;
            }
            return isHalf;
        }
    }
}

/// <summary>A missing child's NCIC entry as it stands now: the newest message, and what the house itself learned.</summary>
internal sealed class Entry : EntryFacts, IScoped
{
    public required EntryId Id { get; init; }
    /// <summary>NIC number. Unique.</summary>
    public required string Nic { get; init; }
    public required PersonRecordId Record { get; init; }
    /// <summary>The office in whose territory the entering agency lies, else where the child was last seen; null when neither says.</summary>
    public string? OfficeCode { get; set; }
    /// <summary>Since when the child is entered, this time (<see cref="Reading.Disappearance"/>): by the times of the messages and not by their order here, for a feed may bring the oldest last. The rules' clocks run from it.</summary>
    public required DateTimeOffset FirstReceivedAt { get; set; }
    /// <summary>Number of the newest message.</summary>
    public required int Version { get; set; }
    /// <summary>When the house's own field work found the child; a later message about a still open entry does not undo it, a new entry does.</summary>
    public DateTimeOffset? FoundAt { get; set; }
    public required Guid Revision { get; set; }

    /// <summary>Entered or modified, neither located nor cleared.</summary>
    public static readonly Expression<Func<Entry, bool>> IsOpen = row => row.State == EntryState.Entered || row.State == EntryState.Modified;

    string? IScoped.TaskForce => null;
    string? IScoped.AgencyOri => AgencyOri.Length == 0 ? null : AgencyOri;
    UserId? IScoped.AssignedTo => null;
}

/// <summary>One message about an entry, as it came. Never changed.</summary>
internal sealed class EntryMessage : EntryFacts
{
    public required EntryId EntryId { get; init; }
    public required int Version { get; init; }
    /// <summary><see cref="Source"/> of what people here decided.</summary>
    public const string House = "house";

    /// <summary>Of the line as it came; of nothing for the house's own message.</summary>
    public required string Sha256 { get; init; }
    /// <summary>File and line, or <see cref="House"/>.</summary>
    public required string Source { get; init; }
    /// <summary>The line as it came, what nobody reads of it as well, bound to <see cref="Context"/>; null for the house's own message.</summary>
    public byte[]? Original { get; init; }
    /// <summary>Columns that the table lacks in which it came, one a line, by the names of <see cref="MissingChildEntries.Csv"/>; null where it lacks none.</summary>
    public string? Silent { get; init; }

    public bool IsSilentOn(string column) => IsSilent(Silent, column);

    /// <inheritdoc cref="IsSilentOn"/>
    /// <param name="silent">As <see cref="Silent"/> has it.</param>
    public static bool IsSilent(string? silent, string column) => silent is not null && Lists.Split(silent).Contains(column);

    /// <summary>How the entry stands by this message, after those before it.</summary>
    public EntryMessage After(EntryMessage before)
    {
        var stands = new EntryMessage { EntryId = EntryId, Version = Version, Sha256 = Sha256, Source = Source, ReceivedAt = ReceivedAt, State = State };
        stands.Take(before);
        stands.Take(this);
        return stands;
    }

    public static string Context(EntryId entry, int version) => $"entry/{entry}/{version}";
}

/// <summary>That somebody recorded when the entering agency was told that the child is missing: the two-hour clock starts there. Of one disappearance the newest counts; those before it stay.</summary>
internal sealed class AgencyTold
{
    public required EntryId EntryId { get; init; }
    /// <summary>From 1.</summary>
    public required int Ordinal { get; init; }
    /// <summary>A message of the disappearance that it was about.</summary>
    public required int Version { get; init; }
    public required DateTimeOffset ToldAt { get; init; }
    public required UserId By { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>A vehicle's plate that a message about an entry names: by it the entry is found from alerts and reports, and they from it.</summary>
/// <remarks>One that a later message no longer names still says where the plate appeared.</remarks>
internal sealed class EntryPlate
{
    public required EntryId EntryId { get; init; }
    /// <summary>Of the message.</summary>
    public required int Version { get; init; }
    /// <summary>As in <c>Plates</c>.</summary>
    public required string Plate { get; init; }
}

/// <summary>The message that a child was found: who must take the entry out, and what came back. It never says where. Each time that a child is found has its own.</summary>
internal sealed class ClearingMessage : IScoped
{
    /// <summary>All that it says of the child.</summary>
    public const string Says = "located, safe";

    public required EntryId EntryId { get; init; }
    /// <summary>The house's message that the child was located, by its number: it tells which time is meant.</summary>
    public required int Version { get; init; }
    public required string Nic { get; init; }
    /// <summary>The entering agency that is told.</summary>
    public required string ToAgency { get; init; }
    /// <summary>The case that NCMEC is told of; null when it has none.</summary>
    public string? ToNcmecCase { get; init; }
    public required DateTimeOffset WrittenAt { get; init; }
    public DateTimeOffset? ConfirmedAt { get; set; }
    public UserId? ConfirmedBy { get; set; }
    /// <summary>A suspected person works or lives at the recipient: somebody else was told.</summary>
    public bool ToldInstead { get; set; }
    public string? OfficeCode { get; init; }
    public string? TaskForce { get; init; }
    public string? AgencyOri { get; init; }
    public UserId? AssignedTo { get; init; }
    public required Guid Revision { get; set; }
}
