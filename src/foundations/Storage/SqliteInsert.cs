using System.Text;
using Homeward.Kernel;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Homeward.Foundations.Storage;

/// <summary>One prepared insert, for row after row.</summary>
/// <remarks>
/// Through SQLite's own interface: a parameter of the provider is looked up by its name for every value of every row,
/// which takes longer than the insert itself.
/// </remarks>
internal sealed class SqliteInsert : BulkRow, IDisposable
{
    private const int ScratchBytes = 4096;

    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _insert;
    // For texts that fit: SQLite copies them, so each may use it in turn.
    private readonly byte[] _scratch = new byte[ScratchBytes];
    private int _place;

    public SqliteInsert(SqliteConnection connection, string sql)
    {
        _connection = connection;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(connection.Handle, sql, out _insert), connection.Handle);
    }

    public void Step()
    {
        var answer = raw.sqlite3_step(_insert);
        if (answer != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(answer, _connection.Handle);
        raw.sqlite3_reset(_insert);
        _place = 0;
    }

    public void Dispose() => _insert.Dispose();

    protected override void Null() => Bound(raw.sqlite3_bind_null(_insert, ++_place));

    protected override void Write(string text) => Bound(text switch
    {
        // An empty span has no address, and SQLite would take it for NULL.
        { Length: 0 } => raw.sqlite3_bind_text(_insert, ++_place, text),
        _ when text.Length * 3 <= _scratch.Length => raw.sqlite3_bind_text(_insert, ++_place, _scratch.AsSpan(0, Encoding.UTF8.GetBytes(text, _scratch))),
        _ => raw.sqlite3_bind_text(_insert, ++_place, Encoding.UTF8.GetBytes(text).AsSpan()),
    });

    protected override void Write(int number) => Bound(raw.sqlite3_bind_int(_insert, ++_place, number));
    protected override void Write(long number) => Bound(raw.sqlite3_bind_int64(_insert, ++_place, number));
    protected override void Write(double number) => Bound(raw.sqlite3_bind_double(_insert, ++_place, number));
    protected override void Write(bool flag) => Write(flag ? 1 : 0);
    protected override void Write(Guid id)
    {
        Ensure.That(id.TryWriteBytes(_scratch, bigEndian: true, out var length));
        Bound(raw.sqlite3_bind_blob(_insert, ++_place, _scratch.AsSpan(0, length)));
    }
    protected override void Write(DateTimeOffset instant) => Write(InstantMicroseconds.Of(instant));
    protected override void Write(byte[] bytes) =>
        Bound(bytes.Length == 0 ? raw.sqlite3_bind_zeroblob(_insert, ++_place, 0) : raw.sqlite3_bind_blob(_insert, ++_place, bytes));

    private void Bound(int answer)
    {
        if (answer != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(answer, _connection.Handle);
    }
}
