using System.Collections.Concurrent;
using System.Text.Json;
using Entente.Lists;
using Entente.Lists.Snapshots;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Hosting;
using Entente.Node.Store;
using Microsoft.Extensions.Logging;

namespace Entente.Node.Lists;

/// <summary>What became of a list that somebody asked to be brought up to date, accepted, gone back from or added.</summary>
/// <param name="Dataset">The list.</param>
/// <param name="Outcome"><c>updated</c>, <c>unchanged</c>, <c>held</c> or <c>failed</c>.</param>
/// <param name="Reason">Why it is held or failed, and what to do; null where neither.</param>
/// <param name="InUse">The version in use now, in one word; null where there is none.</param>
/// <param name="Before">The version in use before; null where there was none, or the same.</param>
/// <param name="Held">The version that waits for a person's word; null where none does.</param>
public sealed record ListOutcome(string Dataset, string Outcome, string? Reason, string? InUse, string? Before, string? Held);

/// <summary>Brings lists up to date, for people who may; and puts what comes of it to use at once.</summary>
/// <remarks>
/// Who asked for what is recorded before it is done, and what came of it after; that other versions are in use is recorded by
/// <see cref="ListsInUse"/>, as always. Of one list one thing is done after another.
/// </remarks>
internal sealed class ListKeeper(ListsInUse inUse, NodeOptions options, Ledger ledger, TimeProvider clock, ILogger<ListKeeper> log) : IDisposable
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, KeptOutcome> _outcomes = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http = ListUpdater.NewHttpClient();

    /// <summary>Since when a list is being fetched; null when it is not.</summary>
    public DateTimeOffset? RunningSince(string dataset) => _running.TryGetValue(dataset, out var since) ? since : null;

    /// <summary>How the last change since the node started ended; null where there was none.</summary>
    public KeptOutcome? LastOutcome(string dataset) => _outcomes.GetValueOrDefault(dataset);

    /// <summary>Begins to fetch a list from its publisher; it goes on when the caller is gone.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="dataset">The list.</param>
    /// <param name="cancel">Gives up before it has begun.</param>
    /// <returns>False when it is being fetched already.</returns>
    public async Task<bool> BeginUpdateAsync(Actor actor, string dataset, CancellationToken cancel)
    {
        var source = Source(dataset);
        if (!_running.TryAdd(dataset, clock.GetUtcNow()))
            return false;
        try
        {
            await AskAsync(actor, "update", dataset, new { }, cancel).ConfigureAwait(false);
        }
        catch
        {
            _running.TryRemove(dataset, out _);
            throw;
        }
        _ = Task.Run(() => UpdateAloneAsync(actor, source), CancellationToken.None);
        return true;
    }

    /// <summary>Fetches a list from its publisher, unless the version in use is still the latest.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="dataset">The list: installed, or in the catalogue.</param>
    /// <param name="cancel">Gives up; the version in use stays.</param>
    public Task<ListOutcome> UpdateAsync(Actor actor, string dataset, CancellationToken cancel) =>
        DoAsync(actor, "update", dataset, new { }, updater => updater.UpdateAsync(Source(dataset), cancel: cancel), cancel);

    /// <summary>Puts a version that is held to use.</summary>
    public Task<ListOutcome> AcceptAsync(Actor actor, string dataset, CancellationToken cancel) =>
        DoAsync(actor, "accept", dataset, new { version = Installed(dataset).Held(dataset)?.Manifest.Sha256 }, updater => Task.Run(() => updater.AcceptHeld(dataset), cancel), cancel);

    /// <summary>Goes back to a former version.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="dataset">The list.</param>
    /// <param name="version">The version, as <see cref="SnapshotStore.Find"/> knows it; null for the one before.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<ListOutcome> RollBackAsync(Actor actor, string dataset, string? version, CancellationToken cancel)
    {
        _ = Installed(dataset);
        return DoAsync(actor, "rollback", dataset, new { version }, updater => Task.Run(() => updater.RollBack(dataset, version), cancel), cancel);
    }

    /// <summary>Takes a list from a file that was sent.</summary>
    /// <param name="actor">Who sends it.</param>
    /// <param name="dataset">What to call it.</param>
    /// <param name="title">Its name; null for what is known of it.</param>
    /// <param name="file">The file's name, where its ending says what it is; null where it does not.</param>
    /// <param name="content">The file. Reading it ends where the server's bound for uploads is.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="RequestException">The title is too long, or the file empty.</exception>
    public async Task<ListOutcome> AddAsync(Actor actor, string dataset, string? title, string? file, Stream content, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (title is { Length: > 300 })
            throw RequestException.Bad("'title' is longer than 300 characters.");
        var folder = Directory.CreateDirectory(Path.Combine(options.DataFolder, "uploads", Guid.NewGuid().ToString("N")));
        try
        {
            var path = Path.Combine(folder.FullName, NameOf(file));
            await using (var kept = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
                await content.CopyToAsync(kept, cancel).ConfigureAwait(false);
            if (new FileInfo(path).Length == 0)
                throw RequestException.Bad("The file is empty; it must be the list.");
            return await DoAsync(actor, "add", dataset, new { title, bytes = new FileInfo(path).Length }, updater => Task.Run(() => Add(updater, dataset, title, path), cancel), cancel).ConfigureAwait(false);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Notes where a dataset of OpenSanctions comes from and begins to fetch it; it goes on when the caller is gone.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="name">Its name there, and its id here.</param>
    /// <param name="cancel">Gives up before it has begun.</param>
    /// <remarks>Only its name is chosen, never an address: nobody makes this node call what only it can reach.</remarks>
    /// <exception cref="RequestException">None there can have this name, or a list of another source has it here.</exception>
    public async Task AddOpenSanctionsAsync(Actor actor, string name, CancellationToken cancel)
    {
        if (!SnapshotStore.IsDatasetId(name))
            throw RequestException.Bad($"'{QueryText.Short(name)}' is no name of an OpenSanctions dataset: lower-case letters, digits and underscores, such as us_ofac_sdn.");
        var source = ListCatalogue.OpenSanctions(name);
        var known = inUse.Snapshots.Source(name);
        if (known is not null ? known.Address != source.Address : inUse.Snapshots.Current(name) is not null)
            throw RequestException.Conflict($"There is a list '{name}' already, of another source.");
        await AskAsync(actor, "add", name, new { address = source.Address }, cancel).ConfigureAwait(false);
        using (var writer = inUse.Snapshots.Write(name))
            writer.Register(source);
        await BeginUpdateAsync(actor, name, cancel).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        _http.Dispose();
    }

    /// <summary>A list's id, if it can be one.</summary>
    /// <exception cref="RequestException">404: it cannot.</exception>
    public static string Checked(string dataset) =>
        SnapshotStore.IsDatasetId(dataset) ? dataset : throw RequestException.NotFound($"'{QueryText.Short(dataset)}' is no list: lower-case letters, digits, hyphens and underscores, such as un-sc.");

    private async Task<ListOutcome> DoAsync<T>(Actor actor, string what, string dataset, T with, Func<ListUpdater, Task<UpdateResult>> work, CancellationToken cancel)
    {
        await AskAsync(actor, what, dataset, with, cancel).ConfigureAwait(false);
        return await AnswerAsync(actor, what, dataset, work, cancel).ConfigureAwait(false);
    }

    private Task AskAsync<T>(Actor actor, string what, string dataset, T with, CancellationToken cancel) =>
        ledger.RecordAsync(actor, AuditAction.ListAsked, $"list:{dataset}", JsonSerializer.Serialize(new { what, with }, NodeJson.Options), cancel);

    private async Task<ListOutcome> AnswerAsync(Actor actor, string what, string dataset, Func<ListUpdater, Task<UpdateResult>> work, CancellationToken cancel)
    {
        var updater = new ListUpdater(inUse.Snapshots, _http, path => ListSummary.Of(ListReader.Read(path)), clock);
        var outcome = Outcome(dataset, await work(updater).ConfigureAwait(false));
        _outcomes[dataset] = new KeptOutcome(clock.GetUtcNow(), outcome.Outcome, outcome.Reason);
        await inUse.RefreshAsync(cancel).ConfigureAwait(false);
        if (outcome.Outcome != "failed" && inUse.Problem is { } problem)
            outcome = outcome with { Reason = $"It is installed, but the lists could not be put to use: {problem}" };
        await ledger.RecordAsync(actor, AuditAction.ListAnswered, $"list:{dataset}", JsonSerializer.Serialize(new { what, outcome }, NodeJson.Options), CancellationToken.None).ConfigureAwait(false);
        return outcome;
    }

    private async Task UpdateAloneAsync(Actor actor, ListSource source)
    {
        try
        {
            await AnswerAsync(actor, "update", source.Dataset, updater => updater.UpdateAsync(source, cancel: _stop.Token), _stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The node stops; what is in use stays so.
        }
#pragma warning disable CA1031 // Nobody waits for this task: what went wrong is shown on the page.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            log.LogError(fault, "A list could not be updated");
            _outcomes[source.Dataset] = new KeptOutcome(clock.GetUtcNow(), "failed", fault.Message);
        }
        finally
        {
            _running.TryRemove(source.Dataset, out _);
        }
    }

    private UpdateResult Add(ListUpdater updater, string dataset, string? title, string path)
    {
        var known = inUse.Snapshots.Source(dataset);
        var source = known ?? new ListSource(dataset, title ?? dataset, null, null, null);
        source = source with { Title = title ?? source.Title };
        var result = updater.Add(source, path);
        if (source != known && result is not UpdateResult.Failed)
        {
            using var writer = inUse.Snapshots.Write(dataset);
            writer.Register(source);
        }
        return result;
    }

    /// <summary>What to call a file that was sent: as its sender does, where that is harmless. The version keeps it, and some formats are told by its ending.</summary>
    private static string NameOf(string? file) =>
        file is { Length: > 0 and <= 100 } && char.IsAsciiLetterOrDigit(file[0]) && file.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') ? file
        : file is not null && Path.GetExtension(file) is { Length: > 1 and <= 8 } ending && ending.Skip(1).All(char.IsAsciiLetterOrDigit) ? "list" + ending.ToLowerInvariant()
        : "list";

    private ListSource Source(string dataset) => inUse.Snapshots.Source(dataset)
        ?? (inUse.Snapshots.Current(dataset) is { Manifest: var manifest } ? new ListSource(dataset, manifest.Title, manifest.Publisher, null, null) : null)
        ?? throw RequestException.NotFound($"The list '{dataset}' is not known. Known are {string.Join(", ", ListCatalogue.All.Select(source => source.Dataset))}; others are added with their file.");

    private SnapshotStore Installed(string dataset) => inUse.Snapshots.Current(dataset) is not null || inUse.Snapshots.Held(dataset) is not null
        ? inUse.Snapshots
        : throw RequestException.NotFound($"The list '{dataset}' is not installed.");

    private ListOutcome Outcome(string dataset, UpdateResult result) => result switch
    {
        UpdateResult.Updated done => new(dataset, "updated", null, Label(done.Current), Label(done.Previous), null),
        UpdateResult.NotModified same => new(dataset, "unchanged", null, Label(same.Current), null, null),
        UpdateResult.Unchanged same => new(dataset, "unchanged", null, Label(same.Current), null, null),
        UpdateResult.Held held => new(dataset, "held", held.Reason, Label(held.Current), null, Label(held.Version)),
        // Where something stood on this machine is nobody's business.
        UpdateResult.Failed failed => new(dataset, "failed", failed.Reason.Replace(options.DataFolder, "", StringComparison.Ordinal), Label(failed.Current), null, null),
        _ => throw new InvalidOperationException($"Unknown ending of an update: {result.GetType().Name}."),
    };

    private static string? Label(Snapshot? snapshot) => snapshot is null ? null : ListVersion.Of(snapshot.Manifest).Label;
}

/// <summary>How a change of a list ended.</summary>
/// <param name="At">When.</param>
/// <param name="Kind"><c>updated</c>, <c>unchanged</c>, <c>held</c> or <c>failed</c>.</param>
/// <param name="Reason">In the words of the updater, in English; null where there is nothing to say.</param>
internal sealed record KeptOutcome(DateTimeOffset At, string Kind, string? Reason);
