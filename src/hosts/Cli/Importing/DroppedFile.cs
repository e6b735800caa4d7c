using Homeward.Exchange.Packages;

namespace Homeward.Cli.Importing;

/// <summary>A file of whoever imports cannot be read: no fault of the house, whose own disk may fail, too.</summary>
internal sealed class UnreadableFile(string path, Exception why) : Exception(why.Message, why)
{
    public string Path => path;
    public string Why => FolderWalk.Words(InnerException!);
}

/// <summary>A file that is taken as if somebody dropped it on the page; what goes wrong in reading it carries its name.</summary>
/// <exception cref="UnreadableFile">From here and from every read.</exception>
internal sealed class DroppedFile : ReadStream
{
    private readonly string _path;
    private readonly FileStream _file;

    public DroppedFile(string path)
    {
        _path = path;
        try
        {
            _file = File.OpenRead(path);
        }
        catch (Exception fault) when (FolderWalk.IsUnreadable(fault))
        {
            throw new UnreadableFile(path, fault);
        }
    }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return _file.Read(buffer);
        }
        catch (Exception fault) when (FolderWalk.IsUnreadable(fault))
        {
            throw new UnreadableFile(_path, fault);
        }
    }

    /// <summary>From a disk of this machine: nothing is gained by waiting for it elsewhere.</summary>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    protected override void Dispose(bool disposing)
    {
        if (disposing) _file.Dispose();
        base.Dispose(disposing);
    }
}
