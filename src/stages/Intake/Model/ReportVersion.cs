using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Intake.Reading;
using Homeward.Kernel;

namespace Homeward.Intake.Model;

/// <summary>One version of a CyberTipline report: what was read out of it, and where its original lies. Never changed.</summary>
/// <remarks>
/// Volume plane: written in bulk, a row a version. What the provider claims, what NCMEC adds and what the house works
/// out stand in columns of their own and are never merged. Free text is not here; it stays in the sealed original.
/// </remarks>
internal sealed class ReportVersion
{
    public required ReportId Id { get; init; }
    /// <summary>1, 2, 3 … in the order in which they came.</summary>
    public required int Version { get; init; }
    public required string Number { get; init; }
    public required ReportForm Form { get; init; }

    // The provider's claims.
    public required string Provider { get; init; }
    public string? Platform { get; init; }
    public required string IncidentType { get; init; }
    public DateTimeOffset? IncidentAt { get; init; }
    /// <summary>False: the provider named no zone, and <see cref="IncidentAt"/> may be up to 14 hours off.</summary>
    public required bool IncidentZoneKnown { get; init; }
    public required bool EscalationClaimed { get; init; }
    /// <summary>One report that stands for many copies of a viral file.</summary>
    public required bool IsBatched { get; init; }

    // NCMEC's marks; null where it says nothing.
    public NcmecDisposition? Disposition { get; init; }
    public int? Priority { get; init; }
    public string? Bundle { get; init; }
    public required Stated Urgent { get; init; }

    // What the house knows of its own.
    public required DateTimeOffset ReceivedAt { get; init; }
    /// <summary>The UTC day of receipt, for the day's list.</summary>
    public required string ReceivedOn { get; init; }
    /// <summary>When the provider submitted it: NCMEC's own time of receipt; of a provider's document, ours. Null where nobody says.</summary>
    public required DateTimeOffset? SubmittedAt { get; init; }
    /// <summary>Last day on which the provider must preserve the contents: <c>2020-07-01</c>, text that sorts as the days do. It may be earlier while <see cref="SubmittedAt"/> is null.</summary>
    public required string PreserveUntil { get; init; }
    /// <summary>Where it came from: the path in the raw folder or in the request.</summary>
    public required string Source { get; init; }
    public required string Sha256 { get; init; }
    public required int Bytes { get; init; }
    public required Guid BlockId { get; init; }
    public required int BlockOffset { get; init; }
    /// <summary>The extractor that drew all this out of the original.</summary>
    public required int Extractor { get; set; }
    /// <summary>In which generation its identifiers are looked up: of all its versions the same. See <see cref="Reading.LookGenerations"/>.</summary>
    public required int Generation { get; set; }
    /// <summary>What it names, as it is stored: see <see cref="Reading.PackedParts"/>.</summary>
    public required byte[] Packed { get; init; }

    private ReportParts? _parts;

    /// <summary>Laid out when it is first asked for: most who read a report's row want none of it.</summary>
    public ReportParts Parts { get => _parts ??= PackedParts.Unpack(Packed); init => _parts = value; }

    /// <summary>The provider's flag or NCMEC's first priority: a bare claim in both cases, never a finding.</summary>
    public bool ClaimsDanger => EscalationClaimed || Priority == 1;
}

/// <summary>That a version of a report holds an identifier: by this other reports that hold it are found. What it is, and where, stands in the report's parts.</summary>
/// <remarks>
/// The largest table of the house, so of each identifier nothing else is here. A look is not the value itself: who finds one
/// compares the value in the report's parts.
/// </remarks>
internal sealed class ReportIdentifierRow
{
    /// <summary>See <see cref="Model.Look"/>.</summary>
    public required long Look { get; init; }
    public required ReportId ReportId { get; init; }
    public required int Version { get; init; }
}

/// <summary>Some originals together, byte for byte, compressed and sealed.</summary>
internal sealed class OriginalBlock
{
    public required Guid Id { get; init; }
    public required int Originals { get; init; }
    /// <summary>Brotli, then the envelope of purpose <c>originals</c>, bound to <c>originals/…id…</c>.</summary>
    public required byte[] Sealed { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>Which words the texts in a block of originals may hold, told without laying one open.</summary>
internal sealed class OriginalWords
{
    /// <summary>The block's.</summary>
    public required Guid Id { get; init; }
    /// <summary>A <see cref="Foundations.Sealing.WordFilters"/> filter over all its reports.</summary>
    public required byte[] Filter { get; init; }
    /// <summary>The reports whose texts hold any word: 16 bytes of id and 4 of version each.</summary>
    public required byte[] Reports { get; init; }
    /// <summary>1, and one more each time that a newer extractor read other words: who holds an older filter takes this one.</summary>
    public required int Drawn { get; init; }
}

/// <summary>Who opened a report first, and when: from here the duty to report abuse runs .</summary>
internal sealed class ReportOpening
{
    public required ReportId ReportId { get; init; }
    public required Guid OpenedBy { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
}
