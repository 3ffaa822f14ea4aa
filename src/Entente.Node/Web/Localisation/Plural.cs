using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Entente.Node.Web.Localisation;

/// <summary>Counts in words, as each language counts.</summary>
/// <remarks>By the cardinal rules of the Unicode CLDR for whole numbers (Arabic has six forms, Russian three that whole numbers take).</remarks>
public static class Plural
{
    /// <summary>The form that a number takes in a language.</summary>
    /// <param name="language">A code of <see cref="Languages"/>.</param>
    /// <param name="count">Not negative.</param>
    /// <returns><c>zero</c>, <c>one</c>, <c>two</c>, <c>few</c>, <c>many</c> or <c>other</c>.</returns>
    public static string Form(string language, long count) => language switch
    {
        "ar" => count switch { 0 => "zero", 1 => "one", 2 => "two", _ => (count % 100) switch { >= 3 and <= 10 => "few", >= 11 => "many", _ => "other" } },
        "ru" => (count % 10, count % 100) switch { (1, not 11) => "one", ( >= 2 and <= 4, not (>= 12 and <= 14)) => "few", _ => "many" },
        "fr" => count is 0 or 1 ? "one" : count % 1_000_000 == 0 ? "many" : "other",
        _ => count == 1 ? "one" : "other",
    };

    /// <summary>The text for a count: the key with the number's form (<c>Results.few</c>), else with <c>other</c>.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="key">The key without form.</param>
    /// <param name="count">Not negative; <c>{0}</c> in the text.</param>
    /// <param name="more"><c>{1}</c> and so on.</param>
    public static string Count(this IStringLocalizer texts, string key, long count, params object[] more)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var text = texts[$"{key}.{Form(Languages.Current, count)}"];
        if (text.ResourceNotFound)
            text = texts[$"{key}.other"];
        return string.Format(CultureInfo.CurrentCulture, text.Value, [count, .. more]);
    }
}
