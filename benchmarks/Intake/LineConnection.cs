using System.Buffers.Text;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Homeward.Kernel;

namespace Homeward.Bench.Intake;

/// <summary>One kept-alive connection of a provider's program: as little between the clock and the line as there can be. Not for use from several threads.</summary>
internal sealed class LineConnection : IDisposable
{
    private const string Credentials = "dGVzdC1lc3A6dGVzdC1wYXNz";   // test-esp:test-pass
    private readonly TcpClient _line;
    private readonly NetworkStream _stream;
    private byte[] _buffer = new byte[16 * 1024];

    private LineConnection(TcpClient line) => (_line, _stream) = (line, line.GetStream());

    public static async Task<LineConnection> OpenAsync(Uri house)
    {
        var line = new TcpClient { NoDelay = true };
        await line.ConnectAsync(house.Host, house.Port);
        return new LineConnection(line);
    }

    /// <summary>A whole request, ready to be sent again and again.</summary>
    public static byte[] Request(string call, string contentType, byte[] body) =>
    [
        .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"POST /ispws/{call} HTTP/1.1\r\nHost: homeward\r\nAuthorization: Basic {Credentials}\r\nContent-Type: {contentType}\r\nContent-Length: {body.Length}\r\n\r\n")),
        .. body,
    ];

    public static byte[] Submit(string platform) => Request("submit", "text/xml; charset=utf-8", Encoding.UTF8.GetBytes(Report(platform)));
    public static byte[] Upload(string number, string content) => Request("upload", "multipart/form-data; boundary=part", Encoding.UTF8.GetBytes(
        $"--part\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n{number}\r\n--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"sample.bin\"\r\n\r\n{content}\r\n--part--\r\n"));
    public static byte[] End(string call, string number) => Request(call, "application/x-www-form-urlencoded", Encoding.ASCII.GetBytes("id=" + number));

    /// <exception cref="IOException">The house hung up: it was killed.</exception>
    public async Task<Answer> AskAsync(byte[] request)
    {
        await _stream.WriteAsync(request);
        var count = 0;
        while (true)
        {
            if (count == _buffer.Length) Array.Resize(ref _buffer, count * 2);
            var read = await _stream.ReadAsync(_buffer.AsMemory(count));
            if (read == 0) throw new IOException("The house hung up.");
            count += read;
            var head = _buffer.AsSpan(0, count).IndexOf("\r\n\r\n"u8);
            if (head < 0) continue;
            var length = LengthIn(_buffer.AsSpan(0, head));
            if (count < head + 4 + length) continue;
            Ensure.That(Utf8Parser.TryParse(_buffer.AsSpan(9, 3), out int status, out _));
            return new Answer(status, _buffer.AsMemory(head + 4, length));
        }
    }

    /// <summary>The senders share their processors with the house: of an answer no more is read than is asked for.</summary>
    private static int LengthIn(ReadOnlySpan<byte> head)
    {
        var from = head.IndexOf("\r\nContent-Length: "u8) + "\r\nContent-Length: ".Length;
        Ensure.That(Utf8Parser.TryParse(head[from..], out int length, out _));
        return length;
    }

    public void Dispose() => _line.Dispose();

    /// <summary>What the house said.</summary>
    /// <param name="Body">Until the next question.</param>
    public readonly record struct Answer(int Status, ReadOnlyMemory<byte> Body)
    {
        public bool IsSuccess => Status == 200 && Body.Span.IndexOf("<responseCode>0<"u8) >= 0;
        public string Xml => Encoding.UTF8.GetString(Body.Span);
        public string Of(string element)
        {
            var xml = Xml;
            var from = xml.IndexOf($"<{element}>", StringComparison.Ordinal);
            if (from < 0) return "";
            from += element.Length + 2;
            return xml[from..xml.IndexOf('<', from)];
        }
    }

    /// <summary>A report of some 3.5 KB with two persons and four addresses, neutral throughout.</summary>
    public static string Report(string platform)
    {
        var captures = string.Concat(Enumerable.Range(1, 4).Select(index =>
            $"<ipCaptureEvent><ipAddress>192.0.2.{index}</ipAddress><eventName>Login</eventName><dateTime>2026-01-0{index}T15:14:00Z</dateTime></ipCaptureEvent>"));
        var text = string.Concat(Enumerable.Repeat("narrative withheld ", 90));
        return $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <report><incidentSummary><incidentType>Online Enticement of Children for Sexual Acts</incidentType><platform>{platform}</platform><incidentDateTime>2026-01-04T10:15:00-05:00</incidentDateTime></incidentSummary>
            <internetDetails><webPageIncident><url>https://example.com/item/1</url></webPageIncident></internetDetails>
            <reporter><reportingPerson><firstName>Test</firstName><lastName>Reporter</lastName><email>reporter@example.com</email></reportingPerson></reporter>
            <personOrUserReported><personOrUserReportedPerson><firstName>Robin</firstName><lastName>Vale</lastName><phone>816-555-0100</phone><email>robin@example.com</email></personOrUserReportedPerson><espIdentifier>acct-0001</espIdentifier><screenName>sample-user</screenName>{captures}<additionalInfo>{text}</additionalInfo></personOrUserReported>
            <victim><victimPerson><firstName>Test</firstName><lastName>Person</lastName><age>15</age></victimPerson><screenName>other-user</screenName></victim>
            <additionalInfo>narrative withheld</additionalInfo></report>
            """;
    }
}
