using System.Collections.Immutable;
using System.Text.Json;
using Entente.Lists.Delimited;
using Entente.Lists.Wording;
using Entente.Records;

namespace Entente.Lists.HouseList;

/// <summary>What the columns of a house list mean, and whose list it is, where its own header does not say: the file
/// <c>blacklist.csv.map.json</c> beside <c>blacklist.csv</c>.</summary>
/// <remarks>Its form stands in <c>docs/lists.md</c>.</remarks>
internal sealed class ListMapping
{
    /// <summary>What is put behind a list's name to name its mapping.</summary>
    public const string Suffix = ".map.json";

    /// <summary>Word for a column that is left out knowingly.</summary>
    public const string Ignore = "ignore";

    private const int MaxBytes = 1024 * 1024;

    private static readonly string[] Members = ["columns", "schema", "dataset", "title", "publisher", "legalBasis"];

    private ListMapping(ImmutableDictionary<string, Column> columns, JsonElement root, string file)
    {
        Columns = columns;
        var schema = Text(root, "schema", file);
        if (schema is not null)
        {
            Schema = SchemaNames.Find(schema, SchemaNames.Default) is { } known && Schemata.IsMatchable(known)
                ? known
                : throw Error(file, $"the schema '{ShortText.Of(schema)}' is none that is screened. Usual ones are {SchemaNames.Usual}.");
        }
        Dataset = Text(root, "dataset", file);
        Title = Text(root, "title", file);
        Publisher = Text(root, "publisher", file);
        LegalBasis = Text(root, "legalBasis", file);
    }

    /// <summary>Meaning by header; <see cref="Column.None"/> for a column that is left out knowingly.</summary>
    public ImmutableDictionary<string, Column> Columns { get; }

    /// <summary>FtM schema of rows that name none.</summary>
    public string? Schema { get; }

    public string? Dataset { get; }

    public string? Title { get; }

    public string? Publisher { get; }

    public string? LegalBasis { get; }

    /// <summary>Reads the mapping that stands beside a list.</summary>
    /// <param name="listName">The list.</param>
    /// <param name="siblings">The files beside it.</param>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="ListFormatException">It is there, and cannot be used.</exception>
    /// <exception cref="IOException">It is there, and cannot be read.</exception>
    public static ListMapping? Of(string listName, SiblingFiles siblings)
    {
        using var stream = siblings.Open(Path.GetFileName(listName) + Suffix);
        return stream is null ? null : Read(stream, listName + Suffix);
    }

    /// <summary>Reads a mapping.</summary>
    /// <param name="stream">JSON in UTF-8, to the stream's end.</param>
    /// <param name="name">The file, as messages shall name it.</param>
    /// <returns>The mapping.</returns>
    /// <exception cref="ListFormatException">It is not of the form described.</exception>
    private static ListMapping Read(Stream stream, string name)
    {
        var buffer = new byte[MaxBytes + 1];
        var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        if (length > MaxBytes)
            throw Error(name, "the mapping is larger than 1 MiB.");
        var json = buffer.AsMemory(0, length);
        if (json.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            json = json[3..];
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions
            {
                MaxDepth = 4,
                AllowDuplicateProperties = false,
                AllowTrailingCommas = true,
                CommentHandling = JsonCommentHandling.Skip,
            });
            return Read(document.RootElement, name);
        }
        catch (JsonException e)
        {
            throw new ListFormatException(name, (int?)e.LineNumber + 1, null, "not valid JSON, or a name stands twice in it.", e);
        }
        catch (InvalidOperationException e)
        {
            // GetString, for an escape such as \ud800 that is half a character.
            throw new ListFormatException(name, null, null, "a text holds half of a surrogate pair.", e);
        }
    }

    private static ListMapping Read(JsonElement root, string name)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw Error(name, "expected a JSON object, such as { \"columns\": { \"Nom complet\": \"name\" } }.");
        foreach (var member in root.EnumerateObject())
        {
            // A word that is not understood might be one that is misspelled, and matter.
            if (!Members.Contains(member.Name, StringComparer.Ordinal))
                throw Error(name, $"'{ShortText.Of(member.Name)}' is not known. Known are {string.Join(", ", Members)}.");
        }
        return new ListMapping(ReadColumns(root, name), root, name);
    }

    private static ImmutableDictionary<string, Column> ReadColumns(JsonElement root, string name)
    {
        var columns = ImmutableDictionary.CreateBuilder<string, Column>(StringComparer.Ordinal);
        if (!root.TryGetProperty("columns", out var given))
            return columns.ToImmutable();
        if (given.ValueKind != JsonValueKind.Object)
            throw Error(name, "'columns' must be an object, such as { \"Nom complet\": \"name\", \"Motif\": \"reason\" }.");
        foreach (var member in given.EnumerateObject())
        {
            var word = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : "";
            var column = ColumnNames.Of(word);
            if (column == Column.None && word != Ignore)
                throw Error(name, $"the column '{ShortText.Of(member.Name)}' is mapped to '{ShortText.Of(word)}', which is not known. Known are {HouseColumns.Known}, {Ignore}.");
            if (!columns.TryAdd(ColumnNames.Fold(member.Name), column))
                throw Error(name, $"the column '{ShortText.Of(member.Name)}' is mapped twice; case, spaces and accents do not count.");
        }
        return columns.ToImmutable();
    }

    private static string? Text(JsonElement root, string member, string name)
    {
        if (!root.TryGetProperty(member, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.String || value.GetString() is not { } text || string.IsNullOrWhiteSpace(text) || text.Any(char.IsControl))
            throw Error(name, $"'{member}' must be a text on one line.");
        return text.Trim();
    }

    private static ListFormatException Error(string name, string problem) => new(name, null, null, problem);
}
