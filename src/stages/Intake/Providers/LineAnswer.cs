using System.Globalization;
using System.Text;
using Homeward.Exchange;
using Homeward.Exchange.CyberTips.Xml;
using Homeward.Foundations.Storage;
using Homeward.Kernel;

namespace Homeward.Intake.Providers;

/// <summary>What the line answers to one call: a <c>reportResponse</c>, or finish's <c>reportDoneResponse</c>.</summary>
/// <param name="Description">In place of the code's own words.</param>
/// <param name="Hash">MD5 of an upload, hex.</param>
/// <param name="Done">The files of a finished report; null for every other answer.</param>
/// <param name="Status">HTTP status, where it is not the code's own.</param>
/// <param name="RetryAfter">Seconds after which to try again.</param>
internal sealed record LineAnswer(
    int Code, string? Description = null, long? Number = null, Guid? File = null, string? Hash = null, IReadOnlyList<Guid>? Done = null,
    int? Status = null, int? RetryAfter = null)
{
    private const int FaultsMax = 50;
    private const string Head = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""" + "\n";

    /// <summary>It is not known whether the call was stored: what it left on the disk must stay.</summary>
    public bool MayStand { get; init; }
    public bool IsSuccess => Code == LineCode.Success;
    public int HttpStatus => Status ?? LineCode.Status(Code);

    /// <summary>One line for each fault below the code's words: <c>[line,column] - message</c>.</summary>
    public static LineAnswer Faulty(int code, IReadOnlyList<Rejection> faults) => new(code, $"{LineCode.Description(code)}\n{Lines(faults)}");

    /// <summary>One a line, some fifty of them.</summary>
    public static string Lines(IEnumerable<Rejection> faults) => string.Join('\n', faults.Take(FaultsMax).Select(Line));

    /// <summary>Something is too much at the moment; the same call may be tried again.</summary>
    public static LineAnswer Later(int status, string description, int seconds) =>
        new(LineCode.ServerError, description, Status: status, RetryAfter: seconds);

    /// <summary>The house cannot store at the moment; the sender keeps what it has and sends it again.</summary>
    /// <remarks>A commit that was on its way when the database went may stand: a second finish is then answered 5102, as after any lost answer.</remarks>
    public static LineAnswer NotStored(StorageFault fault, int code = LineCode.SaveFailed) => new(
        code, $"{LineCode.Description(code)}: {StorageWatch.Words(fault)} at the receiver; keep it and send it again", Status: 503, RetryAfter: StorageFaults.RetryAfterSeconds)
    {
        MayStand = fault == StorageFault.Away,
    };

    /// <summary>Without a place where none is known.</summary>
    public static string Line(Rejection fault) => fault.Line == 0 ? fault.Reason : $"[{fault.Line},{fault.Column}] - {fault.Reason}";

    public byte[] ToXml()
    {
        var xml = new StringBuilder(Head, 512);
        xml.Append(Done is null ? "<reportResponse>" : "<reportDoneResponse>");
        Element("responseCode", Code.ToString(CultureInfo.InvariantCulture));
        // The receipt of finish has no description, and its files are always there, if only empty.
        if (Done is null) Element("responseDescription", Escaped(Description ?? LineCode.Description(Code)));
        if (Number is { } number) Element("reportId", number.ToString(CultureInfo.InvariantCulture));
        if (File is { } file) Element("fileId", StrongId.Text(file));
        if (Hash is { } hash) Element("hash", hash);
        if (Done is { Count: 0 }) xml.Append("<files/>");
        else if (Done is not null)
        {
            xml.Append("<files>");
            foreach (var one in Done) Element("fileId", StrongId.Text(one));
            xml.Append("</files>");
        }
        xml.Append(Done is null ? "</reportResponse>" : "</reportDoneResponse>");
        return Encoding.UTF8.GetBytes(xml.ToString());

        // Quotes stay as they are: people read this, in programs that show it raw. What XML cannot carry is replaced, whoever wrote the text.
        static string Escaped(string text) => XmlText.Clean(text).Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

        void Element(string name, string text) => xml.Append('<').Append(name).Append('>').Append(text).Append("</").Append(name).Append('>');
    }
}
