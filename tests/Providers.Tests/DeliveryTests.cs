using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Homeward.Foundations;

namespace Homeward.Providers.Tests;

/// <summary>That an answer is heard by programs which send all they have before they listen, and nobody holds a line for nothing.</summary>
public sealed class DeliveryTests(DeliveryTests.OneHouse one) : IClassFixture<DeliveryTests.OneHouse>
{
    private const string Known = "dGVzdC1lc3A6dGVzdC1wYXNz", Stranger = "YTpi";
    private const string Form = "multipart/form-data; boundary=frontier";
    private const string BeforeFile = "\r\n--frontier\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n\r\n";
    private const string End = "\r\n--frontier--\r\n";
    private static string Id(string number) => $"--frontier\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n{number}";

    public sealed class OneHouse : IAsyncLifetime
    {
        internal LineHouse House { get; private set; } = null!;
        public async ValueTask InitializeAsync()
        {
            House = await LineHouse.OpenAsync(line: new ClearingHouseOptions(TestAccount: true) { FileBytesMax = 35_000_000 });
            await House.AddAccountAsync("full-esp", "full-pass", uploadBytesPerDay: 0);
            await House.AddAccountAsync("busy-esp", "busy-pass", callsPerMinute: 0);
        }
        public ValueTask DisposeAsync() => House.DisposeAsync();
    }

    private async Task<TcpClient> CallAsync(string call, string credentials, string headers, string method = "POST")
    {
        var line = new TcpClient();
        await line.ConnectAsync(one.House.Address.Host, one.House.Address.Port);
        await line.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"{method} /ispws/{call} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Basic {credentials}\r\n{headers}\r\n"));
        return line;
    }

    private static async Task<string> AnswerAsync(TcpClient line)
    {
        using var reader = new StreamReader(line.GetStream());
        return await reader.ReadToEndAsync();
    }

    [Theory]
    [InlineData("401", "2000", "upload", Stranger, Form, 40), InlineData("401", "2000", "submit", Stranger, "text/xml", 40)]
    [InlineData("429", "1000", "upload", "ZnVsbC1lc3A6ZnVsbC1wYXNz", Form, 40), InlineData("429", "1000", "upload", "YnVzeS1lc3A6YnVzeS1wYXNz", Form, 40)]
    [InlineData("400", "4000", "upload", Known, "text/plain", 40), InlineData("400", "4000", "submit", Known, "text/plain", 40), InlineData("400", "4000", "finish", Known, "text/plain", 40)]
    [InlineData("404", "1210", "elsewhere", Known, Form, 40), InlineData("405", "4000", "upload", Known, Form, 40, "PUT")]
    [InlineData("413", "4000", "finish", Known, Form, 8), InlineData("413", "4000", "retract", Known, "application/x-www-form-urlencoded", 8), InlineData("413", "4000", "submit", Known, "text/xml", 80)]
    [InlineData("413", "4000", "upload", Known, Form, 80)]
    public async Task A_refusal_is_heard_by_one_who_sends_all_before_he_listens(string status, string code, string call, string credentials, string contentType, int megabytes, string method = "POST")
    {
        var part = new byte[1_000_000];
        foreach (var isChunked in (bool[])[false, true])
        {
            using var line = await CallAsync(call, credentials, $"Content-Type: {contentType}\r\n"
                + (isChunked ? "Transfer-Encoding: chunked\r\n" : string.Create(CultureInfo.InvariantCulture, $"Content-Length: {megabytes * part.Length}\r\n")), method);
            var stream = line.GetStream();
            for (var sent = 0; sent < megabytes; sent++)
            {
                if (isChunked) await stream.WriteAsync(Encoding.ASCII.GetBytes($"{part.Length:x}\r\n"));
                // A form of one endless part, where it is read as one.
                if (sent == 0) await stream.WriteAsync(Encoding.UTF8.GetBytes((Id("1") + BeforeFile).PadRight(1000)));
                await stream.WriteAsync(sent == 0 ? part.AsMemory(1000) : part);
                if (isChunked) await stream.WriteAsync("\r\n"u8.ToArray());
            }
            if (isChunked) await stream.WriteAsync("0\r\n\r\n"u8.ToArray());
            var answer = await AnswerAsync(line);
            answer.ShouldStartWith($"HTTP/1.1 {status} ", Case.Sensitive, isChunked ? "chunked" : "of a known length");
            answer.ShouldContain($"<responseCode>{code}</responseCode>");
        }
    }

    [Fact]
    public async Task One_who_waits_before_he_sends_is_told_at_once()
    {
        using var line = await CallAsync("upload", Stranger, $"Content-Type: {Form}\r\nContent-Length: 40000000\r\nExpect: 100-continue\r\n");
        var answer = new byte[16];
        await line.GetStream().ReadExactlyAsync(answer).AsTask().WaitAsync(TimeSpan.FromSeconds(3));
        Encoding.ASCII.GetString(answer).ShouldStartWith("HTTP/1.1 401");
    }

    [Fact]
    public async Task A_stranger_holds_no_line_by_sending_on_slowly()
    {
        using var line = await CallAsync("upload", Stranger, $"Content-Type: {Form}\r\nContent-Length: 40000000\r\n");
        await Should.ThrowAsync<IOException>(async () =>
        {
            for (var seconds = 0; seconds < 25; seconds++)
            {
                await line.GetStream().WriteAsync(new byte[10]);
                await Task.Delay(1_000);
            }
        });
    }

    [Fact]
    public async Task A_provider_may_take_breath_between_a_file_s_head_and_its_content()
    {
        var number = await one.House.As().OpenAsync();
        var head = Id(number) + BeforeFile;
        using var line = await CallAsync("upload", Known, string.Create(CultureInfo.InvariantCulture, $"Content-Type: {Form}\r\nContent-Length: {head.Length + 13 + End.Length}\r\n"));
        await line.GetStream().WriteAsync(Encoding.UTF8.GetBytes(head));
        await Task.Delay(8_000);
        await line.GetStream().WriteAsync(Encoding.UTF8.GetBytes("neutral bytes" + End));
        (await AnswerAsync(line)).ShouldContain("<hash>2b3fc1ea6bb04a5ea5bf2bdd217e1937</hash>");
    }
}
