using Homeward.Foundations.Sealing;

namespace Homeward.Intake.Retention;

/// <summary>Goes through all that is stored of reports, and tells what was changed, cut or deleted behind the house's back.</summary>
/// <remarks>The trace is trusted for it: <c>audit verify</c> proves the trace first. What is proved and what is not: docs/decisions/0022.</remarks>
public sealed class VerifyContents(IServiceProvider services, Envelope envelope, SealedBlobs blobs)
{
    /// <summary>So many faults are told; all are counted.</summary>
    public const int FaultsMax = 100;

    /// <param name="Where">Which report, block or file.</param>
    /// <param name="What">What is wrong with it.</param>
    /// <param name="Mend">What to do.</param>
    public sealed record Fault(string Where, string What, string Mend);

    /// <param name="Blocks">Blocks of originals that were looked through; <paramref name="Originals"/> lie in them.</param>
    /// <param name="Broken">How many faults there are in all.</param>
    /// <param name="Faults">The first of them.</param>
    public sealed record Verdict(long Blocks, long Originals, long SealedFiles, long Broken, IReadOnlyList<Fault> Faults)
    {
        public bool Holds => Broken == 0;
    }

    /// <param name="tell">Told now and then how far it is.</param>
    public async Task<Verdict> CheckAsync(Action<string> tell, CancellationToken cancel)
    {
        var faults = new ContentFaults();
        await new OriginalsCheck(services, envelope).RunAsync(faults, tell, cancel);
        await new SealedFilesCheck(services, blobs).RunAsync(faults, tell, cancel);
        return new(faults.Blocks, faults.Originals, faults.SealedFiles, faults.Broken, faults.Told);
    }
}

/// <summary>What has been looked through so far, and what was found broken.</summary>
internal sealed class ContentFaults
{
    private readonly List<VerifyContents.Fault> _told = [];

    public long Blocks { get; set; }
    public long Originals { get; set; }
    public long SealedFiles { get; set; }
    public long Broken { get; private set; }
    public IReadOnlyList<VerifyContents.Fault> Told => _told;

    public void Add(VerifyContents.Fault fault)
    {
        Broken++;
        if (_told.Count < VerifyContents.FaultsMax) _told.Add(fault);
    }
}
