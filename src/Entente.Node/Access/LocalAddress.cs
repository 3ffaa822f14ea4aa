namespace Entente.Node.Access;

/// <summary>Where to go after a sign-in: to a page of ours, and nowhere else.</summary>
internal static class LocalAddress
{
    /// <summary>The address where it is ours, else the first page.</summary>
    /// <param name="address">What the request asks for; <c>//host</c> and <c>/\host</c> would lead elsewhere.</param>
    public static string Of(string? address) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && !address.Any(letter => char.IsControl(letter) || letter == '\\') ? address : "/";
}
