using Entente.Node.Hosting;
using Entente.Node.Partners;

namespace Entente.EndToEnd;

/// <summary>A node that partners reach.</summary>
/// <param name="name">What it calls itself to them.</param>
public sealed class PartnerNode(string name) : Node
{
    // Part of its card, so that it must be known before the port is open.
    private readonly int _port = Ports.Free();

    /// <summary>Where its partner port is.</summary>
    public string Port => $"https://127.0.0.1:{_port}";

    public static async Task<PartnerNode> StartAsync(string name)
    {
        var node = new PartnerNode(name);
        await node.InitializeAsync();
        return node;
    }

    protected override NodeOptions Configure(NodeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options with { Partners = new PartnerOptions { Listen = Port, Name = name, FirstRetry = TimeSpan.FromMilliseconds(100) } };
    }
}
