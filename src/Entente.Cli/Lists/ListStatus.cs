using System.Globalization;
using System.Text.Json;
using Entente.Cli.Output;
using Entente.Desk.Answers;
using Entente.Desk.Lists;
using Entente.Lists.Snapshots;

namespace Entente.Cli.Lists;

/// <summary><c>entente lists status</c>.</summary>
internal sealed class ListStatus
{
    private readonly Surroundings _surroundings;
    private readonly SnapshotStore _store;
    private readonly DateTimeOffset _now;

    private ListStatus(Surroundings surroundings)
    {
        _surroundings = surroundings;
        _store = UpdateLists.Store(surroundings);
        _now = surroundings.Time.GetUtcNow();
    }

    /// <summary>What is known of one list; <see cref="Fault"/> where it cannot be read.</summary>
    private sealed record State(string Dataset, ListSource? Source, Snapshot? Current, Snapshot? Previous, Snapshot? Held, int Versions, string? Fault)
    {
        public string Title => Current?.Manifest.Title ?? Source?.Title ?? Dataset;

        public string? Publisher => Source?.Publisher ?? Current?.Manifest.Publisher;
    }

    /// <summary>Says what is installed and how old it is.</summary>
    /// <param name="json">For programs.</param>
    /// <param name="surroundings">Where to write; where the lists are; the clock.</param>
    /// <returns><see cref="ExitCodes.Done"/>, also when nothing is installed: that is a state, not a failure.</returns>
    /// <exception cref="FailureException">The store is damaged. What could be read was written.</exception>
    public static int Run(bool json, Surroundings surroundings)
    {
        var status = new ListStatus(surroundings);
        var installed = status._store.Datasets();
        var states = installed.Select(status.Look).ToList();
        var others = ListCatalogue.All.Where(source => !installed.Contains(source.Dataset)).ToList();
        if (json)
            status.WriteJson(states, others);
        else
            status.WriteText(states, others);
        surroundings.Out.Flush();
        return states.FirstOrDefault(state => state.Fault is not null) is { } damaged
            ? throw new FailureException($"{damaged.Dataset}: {damaged.Fault}")
            : ExitCodes.Done;
    }

    private State Look(string dataset)
    {
        ListSource? source = null;
        try
        {
            source = _store.Source(dataset);
            var current = _store.Current(dataset);
            current?.Verify();
            return new State(dataset, source, current, _store.Previous(dataset), _store.Held(dataset), _store.Versions(dataset).Count, null);
        }
        catch (SnapshotException fault)
        {
            return new State(dataset, source, null, null, null, 0, fault.Message);
        }
    }

    private void WriteText(List<State> states, List<ListSource> others)
    {
        var page = new Page(_surroundings);
        page.Line($"Installed lists ({Shown.OneLine(_store.Folder)}):");
        foreach (var state in states)
            Write(page, state);
        if (states.Count == 0)
            page.Line("  none; `entente screen` uses the fictional sample");
        if (others.Count > 0)
        {
            page.Line();
            page.Line("Not installed:");
            foreach (var source in others)
            {
                page.Line();
                page.Line($"{source.Title} ({source.Dataset})", "bold");
                page.Line(source.Address is null ? $"  not installed. {source.Instead}" : $"  not installed; `entente lists update {source.Dataset}` fetches it");
            }
        }
        page.Flush();
    }

    private void Write(Page page, State state)
    {
        page.Line();
        page.Line(Shown.Text($"{state.Title} ({state.Dataset})"), "bold");
        if (state.Publisher is { } publisher)
            page.Line($"  publisher   {Shown.Text(publisher)}");
        if (state.Fault is { } fault)
            page.Line($"  damaged     {Shown.OneLine(fault)}", "red");
        else if (state.Current is not { Manifest: var manifest })
            page.Line($"  not installed; `entente lists update {state.Dataset}` fetches it", "yellow");
        else
            Write(page, state, manifest);
        if (state.Held is { } held)
            page.Line($"  held back   {ListText.Describe(held.Manifest)}; `entente lists diff {state.Dataset} current held` shows what would change, `entente lists update --accept {state.Dataset}` puts it to use", "yellow");
    }

    private void Write(Page page, State state, SnapshotManifest manifest)
    {
        page.Line($"  in use      {ListText.Describe(manifest)}");
        page.Line($"  sha256      {manifest.Sha256}");
        page.Line($"  {(manifest.Source.IsFile ? "added  " : "fetched")}     {ListText.Minute(manifest.FetchedAt)} from {Shown.OneLine(AddressText.Of(manifest.Source))}");
        var version = ListVersion.Of(manifest);
        if (version.ConfirmedAt is { } confirmed)
            page.Line($"  confirmed   {ListText.Minute(confirmed)} by its publisher");
        var stale = version.IsStale(_now);
        page.Line($"  age         {ListText.Age(version, _now)}{(stale ? "; " + Advice(state) : "")}", stale ? "yellow" : "");
        var previous = state.Previous is { } before
            ? string.Create(CultureInfo.InvariantCulture, $"; the one before is of {ListText.Day(before.Manifest.MadeAt)} (sha256 {before.Manifest.Sha256[..12]}...)")
            : "";
        page.Line(string.Create(CultureInfo.InvariantCulture, $"  versions    {state.Versions:N0} kept{previous}"));
    }

    /// <summary>What to do about a list that is out of date.</summary>
    private static string Advice(State state) => state.Source?.Address is null
        ? "it may be out of date: add a newer file with `entente lists add FILE`"
        : $"it may be out of date: run `entente lists update {state.Dataset}`";

    private void WriteJson(List<State> states, List<ListSource> others)
    {
        _surroundings.Out.Flush();
        using (var json = new Utf8JsonWriter(_surroundings.OutBytes, MatchJson.Indented))
        {
            json.WriteStartObject();
            json.WriteString("folder", _store.Folder);
            json.WriteStartArray("lists");
            foreach (var state in states)
                Write(json, state);
            foreach (var source in others)
                Write(json, new State(source.Dataset, source, null, null, null, 0, null));
            json.WriteEndArray();
            json.WriteEndObject();
        }
        _surroundings.OutBytes.Write("\n"u8);
        _surroundings.OutBytes.Flush();
    }

    private void Write(Utf8JsonWriter json, State state)
    {
        json.WriteStartObject();
        json.WriteString("dataset", state.Dataset);
        json.WriteString("title", state.Title);
        json.WriteString("publisher", state.Publisher);
        json.WriteString("legalBasis", state.Source?.LegalBasis);
        json.WriteString("address", state.Source?.Address is { } address ? AddressText.Of(address) : null);
        if (state.Fault is { } fault)
            json.WriteString("error", fault);
        Write(json, "current", state.Current);
        Write(json, "previous", state.Previous);
        Write(json, "held", state.Held);
        json.WriteNumber("versions", state.Versions);
        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json, string name, Snapshot? snapshot)
    {
        if (snapshot is not { Manifest: var manifest })
        {
            json.WriteNull(name);
            return;
        }
        json.WriteStartObject(name);
        VersionJson.WriteMembers(json, ListVersion.Of(manifest), _now);
        json.WriteBoolean("stale", ListVersion.Of(manifest).IsStale(_now));
        json.WriteString("source", AddressText.Of(manifest.Source));
        json.WriteNumber("bytes", manifest.Size);
        json.WriteStartObject("schemata");
        foreach (var (schema, count) in manifest.Schemata)
            json.WriteNumber(schema, count);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
