using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Entente.Node.Web;

/// <summary>Stylesheet and scripts: embedded in the program, held in memory, served with their hash in the address.</summary>
internal static class WebAssets
{
    private const string Prefix = "web/";

    private static readonly FrozenDictionary<string, Asset> All = Load();

    /// <summary>The address of an asset. It changes with the content, so that browsers may keep what they have for good.</summary>
    /// <param name="path">Such as <c>assets/entente.css</c>.</param>
    public static string Href(string path) => $"/{path}?v={All[path].Version}";

    /// <summary>Serves all of them, to anybody: the page of the sign-in needs them too.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var (path, asset) in All)
            endpoints.MapMethods($"/{path}", [HttpMethods.Get, HttpMethods.Head], http => Serve(http, asset)).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task Serve(HttpContext http, Asset asset)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = http.Request.Query["v"] == asset.Version ? "public, max-age=31536000, immutable" : "no-cache";
        headers.ETag = asset.ETag;
        headers.Vary = "Accept-Encoding";
        headers.XContentTypeOptions = "nosniff";
        if (http.Request.Headers.IfNoneMatch.Contains(asset.ETag))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        var body = asset.Bytes;
        if (http.Request.GetTypedHeaders().AcceptEncoding.Any(coding => coding.Value.Equals("br", StringComparison.OrdinalIgnoreCase) && coding.Quality is not 0))
        {
            body = asset.Brotli;
            headers.ContentEncoding = "br";
        }
        http.Response.ContentType = asset.ContentType;
        http.Response.ContentLength = body.Length;
        if (HttpMethods.IsGet(http.Request.Method))
            await http.Response.Body.WriteAsync(body, http.RequestAborted).ConfigureAwait(false);
    }

    private static FrozenDictionary<string, Asset> Load()
    {
        var program = typeof(WebAssets).Assembly;
        var assets = new Dictionary<string, Asset>(StringComparer.Ordinal);
        foreach (var name in program.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = program.GetManifestResourceStream(name)!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            assets[name[Prefix.Length..]] = new Asset(bytes.ToArray(), TypeOf(name));
        }
        return assets.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };

    private sealed class Asset(byte[] bytes, string contentType)
    {
        private readonly Lazy<byte[]> _brotli = new(() => Compress(bytes));

        public byte[] Bytes => bytes;

        /// <summary>Compressed when it is first asked for.</summary>
        public byte[] Brotli => _brotli.Value;

        public string ContentType => contentType;

        public string Version { get; } = Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];

        public string ETag => $"\"{Version}\"";

        private static byte[] Compress(byte[] bytes)
        {
            using var target = new MemoryStream();
            using (var brotli = new BrotliStream(target, CompressionLevel.Optimal, leaveOpen: true))
                brotli.Write(bytes);
            return target.ToArray();
        }
    }
}
