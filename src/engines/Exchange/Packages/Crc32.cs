namespace Homeward.Exchange.Packages;

/// <summary>The checksum of ZIP and PNG (ISO 3309, polynomial 0xEDB88320), a byte at a time.</summary>
internal static class Crc32
{
    private static readonly uint[] _table = Table();

    /// <param name="crc">All ones before the first byte; the complement of the last is the checksum.</param>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes) crc = (crc >> 8) ^ _table[(crc ^ one) & 0xFF];
        return crc;
    }

    private static uint[] Table()
    {
        var table = new uint[256];
        for (uint index = 0; index < table.Length; index++)
        {
            var value = index;
            for (var bit = 0; bit < 8; bit++) value = (value & 1) == 1 ? (value >> 1) ^ 0xEDB88320 : value >> 1;
            table[index] = value;
        }
        return table;
    }
}
