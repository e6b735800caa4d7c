using System.Text;

namespace Homeward.Exchange.Lines;

/// <summary>The lines of a text, ended by CR, LF or both. One that is longer than its bound is passed by and never held whole.</summary>
internal sealed class TextLines(TextReader text, int charsMax)
{
    private readonly char[] _buffer = new char[16 * 1024];
    private readonly StringBuilder _line = new();
    private int _at, _end;
    private bool _isAfterReturn;

    /// <param name="line">Without its end; null when it is too long.</param>
    /// <returns>False at the end of the text.</returns>
    /// <exception cref="DecoderFallbackException">The bytes are no text.</exception>
    public bool TryRead(out string? line)
    {
        var (isRead, isTooLong) = (false, false);
        _line.Clear();
        while (Fill())
        {
            var rest = _buffer.AsSpan(_at, _end - _at);
            var isSecondHalf = _isAfterReturn && rest[0] == '\n';
            _isAfterReturn = false;
            if (isSecondHalf)
            {
                _at++;
                continue;
            }
            isRead = true;
            var end = rest.IndexOfAny('\r', '\n');
            var part = end < 0 ? rest : rest[..end];
            isTooLong |= _line.Length + part.Length > charsMax;
            if (!isTooLong) _line.Append(part);
            _at += part.Length;
            if (end < 0) continue;
            _at++;
            _isAfterReturn = rest[end] == '\r';
            break;
        }
        line = isTooLong ? null : _line.ToString();
        return isRead;
    }

    private bool Fill()
    {
        if (_at < _end) return true;
        (_at, _end) = (0, text.Read(_buffer, 0, _buffer.Length));
        return _end > 0;
    }
}
