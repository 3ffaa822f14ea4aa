using System.Collections.Immutable;
using System.Text.Json;
using Entente.Cli.Output;
using Entente.Exchange.Taxii;
using Entente.Node.Taxii;

namespace Entente.Cli.Taxii;

/// <summary>A collection and where it is.</summary>
/// <param name="Root">The address of its API root.</param>
/// <param name="Info">What the server says of it.</param>
internal sealed record ServerCollection(Uri Root, TaxiiCollectionInfo Info);

/// <summary><c>entente taxii collections</c>.</summary>
internal static class ServerCollections
{
    /// <summary>Lists what a server offers.</summary>
    /// <param name="address">Its discovery address.</param>
    /// <param name="json">For programs: one line for each.</param>
    /// <param name="surroundings">Where to write; the key.</param>
    /// <exception cref="FailureException">It could not be read.</exception>
    public static int List(Uri address, bool json, Surroundings surroundings)
    {
        using var http = TaxiiClient.NewHttpClient(surroundings.TaxiiKey);
        var found = NodeData.Run(() => Asked(() => FindAsync(new TaxiiClient(http), address, surroundings.Stop)));
        foreach (var (root, info) in found)
        {
            if (json)
                surroundings.Out.WriteLine(JsonSerializer.Serialize(new { root, info.Id, info.Title, info.Description, info.CanRead, info.CanWrite }, JsonSerializerOptions.Web));
            else
                surroundings.Out.WriteLine($"{info.Id}  {Shown.OneLine(info.Title)}{(info.CanRead ? "" : "  (may not be read)")}{(info.Description is { } more ? $"\n    {Shown.OneLine(more)}" : "")}");
        }
        if (found.IsEmpty)
            surroundings.Error.WriteLine($"{address.Host} offers no collection{(surroundings.TaxiiKey is null ? $"; perhaps it wants a key, in {TaxiiCommand.KeyVariable}" : " to the owner of this key")}.");
        return ExitCodes.Done;
    }

    /// <summary>Finds the collections of all API roots of a server.</summary>
    public static async Task<ImmutableArray<ServerCollection>> FindAsync(TaxiiClient client, Uri address, CancellationToken cancel)
    {
        var found = ImmutableArray.CreateBuilder<ServerCollection>();
        foreach (var root in (await client.DiscoverAsync(address, cancel).ConfigureAwait(false)).Roots)
        {
            await client.RootAsync(root, cancel).ConfigureAwait(false);
            found.AddRange((await client.CollectionsAsync(root, cancel).ConfigureAwait(false)).Select(info => new ServerCollection(root, info)));
        }
        return found.ToImmutable();
    }

    /// <summary>Asks a server; what it cannot be read for becomes a message.</summary>
    /// <exception cref="FailureException">It could not be read.</exception>
    public static async Task<T> Asked<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (TaxiiClientException fault)
        {
            throw new FailureException(fault.Message);
        }
    }
}
