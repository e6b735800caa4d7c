using System.Text;

namespace Homeward.Fuzz;

/// <summary>Changes bytes of a known input at random: what a broken disk, a wrong tool or a hurried hand would do.</summary>
/// <remarks>One seed gives one sequence, so that a crash is had again by its number.</remarks>
public sealed class Mutator(int seed, IReadOnlyList<byte[]> corpus, IReadOnlyList<string> words)
{
    private const int LengthMax = 1 << 14;
    private const int ChangesMax = 6;

    private readonly Random _random = new(seed);
    private readonly byte[][] _words = [.. words.Select(Encoding.UTF8.GetBytes)];

    public byte[] Next()
    {
        var input = corpus[_random.Next(corpus.Count)].ToList();
        for (var changes = 1 + _random.Next(ChangesMax); changes > 0; changes--) Change(input);
        if (input.Count > LengthMax) input.RemoveRange(LengthMax, input.Count - LengthMax);
        return [.. input];
    }

    private void Change(List<byte> input)
    {
        var at = _random.Next(input.Count + 1);
        var length = Math.Min(_random.Next(1, 24), input.Count - at);
        switch (_random.Next(8))
        {
            case 0 when at < input.Count:
                input[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when at < input.Count:
                input[at] = (byte)_random.Next(256);
                break;
            case 2:
                input.RemoveRange(at, length);
                break;
            case 3:
                input.InsertRange(_random.Next(input.Count + 1), input.GetRange(at, length));
                break;
            case 4:
                var other = corpus[_random.Next(corpus.Count)];
                var from = _random.Next(other.Length + 1);
                input.InsertRange(at, other.AsSpan(from, Math.Min(_random.Next(64), other.Length - from)).ToArray());
                break;
            case 5:
                input.RemoveRange(at, input.Count - at);
                break;
            default:
                input.InsertRange(at, _words[_random.Next(_words.Length)]);
                break;
        }
    }
}
