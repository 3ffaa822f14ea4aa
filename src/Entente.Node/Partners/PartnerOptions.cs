namespace Entente.Node.Partners;

/// <summary>How partners reach this node: section <c>Entente:Partners</c> of the configuration. Without it no port is opened to them.</summary>
public sealed record PartnerOptions
{
    /// <summary>Where the partner port listens, such as <c>https://0.0.0.0:8444</c>: an address of this machine and a port.</summary>
    public required string Listen { get; init; }

    /// <summary>Where partners reach it, such as <c>https://node.example.org:8444</c>; null for <see cref="Listen"/>.</summary>
    public string? Address { get; init; }

    /// <summary>What this node calls itself to partners, such as <c>FIU of Ruritania</c>; null for the machine's name.</summary>
    public string? Name { get; init; }

    /// <summary>What the node's private key is encrypted with in the data folder; null where the folder's permissions must do. Belongs into the environment, not into a file.</summary>
    public string? KeyPassword { get; init; }

    /// <summary>How long a partner that asks for news is kept waiting where there is none; 25 seconds unless set.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>How long is waited before a partner that could not be reached is tried again: from the first to twice as long each time, up to a minute.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    // The password is nobody's business.
    public override string ToString() => Listen;
}
