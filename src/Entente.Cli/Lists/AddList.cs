using Entente.Lists;
using Entente.Lists.Snapshots;

namespace Entente.Cli.Lists;

/// <summary><c>entente lists add</c>.</summary>
internal static class AddList
{
    private const string OpenSanctions = "opensanctions:";

    /// <summary>Installs a list from a file, or notes an address and fetches it.</summary>
    /// <param name="what">A file, an https address, or <c>opensanctions:NAME</c>.</param>
    /// <param name="dataset">The dataset's id; null for what the file, or the catalogue, says.</param>
    /// <param name="title">The list's name; null for what the catalogue, or the file, says.</param>
    /// <param name="surroundings">Where to write; where the lists are.</param>
    /// <returns><see cref="ExitCodes.Done"/> when it is in use.</returns>
    /// <exception cref="FailureException">It is not in use; a version that was stays in use.</exception>
    /// <exception cref="UsageException">It is not clear which list is meant.</exception>
    /// <exception cref="ListFormatException">It is not a list.</exception>
    public static int Run(string what, string? dataset, string? title, Surroundings surroundings)
    {
        dataset = dataset is null ? null : UpdateLists.Checked(dataset);
        if (what.StartsWith(OpenSanctions, StringComparison.OrdinalIgnoreCase))
            return FromAddress(Dataset(what[OpenSanctions.Length..]), dataset, title, surroundings);
        if (Uri.TryCreate(what, UriKind.Absolute, out var address) && address.Scheme is "https" or "http")
            return FromAddress(Source(address, dataset), dataset, title, surroundings);
        return FromFile(what, dataset, title, surroundings);
    }

    private static int FromAddress(ListSource source, string? dataset, string? title, Surroundings surroundings)
    {
        var store = UpdateLists.Store(surroundings);
        source = source with { Dataset = dataset ?? source.Dataset, Title = title ?? source.Title };
        using (var writer = store.Write(source.Dataset))
            writer.Register(source);
        surroundings.Error.WriteLine($"{source.Dataset} comes from {AddressText.Of(source.Address!)} from now on; `entente lists update` fetches it with the others.");
        return UpdateLists.Run([source.Dataset], null, surroundings);
    }

    private static int FromFile(string path, string? dataset, string? title, Surroundings surroundings)
    {
        if (!File.Exists(path))
            throw new FailureException(Directory.Exists(path) ? $"{path} is a folder; name the list in it." : $"there is no file {path}. An address should begin with https://.");
        var store = UpdateLists.Store(surroundings);
        var metadata = dataset is null || (title is null && store.Source(dataset) is null) ? ListReader.Read(path).Metadata : null;
        dataset ??= Id(metadata!.Dataset)
            ?? throw new UsageException($"the list calls itself '{Output.Shown.OneLine(metadata.Dataset)}', which cannot be a dataset's id here. Name it with --dataset, such as --dataset our-list.");
        var known = store.Source(dataset);
        var source = known ?? new ListSource(dataset, title ?? metadata!.Title, metadata?.Publisher, metadata?.LegalBasis, null);
        source = source with { Title = title ?? source.Title };

        using var http = ListUpdater.NewHttpClient();
        var result = UpdateLists.Updater(http, surroundings).Add(source, path);
        if (source != known && result is not UpdateResult.Failed)
        {
            using var writer = store.Write(dataset);
            writer.Register(source);
        }
        return UpdateLists.Tell(dataset, result, surroundings) is { } failure
            ? throw new FailureException($"{dataset}: {failure}")
            : ExitCodes.Done;
    }

    private static ListSource Dataset(string name)
    {
        try
        {
            return ListCatalogue.OpenSanctions(name);
        }
        catch (ArgumentException)
        {
            throw new UsageException($"'{name}' is no name of an OpenSanctions dataset: lower-case letters, digits and underscores, as in {OpenSanctions}us_ofac_sdn.");
        }
    }

    private static ListSource Source(Uri address, string? dataset)
    {
        var known = dataset is null
            ? ListCatalogue.All.FirstOrDefault(source => source.Address == address)
            : ListCatalogue.Find(dataset) ?? new ListSource(dataset, dataset, null, null, null);
        return known is null
            ? throw new UsageException("say what to call the list of this address: --dataset ID, such as --dataset our-partner.")
            : known with { Address = address, Instead = null };
    }

    /// <summary>An id made of what a list calls itself; null where nothing is left.</summary>
    private static string? Id(string name)
    {
        var id = new string([.. name.ToLowerInvariant().Select(c => char.IsWhiteSpace(c) || c == '.' ? '-' : c)]).Trim('-');
        return SnapshotStore.IsDatasetId(id) ? id : null;
    }
}
