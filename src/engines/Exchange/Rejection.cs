namespace Homeward.Exchange;

/// <summary>Why a record of somebody else's cannot be taken, in words that help the sender to mend it (R-10).</summary>
/// <param name="Line">Line of the original, from 1; 0 when the fault has no line (a missing value, say).</param>
/// <param name="Column">Column on that line, from 1; 0 when unknown.</param>
/// <param name="Field">
/// Where: an XPath, a JSON pointer, or a column's name; empty when the fault is the whole record's.
/// </param>
/// <param name="Reason">What is wrong. Never quotes the content of the field, which may be about a child.</param>
/// <param name="Mend">What to do about it.</param>
public sealed record Rejection(int Line, int Column, string Field, string Reason, string Mend)
{
    /// <summary>One line for a rejects file or an answer: <c>[3,12] /report/victim[1]: reason; mend</c>.</summary>
    public override string ToString() => $"[{Line},{Column}] {(Field.Length == 0 ? "record" : Field)}: {Reason}; {Mend}";
}
