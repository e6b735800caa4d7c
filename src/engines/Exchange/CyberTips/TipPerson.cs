using Homeward.Kernel;

namespace Homeward.Exchange.CyberTips;

/// <summary>A person or account in a report. Everything is the provider's claim; null and empty mean "not stated".</summary>
public sealed record TipPerson
{
    public required TipRole Role { get; init; }

    /// <summary>For an associated account: index in Persons of the account that it belongs to.</summary>
    public int? AssociatedWith { get; init; }

    /// <summary>For an associated account: Billing, Linked, Business, Creator, Parent/Guardian or Other.</summary>
    public string? AssociatedAs { get; init; }

    public string? Given { get; init; }
    /// <summary>JSON, and XML of associated accounts.</summary>
    public string? Middle { get; init; }
    public string? Family { get; init; }
    /// <summary>JSON only.</summary>
    public string? Preferred { get; init; }
    public IReadOnlyList<string> DisplayNames { get; init; } = [];

    /// <summary>Name of the account on <see cref="Service"/>, or on the report's platform where no service is given.</summary>
    public string? ScreenName { get; init; }
    public string? Service { get; init; }
    /// <summary>The provider's own number of the account.</summary>
    public string? AccountId { get; init; }

    public PartialDate Born { get; init; }
    /// <summary>Age in years, 0 to 150, on the day of the report.</summary>
    public int? Age { get; init; }
    /// <summary>"F", "M" or null. JSON only; another word stays in Values.</summary>
    public string? Sex { get; init; }

    public IReadOnlyList<TipPhone> Phones { get; init; } = [];
    public IReadOnlyList<TipEmail> Emails { get; init; } = [];
    public IReadOnlyList<TipAddress> Addresses { get; init; } = [];
    public IReadOnlyList<string> ProfileUrls { get; init; } = [];
    /// <summary>Where the provider believes the account's holder to be.</summary>
    public TipLocation? EstimatedLocation { get; init; }
    public IReadOnlyList<TipIp> Ips { get; init; } = [];
    public IReadOnlyList<TipDevice> Devices { get; init; } = [];
    /// <summary>Numbers of earlier reports on this account.</summary>
    public IReadOnlyList<string> PriorReports { get; init; } = [];

    /// <summary>Where the block stands in the original.</summary>
    public string Path { get; init; } = "";
}

/// <summary>What a report makes of a person.</summary>
public enum TipRole { Reported, Victim, Recipient, Associated }

/// <param name="CallingCode">With its plus sign, <c>+44</c>, when the provider split it off.</param>
public sealed record TipPhone(string Number, string? CallingCode = null, Stated Verified = Stated.NotStated);

public sealed record TipEmail(string Address, Stated Verified = Stated.NotStated);

/// <param name="State">US state by its two letters, or the name of a region elsewhere.</param>
/// <param name="Country">ISO 3166-1 alpha-2 or one of the format's network codes.</param>
public sealed record TipAddress(
    string? Street = null, string? City = null, string? State = null, string? Zip = null, string? Country = null);

/// <param name="Verified">Whether the provider says that it knows.</param>
public sealed record TipLocation(
    string? City, string? Region, string? Country, Stated Verified = Stated.NotStated, StatedInstant? At = null);

/// <param name="Event">Login, Registration, Purchase, Upload, Other or Unknown, in that spelling in XML.</param>
/// <param name="Port">1 to 65535; behind carrier-grade NAT the address says little without it.</param>
public sealed record TipIp(
    string Address, string? Event = null, StatedInstant? At = null, int? Port = null, Stated Proxy = Stated.NotStated);

public sealed record TipDevice(string IdType, string IdValue, string? Event = null, StatedInstant? At = null);

/// <summary>One place, on the net or off it, where it happened.</summary>
public sealed record TipIncident
{
    public required IncidentKind Kind { get; init; }
    /// <summary>Chat client, game, newsgroup, file-sharing client or name of the location, by kind.</summary>
    public string? Name { get; init; }
    /// <summary>Chat room or console, by kind.</summary>
    public string? Room { get; init; }
    public IReadOnlyList<string> Urls { get; init; } = [];
    public IReadOnlyList<TipEmail> Emails { get; init; } = [];
    public TipPhone? Phone { get; init; }
    /// <summary>Degrees, WGS 84; may be out of range in real reports, and is then left out with a remark.</summary>
    public double? Latitude { get; init; }
    /// <inheritdoc cref="Latitude"/>
    public double? Longitude { get; init; }
    public IReadOnlyList<TipAddress> Addresses { get; init; } = [];
    public IReadOnlyList<TipIp> Ips { get; init; } = [];
    public string Path { get; init; } = "";
}

/// <summary>The eight variants of the form.</summary>
public enum IncidentKind { WebPage, Email, Newsgroup, Chat, Gaming, CellPhone, OffLine, FileSharing }

/// <summary>Description of an uploaded file. Homeward never has the file itself here.</summary>
/// <param name="Name">Name under which it travels beside the report.</param>
public sealed record TipFile(string Name)
{
    public string? OriginalName { get; init; }
    /// <summary>NCMEC's id of the upload, opaque.</summary>
    public string? FileId { get; init; }
    public IReadOnlyList<TipHash> Hashes { get; init; } = [];
    /// <summary>Whether the provider looked at it: a warrant may hang on the answer, and silence is no answer.</summary>
    public Stated ViewedByEsp { get; init; }
    public Stated ExifViewedByEsp { get; init; }
    public Stated PubliclyAvailable { get; init; }
    /// <summary>False for "Supplemental Reported".</summary>
    public bool IsReported { get; init; } = true;
    /// <summary>A1, A2, B1, B2 or null.</summary>
    public string? Classification { get; init; }
    /// <summary>The provider's annotations, those present only.</summary>
    public IReadOnlyList<string> Annotations { get; init; } = [];
    /// <summary>What NCMEC tags it with; JSON only. Never the provider's word.</summary>
    public IReadOnlyList<string> NcmecTags { get; init; } = [];
    public string? Location { get; init; }
    public StatedInstant? UploadedAt { get; init; }
    public IReadOnlyList<TipIp> Ips { get; init; } = [];
    public IReadOnlyList<TipDevice> Devices { get; init; } = [];
    public IReadOnlyList<TipMetadata> Metadata { get; init; } = [];
    public string Path { get; init; } = "";
}

/// <param name="HashType">MD5, SHA1, SHA256 …: free text in the format.</param>
public sealed record TipHash(string HashType, string Value);

/// <param name="Kind">EXIF, HASH or null.</param>
public sealed record TipMetadata(string Name, string Value, string? Kind = null);
