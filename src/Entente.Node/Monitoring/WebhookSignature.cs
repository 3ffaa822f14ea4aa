using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Entente.Node.Monitoring;

/// <summary>Signs deliveries as the Standard Webhooks specification has it (standardwebhooks.com): receivers' libraries verify it.</summary>
internal static class WebhookSignature
{
    private const string SecretPrefix = "whsec_";

    /// <summary>A new secret.</summary>
    public static string NewSecret() => SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>The value of <c>Webhook-Signature</c>: HMAC-SHA256 over id, time and body, joined by dots.</summary>
    public static string Sign(string secret, string id, DateTimeOffset at, string body)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var key = Convert.FromBase64String(secret[SecretPrefix.Length..]);
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.{body}"))));
    }
}
