using System.Xml;

namespace Homeward.Exchange.CyberTips.Xml;

/// <summary>Text that XML 1.0 can carry.</summary>
public static class XmlText
{
    /// <summary>Characters that XML 1.0 knows no way to write (most control characters, half surrogates) become U+FFFD.</summary>
    public static string Clean(string text)
    {
        var fault = FirstFault(text, 0);
        if (fault < 0) return text;
        var clean = text.ToCharArray();
        for (; fault >= 0; fault = FirstFault(text, fault + 1)) clean[fault] = '\uFFFD';
        return new string(clean);
    }

    private static int FirstFault(string text, int from)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i])) continue;
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i])) i++;
            else return i;
        }
        return -1;
    }
}
