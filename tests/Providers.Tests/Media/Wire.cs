using System.Net;
using System.Net.Sockets;

namespace Homeward.Providers.Tests.Media;

/// <summary>The wire between the house and its database: it can go dead without a word, as when a switch fails.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly List<TcpClient> _ends = [];
    private readonly int _port;
    private volatile bool _isDead;

    public Wire(int port)
    {
        _port = port;
        _listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Whoever calls is connected, and nothing comes through.</summary>
    public void GoDead() => _isDead = true;

    /// <summary>What was connected is cut; who calls anew comes through.</summary>
    public void Mend()
    {
        _isDead = false;
        lock (_ends)
        {
            foreach (var end in _ends) end.Dispose();
            _ends.Clear();
        }
    }

    private async Task AcceptAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            var near = await _listener.AcceptTcpClientAsync(_ended.Token);
            var far = new TcpClient();
            await far.ConnectAsync(IPAddress.Loopback, _port);
            lock (_ends) _ends.AddRange([near, far]);
            _ = PassAsync(near, far);
            _ = PassAsync(far, near);
        }
    }

    private async Task PassAsync(TcpClient from, TcpClient to)
    {
        try
        {
            var buffer = new byte[64 * 1024];
            for (int count; (count = await from.GetStream().ReadAsync(buffer)) > 0;)
                if (!_isDead) await to.GetStream().WriteAsync(buffer.AsMemory(0, count));
            to.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception fault) when (fault is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // An end hung up.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Stop();
        Mend();
        _ended.Dispose();
    }
}
