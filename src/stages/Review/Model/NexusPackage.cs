using Homeward.Foundations.Access;
using Homeward.Intake;
using Homeward.Kernel;

namespace Homeward.Review;

public readonly record struct NexusPackageId(Guid Value) : IStrongId<NexusPackageId>
{
    public static NexusPackageId From(Guid value) => new(value);
    public override string ToString() => StrongId.Text(Value);
}

/// <summary>Where a package of reports of no nexus stands. The house sends nothing: a person hands it over.</summary>
public enum NexusPackageState
{
    /// <summary>Made, and still in the house.</summary>
    Waiting,
    HandedOver,
    /// <summary>Its receiver said that it came.</summary>
    Received,
    /// <summary>All of its reports were taken back before it left.</summary>
    Withdrawn,
}

/// <summary>By which way a person handed a package over.</summary>
public enum HandOverChannel
{
    /// <summary>NCMEC's Case Management Tool.</summary>
    CaseManagementTool,
    /// <summary>The I-24/7 network, by the national central bureau.</summary>
    Interpol,
    /// <summary>Europol's SIENA.</summary>
    Europol,
    /// <summary>The legal attaché for the country.</summary>
    LegalAttache,
    /// <summary>A file transfer or mail that is encrypted for its receiver.</summary>
    Encrypted,
    InPerson,
}

/// <summary>What goes to one receiver by one decision: the reports that somebody returned or referred with one reason.</summary>
internal sealed class NexusPackage
{
    public required NexusPackageId Id { get; init; }
    /// <summary>For people: <c>P-2019-00012</c>.</summary>
    public required string Number { get; init; }
    public required NexusWay Way { get; init; }
    public required string To { get; init; }
    public required NexusPackageState State { get; set; }
    public required UserId DecidedBy { get; init; }
    /// <summary>When it was decided; its reports carry the same instant for as long as the decision stands.</summary>
    public required DateTimeOffset DecidedAt { get; init; }
    /// <summary>By when it is to be handed over.</summary>
    public required DateTimeOffset DueAt { get; init; }
    /// <summary>Whether those who lead were told that it is late.</summary>
    public bool ToldLate { get; set; }
    /// <summary>Goes up when it is drawn anew.</summary>
    public required int Drawn { get; set; }
    /// <summary>What leaves, byte for byte: encrypted, bound to <c>nexus-package/…id…</c>. Null once a report in it was purged.</summary>
    public byte[]? Content { get; set; }
    /// <summary>Of the bytes in clear, as they leave.</summary>
    public required string Sha256 { get; set; }
    public required int Bytes { get; set; }
    public HandOverChannel? Channel { get; set; }
    /// <summary>The law or the agreement under which it went.</summary>
    public string? Basis { get; set; }
    /// <summary>The agreement of the house's list that was chosen, as it stood then; null where the basis is in the person's own words alone.</summary>
    public AgreementId? Agreement { get; set; }
    public int? AgreementVersion { get; set; }
    public UserId? HandedOverBy { get; set; }
    public DateTimeOffset? HandedOverAt { get; set; }
    /// <summary>The receiver's number or words for it.</summary>
    public string? Receipt { get; set; }
    public UserId? ReceiptBy { get; set; }
    public DateTimeOffset? ReceiptAt { get; set; }
    public required Guid Revision { get; set; }
}

/// <summary>One report in a package. It stays after the report is purged: that it went, and to whom, is no part of what it said.</summary>
internal sealed class NexusPackageReport
{
    public required NexusPackageId Package { get; init; }
    public required ReportId Report { get; init; }
    public required string Number { get; init; }
    /// <summary>The version that the content was drawn from.</summary>
    public required int Version { get; set; }
}

/// <summary>The last number given in a year.</summary>
internal sealed class NexusPackageCounter
{
    public required int Year { get; init; }
    public required int Last { get; set; }
}
