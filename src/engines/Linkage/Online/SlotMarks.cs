namespace Homeward.Linkage;

/// <summary>Which slots one query has come upon. For one query after another: nothing is cleared in between.</summary>
internal sealed class SlotMarks
{
    private const int BitsAtFirst = 11;

    /// <summary>In each place a slot, and above it the turn in which it was put there.</summary>
    private ulong[] _places = new ulong[1 << BitsAtFirst];
    private int _shift = 32 - BitsAtFirst;
    private int _count;
    private uint _turn;

    /// <summary>Forgets what the query before came upon.</summary>
    public void Begin()
    {
        _count = 0;
        if (++_turn != 0) return;
        Array.Clear(_places);
        _turn = 1;
    }

    /// <returns>False where it was there already.</returns>
    public bool Add(int slot)
    {
        ref var place = ref PlaceOf(slot);
        if (place >> 32 == _turn) return false;
        place = ((ulong)_turn << 32) | (uint)slot;
        if (++_count * 2 > _places.Length) Grow();
        return true;
    }

    public bool Has(int slot) => PlaceOf(slot) >> 32 == _turn;

    private ref ulong PlaceOf(int slot)
    {
        var at = (int)((uint)slot * 0x9E3779B1 >> _shift);
        while (_places[at] >> 32 == _turn && (uint)_places[at] != (uint)slot) at = (at + 1) & (_places.Length - 1);
        return ref _places[at];
    }

    private void Grow()
    {
        var before = _places;
        _places = new ulong[before.Length * 2];
        _shift--;
        foreach (var place in before) if (place >> 32 == _turn) PlaceOf((int)(uint)place) = place;
    }
}
