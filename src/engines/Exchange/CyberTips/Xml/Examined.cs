namespace Homeward.Exchange.CyberTips.Xml;

/// <summary>How far a document got at the receiving door.</summary>
public enum Verdict
{
    /// <summary>It fits the schema; value rules may still be broken.</summary>
    Valid,
    /// <summary>Not well-formed, not of this door, a DTD, a wrong encoding, deeper or larger than any report.</summary>
    Malformed,
    /// <summary>It breaks the schema.</summary>
    Invalid,
}

/// <summary>A value rule that a document breaks: what the schema cannot say.</summary>
/// <param name="MayBeWaived">Public clients break it in their own published tests: a lenient account is only told of it.</param>
/// <param name="OfBatch">It holds for the files of a batched report alone.</param>
public sealed record BrokenRule(Rejection Fault, bool MayBeWaived = false, bool OfBatch = false);

/// <summary>What the receiving door must know of a document before it takes it.</summary>
public sealed record Examined(Verdict Verdict)
{
    /// <summary>Why it is malformed or invalid.</summary>
    public IReadOnlyList<Rejection> Faults { get; init; } = [];

    /// <summary>Value rules that a valid document breaks, in the order in which they stand in it.</summary>
    public IReadOnlyList<BrokenRule> Broken { get; init; } = [];

    /// <summary>One report that stands for many copies of a viral file.</summary>
    public bool IsBatched { get; init; }

    /// <summary>Earlier reports that it names, as it writes them, with where: they must exist.</summary>
    public IReadOnlyList<(long Number, Rejection IfMissing)> PriorReports { get; init; } = [];

    /// <summary>Of a <c>fileDetails</c>: which report it is about.</summary>
    public long ReportNumber { get; init; }

    /// <summary>Of a <c>fileDetails</c>: which file it describes; opaque.</summary>
    public string FileId { get; init; } = "";
}
