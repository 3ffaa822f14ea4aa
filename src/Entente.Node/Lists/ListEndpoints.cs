using System.Collections.Immutable;
using System.Globalization;
using Entente.Lists;
using Entente.Lists.Diffs;
using Entente.Lists.Snapshots;
using Entente.Node.Access;
using Entente.Node.Hosting;
using Entente.Node.Yente;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Entente.Node.Lists;

/// <summary>The node's own API of lists.</summary>
internal sealed class ListEndpoints(ListsInUse inUse, ListKeeper keeper, ListComparison comparison, NodeOptions options, TimeProvider clock)
{
    private const int MostOnPage = 1000;

    /// <summary>All lists: in use, held, or known from the catalogue.</summary>
    public ListsView All(HttpContext http)
    {
        _ = new QueryText(http.Request);
        var lists = inUse.Current;
        if (lists is not null)
            UsedLists.AddHeaders(http.Response, lists, clock.GetUtcNow());
        var names = inUse.Snapshots.Datasets().Concat(lists?.Versions.Select(version => version.Dataset) ?? []).Concat(ListCatalogue.All.Select(source => source.Dataset)).Distinct(StringComparer.Ordinal);
        return new ListsView([.. names.Select(View)], lists?.IsSample ?? false, inUse.Problem);
    }

    /// <summary>One list with its versions and its history.</summary>
    public ListDetailView One(HttpContext http, string dataset)
    {
        _ = new QueryText(http.Request);
        var (now, store) = (clock.GetUtcNow(), inUse.Snapshots);
        var view = Known(dataset);
        string? current = store.Current(dataset)?.Manifest.Sha256, held = store.Held(dataset)?.Manifest.Sha256;
        return new ListDetailView(
            view,
            [.. store.Versions(dataset).Select(version => VersionView.Of(ListVersion.Of(version.Manifest), now, version.Manifest.Sha256 == current, version.Manifest.Sha256 == held))],
            [.. store.History(dataset).Reverse().Select(line => new ActivationView(line.At, line.Sha256, line.Kind, line.From))]);
    }

    /// <summary>What changed between two versions.</summary>
    public async Task<ListDiffView> DiffAsync(HttpContext http, string dataset)
    {
        var query = new QueryText(http.Request, "from", "to", "limit", "after");
        var limit = query.Number("limit", 100, 1, MostOnPage);
        var after = query.Number("after", 0, 0, int.MaxValue);
        _ = Known(dataset);
        var (from, to) = (Find(dataset, query.Text("from") is { Length: > 0 } former ? former : "previous"), Find(dataset, query.Text("to") is { Length: > 0 } newer ? newer : "current"));
        var diff = await CompareAsync(from, to).ConfigureAwait(false);
        return new ListDiffView(
            dataset, ListVersion.Of(from.Manifest).Label, ListVersion.Of(to.Manifest).Label, diff.Added.Length, diff.Removed.Length, diff.Amended.Length,
            [.. diff.All.Skip(after).Take(limit).Select(change => new EntityChangeView(change.Kind, change.Entity.Id, change.Entity.Schema, change.Entity.Caption,
                [.. change.Properties.Select(property => new PropertyChangeView(property.Property, property.Added, property.Removed))]))],
            (long)after + limit < diff.Added.Length + diff.Removed.Length + diff.Amended.Length ? (after + limit).ToString(CultureInfo.InvariantCulture) : null);
    }

    public Task<IResult> UpdateAsync(HttpContext http, string dataset)
    {
        _ = new QueryText(http.Request);
        return AnswerAsync(keeper.UpdateAsync(http.User.ToActor(), ListKeeper.Checked(dataset), http.RequestAborted));
    }

    /// <summary>Adds a dataset of OpenSanctions by its name.</summary>
    public async Task<IResult> AddOpenSanctionsAsync(HttpContext http, string dataset)
    {
        _ = new QueryText(http.Request);
        await keeper.AddOpenSanctionsAsync(http.User.ToActor(), ListKeeper.Checked(dataset), http.RequestAborted).ConfigureAwait(false);
        return Results.Json(View(dataset), Store.NodeJson.Options, statusCode: StatusCodes.Status202Accepted);
    }

    public Task<IResult> AcceptAsync(HttpContext http, string dataset)
    {
        _ = new QueryText(http.Request);
        return AnswerAsync(keeper.AcceptAsync(http.User.ToActor(), ListKeeper.Checked(dataset), http.RequestAborted));
    }

    public Task<IResult> RollBackAsync(HttpContext http, string dataset) =>
        AnswerAsync(keeper.RollBackAsync(http.User.ToActor(), ListKeeper.Checked(dataset), new QueryText(http.Request, "version").Text("version"), http.RequestAborted));

    /// <summary>Takes a file as the body, whatever it says it is: reading it shows.</summary>
    public async Task<IResult> AddAsync(HttpContext http, string dataset)
    {
        var query = new QueryText(http.Request, "title", "file");
        var title = query.Text("title") is { Length: > 0 } given ? given : null;
        ListKeeper.Checked(dataset);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = options.MaxUploadBytes;
        return await AnswerAsync(keeper.AddAsync(http.User.ToActor(), dataset, title, query.Text("file"), http.Request.Body, http.RequestAborted)).ConfigureAwait(false);
    }

    /// <summary>What is held or failed is no success, and says so by its status too.</summary>
    private static async Task<IResult> AnswerAsync(Task<ListOutcome> work)
    {
        ListOutcome outcome;
        try
        {
            outcome = await work.ConfigureAwait(false);
        }
        catch (SnapshotException fault)
        {
            throw RequestException.Conflict(fault.Message);
        }
        return outcome.Outcome switch
        {
            "failed" => Results.Problem(statusCode: StatusCodes.Status422UnprocessableEntity, detail: outcome.Reason, extensions: new Dictionary<string, object?> { ["list"] = outcome }),
            "held" => Results.Json(outcome, Store.NodeJson.Options, statusCode: StatusCodes.Status202Accepted),
            _ => Results.Json(outcome, Store.NodeJson.Options),
        };
    }

    private ListView Known(string dataset) =>
        SnapshotStore.IsDatasetId(dataset) && (inUse.Snapshots.Datasets().Contains(dataset) || ListCatalogue.Find(dataset) is not null || inUse.Current?.Versions.Any(version => version.Dataset == dataset) == true)
            ? View(dataset)
            : throw RequestException.NotFound($"There is no list '{QueryText.Short(dataset)}'.");

    private ListView View(string dataset)
    {
        var (now, store) = (clock.GetUtcNow(), inUse.Snapshots);
        var source = store.Source(dataset);
        var used = inUse.Current?.Versions.FirstOrDefault(version => version.Dataset == dataset);
        var held = store.Held(dataset);
        return new ListView(
            dataset, used?.Title ?? source?.Title ?? dataset, used?.Publisher ?? source?.Publisher, source?.LegalBasis, source?.Address is { } address ? AddressText.Of(address) : null, source?.Instead,
            used is null ? null : VersionView.Of(used, now, inUse: true, held: false), held is null ? null : VersionView.Of(ListVersion.Of(held.Manifest), now, inUse: false, held: true), used?.IsStale(now) ?? false);
    }

    private Snapshot Find(string dataset, string name)
    {
        try
        {
            return inUse.Snapshots.Find(dataset, name);
        }
        catch (SnapshotException fault)
        {
            throw RequestException.NotFound(fault.Message);
        }
    }

    private async Task<ListDiff> CompareAsync(Snapshot from, Snapshot to)
    {
        try
        {
            return await comparison.BetweenAsync(from, to).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is SnapshotException or ListFormatException)
        {
            throw RequestException.Conflict($"A version cannot be read: {fault.Message.Replace(options.DataFolder, "", StringComparison.Ordinal)}");
        }
    }
}
