namespace Homeward.Linkage;

/// <summary>Makes an index of records that come some at a time: each is taken in as it comes, so that never all of them are held.</summary>
/// <remarks>For one thread. Where all records are at hand, <see cref="OnlineIndex.Build(LinkageSettings, IEnumerable{LinkRecord})"/> reads them on all processors.</remarks>
public sealed class OnlineIndexBuilder
{
    private readonly LinkageSettings _settings;
    private readonly Keys _keys;
    private readonly Lexicon _lexicon;
    private readonly List<RowPiece> _pieces = [];
    private RowPiece? _open;

    /// <exception cref="LinkageException">The settings name what is not there.</exception>
    public OnlineIndexBuilder(LinkageSettings settings) : this(settings, Lexicon.Max) { }

    internal OnlineIndexBuilder(LinkageSettings settings, int lexiconMax)
    {
        settings.Check();
        (_settings, _keys, _lexicon) = (settings, new(settings), new(settings, lexiconMax));
    }

    public void Add(LinkRecord record)
    {
        _open ??= new(_pieces.Count * FrozenRows.PieceRows, FrozenRows.PieceRows, _lexicon, _keys);
        _open.Add(record);
        if (_open.Count == FrozenRows.PieceRows) Close();
    }

    /// <summary>The index; of two records with one id the later stands. Nothing can be added after.</summary>
    public OnlineIndex Build()
    {
        Close();
        _lexicon.Close();
        return OnlineIndex.Of(_settings, new(_pieces));
    }

    private void Close()
    {
        if (_open is null) return;
        _open.Close();
        _pieces.Add(_open);
        _open = null;
    }
}
