using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Entente.Exchange.Stix;
using Entente.Exchange.Taxii;

namespace Entente.Node.Taxii;

/// <summary>How much a client takes from a server before it gives up.</summary>
internal sealed record TaxiiClientLimits
{
    /// <summary>Bounds of one page of objects.</summary>
    public StixLimits Page { get; init; } = StixLimits.Usual;

    /// <summary>Most bytes of any other message; 1 MiB.</summary>
    public int MessageBytes { get; init; } = 1 << 20;

    /// <summary>Most pages of one reading; 100,000.</summary>
    public int Pages { get; init; } = 100_000;

    /// <summary>Longest time from a request until the end of its answer.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromMinutes(2);
}

/// <summary>What a page brought.</summary>
/// <param name="Objects">Objects in order.</param>
/// <param name="Faults">What is wrong with the others.</param>
/// <param name="AddedLast">When the last of them was added to the collection, as the server says: read on after it next time. Null where it does not say.</param>
internal sealed record TaxiiPageRead(ImmutableArray<StixObject> Objects, ImmutableArray<string> Faults, DateTimeOffset? AddedLast);

/// <summary>A server could not be read. The message is for people: the address and what happened.</summary>
/// <param name="message">That.</param>
/// <param name="inner">What noticed it, if anything.</param>
#pragma warning disable CA1032, CA1064 // Its maker gives all that it says, and nobody outside sees it.
internal sealed class TaxiiClientException(string message, Exception? inner = null) : Exception(message, inner);
#pragma warning restore CA1032, CA1064

/// <summary>Reads collections of TAXII 2.1 servers, whatever they send: bounded in bytes, pages and time.</summary>
/// <param name="http">As <see cref="NewHttpClient"/> makes it.</param>
/// <param name="limits">How much is taken; null for the usual.</param>
internal sealed class TaxiiClient(HttpClient http, TaxiiClientLimits? limits = null)
{
    private const int LongestTold = 200;

    private readonly TaxiiClientLimits _limits = limits ?? new TaxiiClientLimits();

    /// <summary>A client of one server.</summary>
    /// <param name="key">What it is to be told as <c>Authorization: Bearer</c>; null for nothing.</param>
    /// <returns>It follows no redirection, which could lead a key elsewhere, and unpacks nothing, which could become anything.</returns>
    public static HttpClient NewHttpClient(string? key)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.None, MaxResponseHeadersLength = 64, ConnectTimeout = TimeSpan.FromSeconds(20) })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(TaxiiMedia.Taxii));
        if (key is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>What a server offers.</summary>
    /// <param name="address">Its discovery address, such as <c>https://example.org/taxii2/</c>.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The discovery, and its API roots as addresses on the same server; others are left out, since the key is not theirs.</returns>
    /// <exception cref="TaxiiClientException">It could not be read.</exception>
    public async Task<(TaxiiDiscovery Discovery, ImmutableArray<Uri> Roots)> DiscoverAsync(Uri address, CancellationToken cancel)
    {
        var discovery = await MessageAsync<TaxiiDiscovery>(address, cancel).ConfigureAwait(false);
        return (discovery, [.. (discovery.ApiRoots ?? []).Select(root => Uri.TryCreate(address, root, out var uri) ? uri : null).OfType<Uri>()
            .Where(root => Uri.Compare(root, address, UriComponents.SchemeAndServer | UriComponents.UserInfo, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0)]);
    }

    /// <summary>An API root.</summary>
    /// <param name="root">Its address.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="TaxiiClientException">It could not be read, or speaks another version of TAXII.</exception>
    public async Task<TaxiiApiRoot> RootAsync(Uri root, CancellationToken cancel)
    {
        var found = await MessageAsync<TaxiiApiRoot>(Under(root, ""), cancel).ConfigureAwait(false);
        return found.Versions.Any(TaxiiMedia.IsTaxii) ? found : throw new TaxiiClientException($"{root}: the server does not say that it speaks TAXII 2.1.");
    }

    /// <summary>The collections of an API root.</summary>
    /// <param name="root">Its address.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="TaxiiClientException">They could not be read.</exception>
    public async Task<ImmutableArray<TaxiiCollectionInfo>> CollectionsAsync(Uri root, CancellationToken cancel) =>
        (await MessageAsync<TaxiiCollections>(Under(root, "collections/"), cancel).ConfigureAwait(false)).Collections ?? [];

    /// <summary>Reads a collection page by page.</summary>
    /// <param name="root">The address of its API root.</param>
    /// <param name="collection">Its id.</param>
    /// <param name="filter">Which part; begin after the last <see cref="TaxiiPageRead.AddedLast"/> to go on with an earlier reading.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The pages, as they are asked for.</returns>
    /// <exception cref="TaxiiClientException">While enumerating: a page could not be read, or the server goes round in circles.</exception>
    public async IAsyncEnumerable<TaxiiPageRead> ReadAsync(Uri root, string collection, TaxiiFilter filter, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var asked = new HashSet<string>(StringComparer.Ordinal);
        var address = Under(root, $"collections/{Uri.EscapeDataString(collection)}/objects/");
        for (var page = 0; ; page++)
        {
            if (page >= _limits.Pages)
                throw new TaxiiClientException(string.Create(CultureInfo.InvariantCulture, $"{address}: more than {_limits.Pages} pages."));
            var query = filter.ToQuery();
            if (!asked.Add(query))
                throw new TaxiiClientException($"{address}: the server sends the reader round in circles.");
            var (bytes, added) = await GetAsync(new Uri(address, query), _limits.Page.Bytes, cancel).ConfigureAwait(false);
            TaxiiEnvelope envelope;
            try
            {
                envelope = TaxiiEnvelope.Read(bytes, address.ToString(), _limits.Page);
            }
            catch (TaxiiFormatException fault)
            {
                throw new TaxiiClientException(fault.Message, fault);
            }
            yield return new TaxiiPageRead(envelope.Objects, envelope.Faults, added);
            if (!envelope.More)
                yield break;
            if (envelope.Objects.IsEmpty && envelope.Faults.IsEmpty)
                throw new TaxiiClientException($"{address}: the server says that there is more, and sends nothing.");
            // A server need not give a cursor; then the time of the last object is one.
            filter = envelope.Next is { } next ? filter with { Next = next }
                : added is not null ? filter with { Next = null, AddedAfter = added }
                : throw new TaxiiClientException($"{address}: the server says that there is more, and not how to ask for it.");
        }
    }

    private static Uri Under(Uri root, string path) => new(new Uri(root.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/"), path);

    private async Task<T> MessageAsync<T>(Uri address, CancellationToken cancel)
        where T : class
    {
        var (bytes, _) = await GetAsync(address, _limits.MessageBytes, cancel).ConfigureAwait(false);
        try
        {
            return TaxiiJson.Read<T>(bytes.Span, address.ToString());
        }
        catch (TaxiiFormatException fault)
        {
            throw new TaxiiClientException(fault.Message, fault);
        }
    }

    private async Task<(ReadOnlyMemory<byte> Body, DateTimeOffset? AddedLast)> GetAsync(Uri address, int most, CancellationToken cancel)
    {
        if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            throw new TaxiiClientException($"{address.GetLeftPart(UriPartial.Path)}: only https, or http to this machine.");
        var name = address.GetLeftPart(UriPartial.Path);
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        bound.CancelAfter(_limits.Answer);
        try
        {
            using var answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, bound.Token).ConfigureAwait(false);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                var told = await ToldAsync(answer, bound.Token).ConfigureAwait(false);
                throw new TaxiiClientException(string.Create(CultureInfo.InvariantCulture, $"{name}: the server answered {(int)answer.StatusCode}{told}."));
            }
            if (!TaxiiMedia.IsTaxii(answer.Content.Headers.ContentType?.ToString()))
                throw new TaxiiClientException($"{name}: the answer is not {TaxiiMedia.Taxii}.");
            if (answer.Content.Headers.ContentEncoding.Count > 0)
                throw new TaxiiClientException($"{name}: the answer is compressed, which was not asked for.");
            var body = await BodyAsync(answer, most, bound.Token).ConfigureAwait(false)
                ?? throw new TaxiiClientException(string.Create(CultureInfo.InvariantCulture, $"{name}: the answer is larger than {most} bytes."));
            var last = answer.Headers.TryGetValues("X-TAXII-Date-Added-Last", out var values) && StixTime.TryParse(values.FirstOrDefault(), out var time) ? time : (DateTimeOffset?)null;
            return (body, last);
        }
        catch (OperationCanceledException fault) when (!cancel.IsCancellationRequested)
        {
            throw new TaxiiClientException(string.Create(CultureInfo.InvariantCulture, $"{name}: no whole answer within {_limits.Answer.TotalSeconds:0.#} seconds."), fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw new TaxiiClientException($"{name}: {fault.Message}", fault);
        }
    }

    /// <summary>What the server says about it, short and on one line; nothing where it says nothing that can be read.</summary>
    private async Task<string> ToldAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        if (!TaxiiMedia.IsTaxii(answer.Content.Headers.ContentType?.ToString()) || await BodyAsync(answer, _limits.MessageBytes, cancel).ConfigureAwait(false) is not { } body)
            return "";
        try
        {
            var error = TaxiiJson.Read<TaxiiError>(body.Span, "");
            var text = string.Concat((error.Description ?? error.Title).Where(letter => !char.IsControl(letter)));
            return $" ({(text.Length > LongestTold ? text[..LongestTold] : text)})";
        }
        catch (TaxiiFormatException)
        {
            return "";
        }
    }

    /// <summary>The body, or null where it is too large.</summary>
    private static async Task<ReadOnlyMemory<byte>?> BodyAsync(HttpResponseMessage answer, int most, CancellationToken cancel)
    {
        if (answer.Content.Headers.ContentLength > most)
            return null;
        await using var stream = await answer.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        using var held = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await stream.ReadAsync(buffer, cancel).ConfigureAwait(false)) > 0;)
        {
            if (held.Length + read > most)
                return null;
            held.Write(buffer, 0, read);
        }
        return held.GetBuffer().AsMemory(0, (int)held.Length);
    }
}
