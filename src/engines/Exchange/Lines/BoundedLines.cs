using System.Text;

namespace Homeward.Exchange.Lines;

/// <summary>Lines of a text, ended as any system ends them; one that is too long is passed over and never held.</summary>
internal sealed class BoundedLines(TextReader text, int charsMax)
{
    private const int BufferChars = 16 * 1024;

    private readonly char[] _buffer = new char[BufferChars];
    private int _start, _end;
    /// <summary>A line feed behind a carriage return ends the same line.</summary>
    private bool _skipsFeed;

    /// <param name="line">Without its end; null when it is too long.</param>
    /// <returns>False when there is no more.</returns>
    public bool TryRead(out string? line)
    {
        var (longer, isTooLong, isAny) = ((StringBuilder?)null, false, false);
        while (Fill())
        {
            isAny = true;
            var rest = _buffer.AsSpan(_start, _end - _start);
            var length = rest.IndexOfAny('\r', '\n');
            var piece = length < 0 ? rest : rest[..length];
            isTooLong |= (longer?.Length ?? 0) + piece.Length > charsMax;
            _start += length < 0 ? rest.Length : length + 1;
            if (length < 0)
            {
                if (!isTooLong) (longer ??= new StringBuilder()).Append(piece);
                continue;
            }
            _skipsFeed = rest[length] == '\r';
            line = isTooLong ? null : longer is null ? piece.ToString() : longer.Append(piece).ToString();
            return true;
        }
        line = isTooLong ? null : longer?.ToString();
        return isAny;
    }

    /// <returns>Whether anything is left.</returns>
    private bool Fill()
    {
        while (true)
        {
            if (_start == _end) (_start, _end) = (0, text.Read(_buffer));
            if (_start == _end) return false;
            if (_skipsFeed && _buffer[_start] == '\n') _start++;
            else
            {
                _skipsFeed = false;
                return true;
            }
            _skipsFeed = false;
        }
    }
}
