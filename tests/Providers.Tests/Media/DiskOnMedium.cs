using Homeward.Foundations.Storage;

namespace Homeward.Providers.Tests.Media;

/// <summary>The house's own files on a <see cref="Medium"/>: really written, and remembered as far as they were synced.</summary>
internal sealed class DiskOnMedium(Medium medium) : Disk
{
    private const int NoSpace = 28;

    public override Stream Create(string path, UnixFileMode? mode = null) => new Passing(base.Create(path, mode), medium, medium.Open(path));
    public override Stream Append(string path) => new Passing(base.Append(path), medium, medium.Open(path));
    public override Stream Overwrite(string path) => new Passing(base.Overwrite(path), medium, medium.Open(path));

    public override void Sync(Stream file)
    {
        var passing = (Passing)file;
        base.Sync(passing.Inner);
        medium.Synced(passing.Content);
    }

    public override void Move(string from, string to)
    {
        base.Move(from, to);
        medium.Named(from, to);
        medium.Removed(from);
    }

    public override void Replace(string from, string to)
    {
        base.Replace(from, to);
        medium.Named(from, to);
        medium.Removed(from);
    }

    public override void Name(string whole, string path)
    {
        base.Name(whole, path);
        medium.Named(whole, path);
    }

    public override void Delete(string path)
    {
        base.Delete(path);
        medium.Removed(path);
    }

    public override void SyncFolder(string folder)
    {
        base.SyncFolder(folder);
        medium.FolderSynced(folder);
    }

    private sealed class Passing(Stream inner, Medium medium, Medium.Content content) : Stream
    {
        public Stream Inner => inner;
        public Medium.Content Content => content;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (!medium.Written(content, inner.Position, buffer)) throw new IOException("No space left on device", NoSpace);
            inner.Write(buffer);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Write(buffer.Span);
            return ValueTask.CompletedTask;
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
        public override bool CanRead => false;
        public override bool CanSeek => inner.CanSeek;
        public override bool CanWrite => true;
        public override long Length => inner.Length;
        public override long Position { get => inner.Position; set => inner.Position = value; }
        public override void Flush() => inner.Flush();
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);
        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
