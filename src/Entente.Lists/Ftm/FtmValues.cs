using Entente.Lists.Wording;
using Entente.Records;

namespace Entente.Lists.Ftm;

/// <summary>Dates and countries as FtM has them: what is written otherwise is put into that form, what cannot be read is said.</summary>
/// <remarks>Anybody can write an FtM file. A birth date of <c>unknown</c> would be compared with others, and found to differ.</remarks>
internal static class FtmValues
{
    /// <summary>Looks an entity through.</summary>
    /// <param name="entity">As read.</param>
    /// <param name="warn">Told of what was put right or left out.</param>
    /// <returns>The same entity where all is well.</returns>
    public static Entity Check(Entity entity, Action<string> warn)
    {
        foreach (var (property, values) in entity.Properties)
        {
            if (Schemata.TypeOf(entity.Schema, property) is ("date" or "country") and var type
                && values.Any(value => Form(type, property, value) is var (form, problem) && (form != value || problem is not null)))
            {
                return Rebuild(entity, warn);
            }
        }
        return entity;
    }

    private static Entity Rebuild(Entity entity, Action<string> warn)
    {
        var builder = FtmMerge.Like(entity);
        foreach (var (property, values) in entity.Properties)
        {
            var type = Schemata.TypeOf(entity.Schema, property);
            foreach (var value in values)
            {
                var (form, problem) = Form(type, property, value);
                if (problem is not null)
                    warn(problem);
                builder.Add(property, form, originalValue: value);
            }
        }
        return builder.Build();
    }

    // The value in FtM's form, null where it is to be left out; and what to say about it.
    private static (string? Form, string? Problem) Form(string? type, string property, string value) => type switch
    {
        "date" => Date(property, value),
        "country" => Country(property, value),
        _ => (value, null),
    };

    private static (string? Form, string? Problem) Date(string property, string value)
    {
        if (!PartialDate.TryParse(value, out var date))
            return (null, $"'{ShortText.Of(value)}' is not a date; {property} was left out.");
        var form = date.ToString();
        // FtM dates may have a time behind the day.
        var isForm = value == form || (form.Length == 10 && value.Length > 10 && value[10] == 'T' && value.StartsWith(form, StringComparison.Ordinal));
        return isForm ? (value, null) : (form, $"'{ShortText.Of(value)}' is not a date as FollowTheMoney writes it; {property} was read as {form}.");
    }

    // FtM has more codes than countries: eu, zz, gb-sct.
    private static (string? Form, string? Problem) Country(string property, string value)
    {
        if (Countries.TryNormalise(value, out var code))
            return (code, null);
        return value.Length <= 7 && value.All(c => char.IsAsciiLetterLower(c) || c == '-')
            ? (value, null)
            : (value, $"'{ShortText.Of(value)}' is not a country that is known; {property} was kept as written, and is not compared.");
    }
}
