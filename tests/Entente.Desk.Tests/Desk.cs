using Entente.Desk.Lists;
using Entente.Lists;
using Entente.Lists.Snapshots;

namespace Entente.Desk.Tests;

/// <summary>A data folder of its own, with invented lists.</summary>
internal sealed class Desk : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("entente-desk-").FullName;

    public List<string> Notices { get; } = [];

    public int Indexed { get; private set; }

    public bool Serving { get; set; }

    public string Data => Path.Combine(Folder, "data");

    public string Indexes => Path.Combine(Data, "indexes");

    public ListLoader Loader => new()
    {
        DataFolder = Data,
        Serving = Serving,
        Notice = Notices.Add,
        Indexing = () => Indexed++,
    };

    public LoadedLists LoadInstalled() => Loader.LoadInstalled(stop: TestContext.Current.CancellationToken);

    public LoadedLists LoadFiles(string? judgements, params string[] paths) => Loader.LoadFiles(paths, judgements, TestContext.Current.CancellationToken);

    public LoadedLists LoadVersions(params Snapshot[] versions) => Loader.LoadVersions(versions, stop: TestContext.Current.CancellationToken);

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>A list of invented people, as FtM JSON lines.</summary>
    /// <param name="name">The file.</param>
    /// <param name="people">How many.</param>
    /// <param name="padding">Characters that each has beside, so that a few people make a large list.</param>
    /// <param name="dataset">Their dataset, also the begin of their ids.</param>
    public string People(string name, int people, int padding = 0, string dataset = "test") => Write(name, string.Concat(Enumerable.Range(1, people).Select(i =>
        $$$"""{"id":"{{{dataset}}}-{{{i}}}","schema":"Person","datasets":["{{{dataset}}}"],"target":true,"properties":{"name":["Fictivus Inventor{{{(char)('a' + i % 26)}}} of {{{dataset}}} {{{i}}}"],"notes":["{{{new string('x', padding)}}}"]}}""" + "\n")));

    /// <summary>A list that is large enough for its index to be kept.</summary>
    public string Large(string name = "large.jsonl", string dataset = "test") => People(name, 20, 60_000, dataset);

    /// <summary>Installs a version of a list, which is then in use.</summary>
    public Snapshot Install(string path, string dataset)
    {
        using var http = new HttpClient();
        var updater = new ListUpdater(new SnapshotStore(Data), http, file => ListSummary.Of(ListReader.Read(file)), TimeProvider.System);
        return Assert.IsType<UpdateResult.Updated>(updater.Add(new ListSource(dataset, $"List {dataset}", null, null, null), path)).Current;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
