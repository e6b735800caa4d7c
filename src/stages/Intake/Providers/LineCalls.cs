using Homeward.Exchange.CyberTips.Xml;
using Homeward.Foundations.Sealing;

namespace Homeward.Intake.Providers;

/// <summary>One call of a provider that changes something, read and judged as far as it can be without the database.</summary>
/// <param name="Remote">The client's address.</param>
internal abstract record LineCall(ProviderAccount Account, string RequestId, string Remote)
{
    public abstract string Name { get; }
    /// <summary>The report that it is about.</summary>
    public abstract long? About { get; }
}

/// <param name="Number">The number that the report gets.</param>
/// <param name="Warnings">Value rules that a lenient account broke, one a line.</param>
internal sealed record SubmitCall(
    ProviderAccount Account, string RequestId, string Remote, Guid Id, long Number, string Sha256, int Bytes, byte[] Sealed, bool IsBatched, string Warnings)
    : LineCall(Account, RequestId, Remote)
{
    public override string Name => "submit";
    public override long? About => null;
}

internal sealed record UploadCall(
    ProviderAccount Account, string RequestId, string Remote, long Number, SealedBlob Blob, string Md5, string MediaType, Guid FileId, byte[]? SealedName)
    : LineCall(Account, RequestId, Remote)
{
    public override string Name => "upload";
    public override long? About => Number;
}

/// <param name="OfBatch">Rules that it breaks if its report turns out to be a batched one.</param>
internal sealed record DescribeCall(
    ProviderAccount Account, string RequestId, string Remote, long Number, string FileId, byte[] Document, IReadOnlyList<BrokenRule> OfBatch, string Warnings)
    : LineCall(Account, RequestId, Remote)
{
    public override string Name => "fileinfo";
    public override long? About => Number;
}

internal sealed record FinishCall(ProviderAccount Account, string RequestId, string Remote, long Number) : LineCall(Account, RequestId, Remote)
{
    public override string Name => "finish";
    public override long? About => Number;
}

internal sealed record RetractCall(ProviderAccount Account, string RequestId, string Remote, long Number) : LineCall(Account, RequestId, Remote)
{
    public override string Name => "retract";
    public override long? About => Number;
}

/// <summary>A call that was refused before the database was asked: only put on record.</summary>
/// <param name="Document">Its document as it came; null where there is none.</param>
internal sealed record RefusedAtDoor(
    ProviderAccount Account, string RequestId, string Remote, string Call, long? Number, LineAnswer Answer, int Faults, byte[]? Document)
    : LineCall(Account, RequestId, Remote)
{
    /// <summary>The row in which those alike are counted (<see cref="RefusalTally"/>); null for one that has a row of its own.</summary>
    public Guid? CountedAs { get; init; }
    /// <summary>How many calls it stands for.</summary>
    public int Times { get; init; } = 1;
    public override string Name => Call;
    public override long? About => null;
}
