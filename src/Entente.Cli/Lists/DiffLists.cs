using System.Text.Json;
using Entente.Desk.Answers;
using Entente.Desk.Lists;
using Entente.Lists;
using Entente.Lists.Diffs;
using Entente.Lists.Snapshots;

namespace Entente.Cli.Lists;

/// <summary><c>entente lists diff</c>.</summary>
internal static class DiffLists
{
    /// <summary>One side of the comparison.</summary>
    /// <param name="Name">For the heading.</param>
    /// <param name="File">Read whole.</param>
    private sealed record Side(string Name, ListFile File);

    /// <summary>Compares two versions of an installed list, or two files.</summary>
    /// <param name="what">A dataset's id, or the former file.</param>
    /// <param name="versions">None to two versions; or the newer file.</param>
    /// <param name="json">For programs: one line for each change.</param>
    /// <param name="surroundings">Where to write; where the lists are.</param>
    /// <returns><see cref="ExitCodes.Done"/>, whether or not something changed.</returns>
    /// <exception cref="SnapshotException">There is no such version.</exception>
    /// <exception cref="ListFormatException">A file is not a list.</exception>
    public static int Run(string what, IReadOnlyList<string> versions, bool json, Surroundings surroundings)
    {
        var (before, after) = IsFile(what, versions) ? OfFiles(what, versions) : OfVersions(what, versions, surroundings);
        var diff = ListDiff.Between(before.File, after.File);
        if (json)
            WriteJson(diff, surroundings);
        else
            new GazetteView(surroundings).Write(after.File.Metadata.Title, before.Name, after.Name, diff);
        return ExitCodes.Done;
    }

    /// <summary>A file where it could not be an installed list, or where the other is a file too.</summary>
    private static bool IsFile(string what, IReadOnlyList<string> versions) =>
        !SnapshotStore.IsDatasetId(what.ToLowerInvariant()) || (File.Exists(what) && versions is [var other] && File.Exists(other));

    private static (Side, Side) OfFiles(string before, IReadOnlyList<string> versions)
    {
        if (versions is not [var after])
            throw new UsageException($"{before} is a file: name the newer file behind it, as in `entente lists diff OLD_FILE NEW_FILE`.");
        foreach (var path in (string[])[before, after])
        {
            if (!File.Exists(path))
                throw new FailureException($"there is no file {path}.");
        }
        return (Read(before), Read(after));

        static Side Read(string path)
        {
            var file = ListReader.Read(path);
            var made = file.Metadata.GeneratedAt is { } time ? $", version of {ListText.Day(time)}" : "";
            return new Side(path + made, file);
        }
    }

    private static (Side, Side) OfVersions(string dataset, IReadOnlyList<string> versions, Surroundings surroundings)
    {
        var store = UpdateLists.Store(surroundings);
        dataset = UpdateLists.Checked(dataset.ToLowerInvariant());
        if (store.Current(dataset) is null)
            throw new FailureException($"the list '{dataset}' is not installed. `entente lists status` says what is.");
        return (Read(store.Find(dataset, versions.Count > 0 ? versions[0] : "previous")), Read(store.Find(dataset, versions.Count > 1 ? versions[1] : "current")));

        static Side Read(Snapshot snapshot)
        {
            snapshot.Verify();
            var file = ListReader.Read(snapshot.Path);
            return new Side(ListText.Describe(snapshot.Manifest), file with { Metadata = file.Metadata with { Title = snapshot.Manifest.Title } });
        }
    }

    private static void WriteJson(ListDiff diff, Surroundings surroundings)
    {
        surroundings.Out.Flush();
        using var json = new Utf8JsonWriter(surroundings.OutBytes, MatchJson.OneLine);
        foreach (var change in diff.All)
        {
            json.WriteStartObject();
            json.WriteString("change", change.Kind switch
            {
                ChangeKind.Added => "added",
                ChangeKind.Removed => "removed",
                _ => "amended",
            });
            json.WriteString("id", change.Entity.Id);
            json.WriteString("schema", change.Entity.Schema);
            json.WriteString("caption", change.Entity.Caption);
            json.WriteStartObject("properties");
            foreach (var property in change.Properties)
            {
                json.WriteStartObject(property.Property);
                WriteValues(json, "added", property.Added);
                WriteValues(json, "removed", property.Removed);
                json.WriteEndObject();
            }
            json.WriteEndObject();
            json.WriteEndObject();
            json.Flush();
            json.Reset();
            surroundings.OutBytes.Write("\n"u8);
        }
        surroundings.OutBytes.Flush();
    }

    private static void WriteValues(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
