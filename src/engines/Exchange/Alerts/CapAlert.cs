namespace Homeward.Exchange.Alerts;

/// <summary>Whether a CAP message is meant. Only <see cref="Actual"/> is; the others must never be acted upon as if it were.</summary>
public enum CapStatus { Actual, Exercise, System, Test, Draft }

/// <summary>What a CAP message does to earlier ones. <see cref="Ack"/> and <see cref="Error"/> only answer.</summary>
public enum CapKind { Alert, Update, Cancel, Ack, Error }

/// <summary>The name of a CAP message: no two have the same. CAP 1.2 writes it <c>sender,identifier,sent</c>.</summary>
/// <param name="SentAt">UTC, whole seconds, as CAP writes them.</param>
public readonly record struct CapKey(string Sender, string Identifier, DateTimeOffset SentAt);

/// <summary>A code with the list that it is from: <c>SAME</c> <c>CAE</c>. Both as they stand.</summary>
public sealed record CapCode(string List, string Value);

/// <summary>A whole AMBER message in the Common Alerting Protocol 1.2, as it stands: nothing is normalised away.</summary>
/// <remarks>Source: OASIS CAP-v1.2, 1 July 2010, 3.2; the event code CAE (Child Abduction Emergency) is 47 CFR 11.31's.</remarks>
public sealed record CapAlert
{
    public required CapKey Key { get; init; }
    public required CapStatus Status { get; init; }
    public required CapKind Kind { get; init; }
    /// <summary>Public, Restricted or Private.</summary>
    public required string Scope { get; init; }
    /// <summary>The earlier messages that this one updates, cancels or answers.</summary>
    public IReadOnlyList<CapKey> References { get; init; } = [];
    /// <summary>One for each language.</summary>
    public IReadOnlyList<CapInfo> Infos { get; init; } = [];
    /// <summary>Every value of the document in its order, with its path: the receipt that nothing was lost.</summary>
    public required IReadOnlyList<CapValue> Values { get; init; }
    /// <summary>Elements and attributes that CAP 1.2 does not name, kept in <see cref="Values"/> and told here.</summary>
    public IReadOnlyList<CapValue> Unknown { get; init; } = [];

    /// <summary>The first text of this name at the message itself, such as <c>note</c>; null when there is none.</summary>
    public string? Text(string element) => Values.FirstOrDefault(value => value.Path == $"/alert/{element}[1]")?.Text;
}

/// <summary>What the message says in one language.</summary>
/// <param name="Language">RFC 3066; CAP's default is <c>en-US</c>.</param>
/// <param name="Parameters">What the issuer adds under names of its own; CAP names none for AMBER.</param>
public sealed record CapInfo(
    string Language, string Event, DateTimeOffset? OnsetAt, DateTimeOffset? ExpiresAt, string? SenderName, string? Headline, string? Description,
    string? Instruction, string? Contact, IReadOnlyList<CapCode> EventCodes, IReadOnlyList<CapCode> Parameters, IReadOnlyList<CapArea> Areas,
    IReadOnlyList<string> Resources);

/// <param name="Polygons">As they stand: <c>lat,lon lat,lon …</c>, the first again as the last.</param>
/// <param name="Geocodes">SAME (six digits), UGC, FIPS …</param>
public sealed record CapArea(string Description, IReadOnlyList<string> Polygons, IReadOnlyList<string> Circles, IReadOnlyList<CapCode> Geocodes)
{
    /// <summary>Counties named by SAME (<c>PSSCCC</c>, P a part of the county) or by FIPS (<c>SSCCC</c>); whole states, <c>SS000</c>, are none.</summary>
    public IReadOnlyList<string> CountyFips => [.. Geocodes.Select(County).OfType<string>().Distinct()];

    private static string? County(CapCode code)
    {
        var digits = code.List.ToUpperInvariant() switch
        {
            "SAME" when code.Value.Length == 6 => code.Value[1..],
            "SAME" or "FIPS" or "FIPS6" when code.Value.Length is 5 or 6 => code.Value[^5..],
            _ => null,
        };
        return digits is not null && digits.All(char.IsAsciiDigit) && !digits.EndsWith("000", StringComparison.Ordinal) ? digits : null;
    }
}

/// <summary>One value of the document: the text of an element that holds no others, or an attribute (<c>…/@name</c>).</summary>
public sealed record CapValue(string Path, string Text, int Line);
