namespace Entente.Lists.Snapshots;

/// <summary>Where a list came from, for people's eyes and logs.</summary>
public static class AddressText
{
    /// <summary>An address without its secrets: the values of its query may be somebody's token, and what stands before '@' a password.</summary>
    /// <param name="address">A web address or a local file.</param>
    /// <returns>The address, or the path of the file.</returns>
    public static string Of(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!address.IsAbsoluteUri)
            return address.OriginalString;
        if (address.IsFile)
            return address.LocalPath;
        var names = address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Contains('=', StringComparison.Ordinal) ? part.Split('=')[0] + "=..." : "...");
        var place = address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        return place + (address.Query.Length > 1 ? "?" + string.Join('&', names) : "");
    }
}
