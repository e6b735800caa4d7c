using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Homeward.Scenario.Cast;

/// <summary>Chance that depends on nothing but the seed, the purpose and the thing: no draw shifts another.</summary>
/// <remarks>So one record more or less changes only what rests on it. Safe for use from many threads.</remarks>
public sealed class Chance(long seed)
{
    /// <summary>A number from 0 to below 1.</summary>
    public double Of(string purpose, string key)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\n{purpose}\n{key}"), hash);
        return (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) * (1.0 / (1UL << 53));
    }

    public bool Happens(double probability, string purpose, string key) => Of(purpose, key) < probability;

    public T Pick<T>(IReadOnlyList<T> from, string purpose, string key) => from[(int)(Of(purpose, key) * from.Count)];

    /// <summary>A length of time between two, to the minute.</summary>
    public TimeSpan Between(double hoursMin, double hoursMax, string purpose, string key) =>
        TimeSpan.FromMinutes(Math.Round((hoursMin + (hoursMax - hoursMin) * Of(purpose, key)) * 60));
}
