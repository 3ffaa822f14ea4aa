using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using Entente.Names.Comparison;
using Entente.Node.Web.Words;
using Entente.Screening;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Entente.Node.Tests.Web;

/// <summary>What the engine says is known to the pages, phrase by phrase, as the engine's own code has it.</summary>
public sealed class EvidenceWordsTests
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>Where phrases are written.</summary>
    private static readonly (Assembly Of, string Type)[] Sources =
    [
        (typeof(NameComparison).Assembly, "Entente.Names.Comparison.Explanations"),
        (typeof(NameComparison).Assembly, "Entente.Names.Comparison.NameComparer"),
        (typeof(Screener).Assembly, "Entente.Screening.Screener"),
        (typeof(Screener).Assembly, "Entente.Screening.Facts.FactComparison"),
        (typeof(Screener).Assembly, "Entente.Screening.Facts.Circumstances"),
        (typeof(Screener).Assembly, "Entente.Screening.Listings.PairResolution"),
    ];

    /// <summary>What else is written there: features, parts of phrases that hold a number or a name, and words that nobody reads.</summary>
    private static readonly HashSet<string> Others =
    [
        "", " ", ", ", "00", "name", "birthDate", "nationality", "country", "gender", "birthPlace", "document", "unscId",
        "born ", " years apart", "not yet born when listed on ", " years old when listed on ", "yyyy-MM-dd", "Another legal form: ", " and ", ".",
        "they carry the same reference of the United Nations, but no name agrees", // of a link that is not made
        "Person", "Organization", "Company", "Vessel", "query", "index", "policy", "listed", "filter",
    ];

    private static EvidenceWords Words(out IStringLocalizer<EvidenceTexts> texts)
    {
        var services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
        texts = services.GetRequiredService<IStringLocalizer<EvidenceTexts>>();
        return new EvidenceWords(texts);
    }

    [Fact]
    public void Every_phrase_in_the_code_of_the_engine_is_known()
    {
        var words = Words(out var texts);
        var unknown = new List<string>();
        foreach (var (of, type) in Sources)
        {
            var found = Literals(of.GetType(type, throwOnError: true)!).ToList();
            Assert.NotEmpty(found);
            unknown.AddRange(found.Where(literal => !Others.Contains(literal) && literal.TrimStart(';', ' ') is var phrase && texts[phrase].ResourceNotFound).Select(literal => $"{type}: '{literal}'"));
        }
        Assert.Empty(unknown);
        Assert.True(words.Knows("spellings of one name; a rare name"));
        Assert.False(words.Knows("something that nobody says"));
    }

    [Theory]
    [InlineData("fr", "born 7 years apart", "7")]
    [InlineData("ar", "born 7 years apart", "7")]
    [InlineData("fr", "12 years old when listed on 2001-10-12", "2001-10-12")]
    [InlineData("ar", "12 years old when listed on 2001-10-12", "12")]
    [InlineData("ru", "not yet born when listed on 2001-10-12", "2001-10-12")]
    [InlineData("ru", "born 7 years apart; another list says so of the same entity", "7; ")]
    [InlineData("ru", "another nationality; the name is too unlike for that to count", "; ")]
    [InlineData("fr", "Another legal form: LLC and SARL.", "juridique")]
    [InlineData("ru", "judged two entities by S. Benali on 2026-03-01: other fathers", "(by S. Benali on 2026-03-01: other fathers)")]
    public void A_phrase_with_a_number_or_a_name_in_it_keeps_it(string language, string explanation, string part)
    {
        CultureInfo.CurrentUICulture = new CultureInfo(language);
        var said = Words(out _).Explain(explanation);
        Assert.Contains(part, said, StringComparison.Ordinal);
        Assert.NotEqual(explanation, said);
    }

    /// <summary>The texts that the methods of a type load, those of its nested types too.</summary>
    private static IEnumerable<string> Literals(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        foreach (var method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
        {
            // What a record writes of itself is for programmers.
            if (method.Name is "PrintMembers" or "ToString" || method.GetMethodBody()?.GetILAsByteArray() is not { } body)
                continue;
            for (var at = 0; at < body.Length;)
            {
                short value = body[at++];
                if (value == 0xFE)
                    value = unchecked((short)(0xFE00 | body[at++]));
                var code = Codes[value];
                if (code == OpCodes.Ldstr)
                    yield return method.Module.ResolveString(BitConverter.ToInt32(body, at));
                at += code.OperandType switch
                {
                    OperandType.InlineNone => 0,
                    OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                    OperandType.InlineVar => 2,
                    OperandType.InlineI8 or OperandType.InlineR => 8,
                    OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(body, at)),
                    _ => 4,
                };
            }
        }
        foreach (var nested in type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic))
        {
            foreach (var literal in Literals(nested))
                yield return literal;
        }
    }
}
