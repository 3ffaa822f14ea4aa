using System.Globalization;
using System.Text.Json;

namespace Entente.Lists.France;

/// <summary>One record of the register: a few plain fields, and any number of typed ones (TypeChamp) with their values.</summary>
internal sealed class FrRecord(JsonElement json, int line, string file, ListLimits limits)
{
    /// <summary>Where the record starts, from 1.</summary>
    public int Line => line;

    /// <summary>A plain field; <see langword="null"/> where it is missing or blank.</summary>
    public string? Text(string name)
    {
        foreach (var property in json.EnumerateObject())
        {
            if (property.NameEquals(name))
                return Text(property.Value);
        }
        return null;
    }

    /// <summary>Names of the plain fields that hold something.</summary>
    public IEnumerable<string> PlainFields() =>
        json.EnumerateObject().Where(property => property.Name != "RegistreDetail" && Text(property.Value) is not null).Select(property => property.Name);

    /// <summary>The typed fields in file order, one item for each of their values.</summary>
    public IEnumerable<FrField> Fields()
    {
        foreach (var details in json.EnumerateObject().Where(property => property.NameEquals("RegistreDetail")))
        {
            foreach (var detail in Items(details.Value))
            {
                var type = detail.TryGetProperty("TypeChamp", out var name) ? Text(name) ?? "" : "";
                if (!detail.TryGetProperty("Valeur", out var values))
                    continue;
                foreach (var value in Items(values))
                    yield return new FrField(type, [.. Parts(value)]);
            }
        }
    }

    // An array of objects; a single object is taken for an array of one, as some writers of JSON have it.
    private List<JsonElement> Items(JsonElement value)
    {
        var items = value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().ToList(),
            JsonValueKind.Null => [],
            _ => [value],
        };
        return items.TrueForAll(item => item.ValueKind == JsonValueKind.Object)
            ? items
            : throw Error("a field of the record is not a list of objects. Fetch the list again.");
    }

    private IEnumerable<(string Name, string Text)> Parts(JsonElement value)
    {
        foreach (var property in value.EnumerateObject())
        {
            if (Text(property.Value) is { } text)
                yield return (property.Name, text);
        }
    }

    private string? Text(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.String => String(value),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False or JsonValueKind.Null => null,
            _ => throw Error("a value of the record is a list or an object where a text belongs. Fetch the list again."),
        };
        if (text?.Length > limits.MaxValueLength)
            throw Error($"a value is longer than {limits.MaxValueLength.ToString("N0", CultureInfo.InvariantCulture)} characters.");
        return string.IsNullOrWhiteSpace(text) ? null : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private string? String(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException e)
        {
            // An escape such as \ud800 that is half a character.
            throw new ListFormatException(file, line, null, "a text of the record holds half of a surrogate pair. Fetch the list again.", e);
        }
    }

    private ListFormatException Error(string problem) => new(file, line, null, problem);
}

/// <summary>One value of one typed field.</summary>
/// <param name="Type">The field's TypeChamp, such as <c>ALIAS</c>.</param>
/// <param name="Parts">What it consists of, blank parts left out.</param>
internal sealed record FrField(string Type, IReadOnlyList<(string Name, string Text)> Parts)
{
    private const string Comment = "Commentaire";

    /// <summary>What the publisher remarks on the value.</summary>
    public string? Remark => this[Comment];

    /// <summary>The first part that is no remark.</summary>
    public string? Main => Parts.FirstOrDefault(part => part.Name != Comment).Text;

    /// <summary>A part by its name; <see langword="null"/> where it is missing or blank.</summary>
    public string? this[string part] => Parts.FirstOrDefault(known => known.Name == part).Text;
}
