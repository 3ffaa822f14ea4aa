namespace Entente.Lists.Wording;

/// <summary>Genders as people write them, in English, French, Russian and Arabic.</summary>
internal static class GenderText
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["m"] = "male", ["male"] = "male", ["man"] = "male", ["h"] = "male", ["homme"] = "male", ["masculin"] = "male",
        ["м"] = "male", ["муж"] = "male", ["мужской"] = "male", ["ذكر"] = "male",
        ["f"] = "female", ["female"] = "female", ["woman"] = "female", ["femme"] = "female", ["féminin"] = "female", ["feminin"] = "female",
        ["ж"] = "female", ["жен"] = "female", ["женский"] = "female", ["أنثى"] = "female", ["انثى"] = "female",
    };

    /// <summary>The FtM value: <c>male</c> or <c>female</c>.</summary>
    public static bool TryRead(string text, out string gender)
    {
        var known = Words.TryGetValue(text.Trim().TrimEnd('.'), out var found);
        gender = found ?? "";
        return known;
    }
}
