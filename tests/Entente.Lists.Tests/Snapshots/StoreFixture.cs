using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Entente.Lists.Snapshots;

namespace Entente.Lists.Tests.Snapshots;

/// <summary>A store in a folder of its own, and lists of a toy format: <c>&lt;list at="..."&gt;&lt;e/&gt;...&lt;/list&gt;</c>.</summary>
internal sealed class StoreFixture : IDisposable
{
    public static readonly ListSource Source = new("toy", "Toy list", "Nobody", "None", new Uri("https://lists.invalid/toy.xml"));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("entente-store-");
    private readonly HttpClient _http = ListUpdater.NewHttpClient();

    public StoreFixture() => Store = new SnapshotStore(_folder.FullName);

    public SnapshotStore Store { get; }

    public Clock Time { get; } = new();

    public string Folder => Path.Combine(Store.Folder, Source.Dataset);

    public static string List(int entities, string at = "2026-01-01", string note = "", string root = "list", string dataset = "toy") =>
        $"<{root} at=\"{at}\" of=\"{dataset}\"><!-- {note} -->{string.Concat(Enumerable.Repeat("<e/>", entities))}</{root}>";

    public static ListSummary Read(string path)
    {
        using var stream = File.OpenRead(path);
        var root = XDocument.Load(stream).Root!;
        var count = root.Elements("e").Count();
        return new ListSummary(count, new Dictionary<string, int> { ["Person"] = count },
            DateTimeOffset.Parse(root.Attribute("at")!.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)) { Dataset = root.Attribute("of")?.Value };
    }

    public ListUpdater Updater(UpdateLimits? limits = null) => new(Store, _http, Read, Time, limits);

    public Task<UpdateResult> UpdateAsync(LoopbackServer server, UpdateLimits? limits = null) =>
        Updater(limits).UpdateAsync(Source, server.Address, cancel: TestContext.Current.CancellationToken);

    /// <summary>Fetches a first version of so many entities, so that there is one that must not be harmed.</summary>
    public async Task<Snapshot> SeedAsync(int entities = 9)
    {
        using var server = new LoopbackServer(request => request.OkAsync(List(entities)));
        return Assert.IsType<UpdateResult.Updated>(await UpdateAsync(server)).Current;
    }

    /// <summary>Asserts that the version in use is this one, whole and readable, and that nothing unfinished lies about.</summary>
    public void AssertInUse(Snapshot expected)
    {
        var current = Store.Current(Source.Dataset);
        Assert.Equal(expected.Manifest.Sha256, current?.Manifest.Sha256);
        Assert.Equal(expected.Manifest.Entities, Text(current!).Split("<e/>").Length - 1);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Folder, "incoming-*"));
    }

    public static string Text(Snapshot snapshot)
    {
        using var reader = new StreamReader(snapshot.Open(), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    public void Dispose()
    {
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>The system's timers, but a date that the test sets.</summary>
    internal sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
