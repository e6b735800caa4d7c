using System.Text;

namespace Homeward.Exchange.Packages;

/// <summary>Names of files in a ZIP that does not say how they are written: UTF-8 where they are that, else the code page 437 of the format's beginnings.</summary>
/// <remarks>What packs on Windows writes the latter still. Read as UTF-8 each such letter is lost, and two files may have one name.</remarks>
internal sealed class EntryNames : Encoding
{
    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding _old = CodePagesEncodingProvider.Instance.GetEncoding(437)!;

    public override int GetByteCount(char[] chars, int index, int count) => _utf8.GetByteCount(chars, index, count);
    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => _utf8.GetBytes(chars, charIndex, charCount, bytes, byteIndex);
    public override int GetCharCount(byte[] bytes, int index, int count) => For(bytes.AsSpan(index, count)).GetCharCount(bytes, index, count);
    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        For(bytes.AsSpan(byteIndex, byteCount)).GetChars(bytes, byteIndex, byteCount, chars, charIndex);
    public override int GetMaxByteCount(int charCount) => _utf8.GetMaxByteCount(charCount);
    public override int GetMaxCharCount(int byteCount) => Math.Max(_utf8.GetMaxCharCount(byteCount), _old.GetMaxCharCount(byteCount));

    private static Encoding For(ReadOnlySpan<byte> name) => System.Text.Unicode.Utf8.IsValid(name) ? _utf8 : _old;
}
