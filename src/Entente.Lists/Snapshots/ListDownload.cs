using System.Globalization;
using System.Net;
using System.Security.Cryptography;

namespace Entente.Lists.Snapshots;

/// <summary>Fetches one file into a path: trusts nothing that the server says, and never waits for ever.</summary>
internal sealed class ListDownload(HttpClient http, UpdateLimits limits, TimeProvider clock, IProgress<DownloadProgress>? progress)
{
    /// <summary>A file that came in whole.</summary>
    public sealed record Fetched(string Sha256, long Size, string? ETag, DateTimeOffset? LastModified);

    /// <param name="address">Where to fetch from.</param>
    /// <param name="known">The version that need not be sent again; null to be sent the file in any case.</param>
    /// <param name="path">A new file to write to.</param>
    /// <param name="cancel">Gives up when cancelled.</param>
    /// <returns>The file, flushed to the disk; null if the server says that <paramref name="known"/> is the latest.</returns>
    /// <exception cref="DownloadException">Anything else; the message is for the operator.</exception>
    public async Task<Fetched?> RunAsync(Uri address, SnapshotManifest? known, string path, CancellationToken cancel)
    {
        using var total = new CancellationTokenSource(limits.Total, clock);
        using var stall = new CancellationTokenSource(limits.Stall, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, total.Token, stall.Token);
        try
        {
            using var response = await SendAsync(address, known, stall, either.Token).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.NotModified && known is not null)
                return null;
            Inspect(response);
            return await ReceiveAsync(response, path, stall, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new DownloadException(total.IsCancellationRequested
                ? $"The download took longer than {Seconds(limits.Total)}."
                : $"The server sent nothing for {Seconds(limits.Stall)}.");
        }
        catch (HttpRequestException fault)
        {
            throw new DownloadException($"Could not fetch {AddressText.Of(address)} ({fault.Message}). Check the network, the proxy and the address.", fault);
        }
    }

    /// <summary>Throws unless the address is one that a list may come from.</summary>
    public static void Permit(Uri address)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("https" or "http"))
            throw new DownloadException($"'{AddressText.Of(address)}' is not a web address: it should begin with https://.");
        if (address.UserInfo.Length > 0)
            throw new DownloadException("The address holds a user name or password, which would be written to the manifest: leave it out.");
        if (address.Scheme == "http" && !address.IsLoopback)
            throw new DownloadException($"{AddressText.Of(address)} is not encrypted, so anyone on the way could change the list: use https://.");
    }

    private async Task<HttpResponseMessage> SendAsync(Uri address, SnapshotManifest? known, CancellationTokenSource stall, CancellationToken cancel)
    {
        for (var hops = 0; hops <= limits.MaxRedirects; hops++)
        {
            Permit(address);
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            // In the form of crawlers: some publishers' servers drop a program whose name stands first and is not known to them.
            request.Headers.UserAgent.ParseAdd($"Mozilla/5.0 (compatible; Entente/{typeof(ListDownload).Assembly.GetName().Version?.ToString(3)})");
            // No compression: the length that the server states must be the length that we check.
            request.Headers.AcceptEncoding.ParseAdd("identity");
            if (known?.ETag is { } etag)
                request.Headers.TryAddWithoutValidation("If-None-Match", etag);
            request.Headers.IfModifiedSince = known?.LastModified;

            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
            stall.CancelAfter(limits.Stall);
            if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
            {
                // Another client than ours may have followed redirects by itself: look where it ended.
                Follow(address, response.RequestMessage?.RequestUri ?? address);
                return response;
            }

            using (response)
                address = Follow(address, response.Headers.Location
                    ?? throw new DownloadException($"{AddressText.Of(address)} redirects, but does not say where to."));
        }
        throw new DownloadException($"The server redirected more than {limits.MaxRedirects} times. Check the address.");
    }

    private static Uri Follow(Uri from, Uri to)
    {
        var target = new Uri(from, to);
        if (from.Scheme == "https" && target.Scheme != "https")
            throw new DownloadException($"{AddressText.Of(from)} redirects to {AddressText.Of(target)}, which is not encrypted: refused.");
        Permit(target);
        return target;
    }

    private void Inspect(HttpResponseMessage response)
    {
        var at = response.RequestMessage?.RequestUri is { } address ? AddressText.Of(address) : "The server";
        if (response.StatusCode != HttpStatusCode.OK)
            throw new DownloadException($"{at} answered {(int)response.StatusCode} {response.ReasonPhrase}. Try again later, or check the address.");
        if (response.Content.Headers.ContentType?.MediaType is { } type && type.Contains("html", StringComparison.OrdinalIgnoreCase))
            throw WebPage();
        if (response.Content.Headers.ContentEncoding.Any(encoding => encoding != "identity"))
            throw new DownloadException($"{at} answered in a compression that was not asked for.");
        if (response.Content.Headers.ContentLength > limits.MaxBytes)
            throw TooLong();
    }

    private async Task<Fetched> ReceiveAsync(HttpResponseMessage response, string path, CancellationTokenSource stall, CancellationToken cancel)
    {
        var expected = response.Content.Headers.ContentLength;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var body = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        var buffer = new byte[1 << 16];
        long size = 0;
        while (await ReadAsync(body, buffer, size, expected, cancel).ConfigureAwait(false) is var count and > 0)
        {
            stall.CancelAfter(limits.Stall);
            var chunk = buffer.AsMemory(0, count);
            if (size == 0 && LooksLikeWebPage(chunk.Span))
                throw WebPage();
            size += count;
            if (size > limits.MaxBytes)
                throw TooLong();
            hash.AppendData(chunk.Span);
            await file.WriteAsync(chunk, cancel).ConfigureAwait(false);
            progress?.Report(new DownloadProgress(size, expected));
        }
        if (expected is not null && size != expected)
            throw BrokeOff(size, expected, null);
        file.Flush(flushToDisk: true);
        return new Fetched(Convert.ToHexStringLower(hash.GetHashAndReset()), size,
            response.Headers.ETag?.ToString(), response.Content.Headers.LastModified);
    }

    private static async Task<int> ReadAsync(Stream body, byte[] buffer, long size, long? expected, CancellationToken cancel)
    {
        try
        {
            return await body.ReadAsync(buffer, cancel).ConfigureAwait(false);
        }
        catch (IOException fault) // here and not further out, so that a full disk is not taken for a bad line
        {
            throw BrokeOff(size, expected, fault);
        }
    }

    /// <summary>Some servers send their error page as XML, or with no type at all.</summary>
    private static bool LooksLikeWebPage(ReadOnlySpan<byte> start)
    {
        var text = start[..Math.Min(start.Length, 256)].TrimStart("\uFEFF \t\r\n"u8);
        return StartsWith(text, "<html"u8) || StartsWith(text, "<!doctype html"u8);

        static bool StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) =>
            text.Length >= word.Length && System.Text.Ascii.EqualsIgnoreCase(text[..word.Length], word);
    }

    private static DownloadException WebPage() =>
        new("The server sent a web page (HTML), not a list: perhaps an error page, or a network that asks for a sign-in. Check the address in a browser.");

    private DownloadException TooLong() =>
        new($"The file is longer than {limits.MaxBytes.ToString("N0", CultureInfo.InvariantCulture)} bytes, the most that is taken.");

    private static DownloadException BrokeOff(long size, long? expected, Exception? fault) =>
        new($"The download broke off after {size.ToString("N0", CultureInfo.InvariantCulture)} bytes"
            + (expected is { } all ? $" of {all.ToString("N0", CultureInfo.InvariantCulture)}" : "") + ". Try again.", fault);

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture) + " s";
}

/// <summary>A download that failed or was refused; the message is for the operator.</summary>
internal sealed class DownloadException(string message, Exception? inner = null) : Exception(message, inner);
