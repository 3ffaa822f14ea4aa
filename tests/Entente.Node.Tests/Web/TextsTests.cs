using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Entente.Node.Audit;
using Entente.Node.Hosting;
using Entente.Node.Settings;
using Entente.Node.Web.Localisation;

namespace Entente.Node.Tests.Web;

/// <summary>Every text in every language, with the same places for what is put in.</summary>
public sealed partial class TextsTests
{
    private static readonly string[] Forms = ["zero", "one", "two", "few", "many", "other"];

    /// <summary>All resources of the node whose name ends in 'Texts'.</summary>
    public static TheoryData<string> Resources() => [.. typeof(NodeHost).Assembly.GetManifestResourceNames()
        .Where(name => name.EndsWith("Texts.resources", StringComparison.Ordinal)).Select(name => name[..^".resources".Length])];

    [Theory, MemberData(nameof(Resources))]
    public void Every_text_is_there_in_all_four_languages_with_the_same_places(string resource)
    {
        var manager = new ResourceManager(resource, typeof(NodeHost).Assembly);
        var english = Read(manager, "en");
        foreach (var language in new[] { "ar", "fr", "ru" })
        {
            var texts = Read(manager, language);
            foreach (var (key, text) in english.Where(text => !IsForm(text.Key)))
            {
                Assert.True(texts.TryGetValue(key, out var translated), $"{resource}: '{key}' is missing in {language}.");
                Assert.False(string.IsNullOrWhiteSpace(translated), $"{resource}: '{key}' is empty in {language}.");
                Assert.True(Places(text).SetEquals(Places(translated)), $"{resource}: '{key}' has other places in {language}.");
            }
            foreach (var key in english.Keys.Where(IsForm).Select(Stem).Distinct())
            {
                foreach (var count in Enumerable.Range(0, 125))
                    Assert.True(texts.ContainsKey($"{key}.{Plural.Form(language, count)}"), $"{resource}: '{key}' has no form for {count} in {language}.");
            }
            Assert.All(texts.Keys.Where(key => !IsForm(key)), key => Assert.True(english.ContainsKey(key), $"{resource}: '{key}' is in {language} only."));
        }
    }

    [Fact]
    public void Every_action_of_the_trail_and_every_setting_has_a_name()
    {
        var actions = Read(new ResourceManager(typeof(AuditTexts).FullName!, typeof(NodeHost).Assembly), "en");
        Assert.All(typeof(AuditAction).GetFields().Where(field => field.IsLiteral), action => Assert.Contains("Action." + action.GetRawConstantValue(), actions.Keys));
        var settings = Read(new ResourceManager(typeof(SettingTexts).FullName!, typeof(NodeHost).Assembly), "en");
        Assert.All(NodeSettings.All, setting =>
        {
            Assert.Contains("Name." + setting.Name, settings.Keys);
            Assert.Contains("What." + setting.Name, settings.Keys);
        });
    }

    private static bool IsForm(string key) => Forms.Contains(key.Split('.')[^1]) && key.Contains('.', StringComparison.Ordinal) && !key.StartsWith("Gender.", StringComparison.Ordinal);

    private static string Stem(string key) => key[..key.LastIndexOf('.')];

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(place => place.Groups[1].Value)];

    private static Dictionary<string, string> Read(ResourceManager manager, string language)
    {
        var set = manager.GetResourceSet(language == "en" ? CultureInfo.InvariantCulture : new CultureInfo(language), createIfNotExists: true, tryParents: false);
        Assert.True(set is not null, $"{manager.BaseName} is missing in {language}.");
        return set.Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);
    }

    [GeneratedRegex(@"\{(\d+)[^}]*\}")]
    private static partial Regex Place();
}
