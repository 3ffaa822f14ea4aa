using System.Net;
using System.Net.Sockets;

namespace Entente.Node.Tests.Partners;

/// <summary>A line to a node that is slow, is cut in the middle of what travels, and is down for a while.</summary>
/// <remarks>What <c>tc netem</c> does where the kernel has it, as far as two programs can tell: bytes come late, in pieces, or not at all.</remarks>
internal sealed class PoorLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int _to;
    private readonly Random _dice = new(20261127);
    private readonly Lock _turn = new();
    private readonly Task _accepting;
    private int _cuts;

    /// <summary>Opens a line.</summary>
    /// <param name="to">The port that it leads to.</param>
    public PoorLine(int to)
    {
        _to = to;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where it begins.</summary>
    public string Address => $"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>How long each piece takes.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>Of how many pieces one is the last of its connection; 0 for none.</summary>
    public int CutOneIn { get; set; }

    /// <summary>Whether nothing passes at all.</summary>
    public bool IsDown { get; set; }

    /// <summary>How many connections were cut in the middle.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = CarryAsync(await _listener.AcceptTcpClientAsync(_end.Token));
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It ends.
        }
    }

    private async Task CarryAsync(TcpClient from)
    {
        using (from)
        using (var to = new TcpClient { NoDelay = true })
        using (var cut = CancellationTokenSource.CreateLinkedTokenSource(_end.Token))
        {
            try
            {
                if (IsDown)
                    return;
                await to.ConnectAsync(IPAddress.Loopback, _to, cut.Token);
                await Task.WhenAny(PassAsync(from.GetStream(), to.GetStream(), cut.Token), PassAsync(to.GetStream(), from.GetStream(), cut.Token));
                await cut.CancelAsync();
            }
            catch (Exception fault) when (fault is OperationCanceledException or SocketException or IOException)
            {
                // As if a cable was pulled.
            }
        }
    }

    private async Task PassAsync(NetworkStream from, NetworkStream to, CancellationToken cancel)
    {
        var piece = new byte[4096];
        try
        {
            while (await from.ReadAsync(piece, cancel) is > 0 and var length)
            {
                await Task.Delay(Delay, cancel);
                if (IsDown || IsCut())
                    return;
                await to.WriteAsync(piece.AsMemory(0, length), cancel);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or IOException)
        {
            // The other direction was cut.
        }
    }

    private bool IsCut()
    {
        if (CutOneIn == 0)
            return false;
        lock (_turn)
        {
            if (_dice.Next(CutOneIn) != 0)
                return false;
        }
        Interlocked.Increment(ref _cuts);
        return true;
    }
}
