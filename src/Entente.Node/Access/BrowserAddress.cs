using Entente.Node.Hosting;

namespace Entente.Node.Access;

/// <summary>The address that people open in a browser, for links that are printed.</summary>
internal static class BrowserAddress
{
    /// <summary>The public address where the operator named one, else the first that is listened on.</summary>
    /// <param name="options">The node's options.</param>
    /// <param name="listened">What is listened on.</param>
    /// <returns>Without a slash at the end.</returns>
    public static string Of(NodeOptions options, IEnumerable<string> listened)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.PublicAddress is { } known)
            return known.TrimEnd('/');
        var address = listened.FirstOrDefault() ?? "http://localhost";
        // What is listened on need not be what a browser can open.
        return address.Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal).Replace("//[::]", "//localhost", StringComparison.Ordinal)
            .Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal).TrimEnd('/');
    }
}
