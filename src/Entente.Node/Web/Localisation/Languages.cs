using System.Globalization;
using System.Security.Claims;
using Entente.Node.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Localization;

namespace Entente.Node.Web.Localisation;

/// <summary>The languages of the pages, and how one is chosen.</summary>
/// <remarks>
/// By the address (<c>?lang=ar</c>), else by the cookie of the language switch, else by the account, else by what the browser asks
/// for, else English.
/// </remarks>
public static class Languages
{
    /// <summary>The cookie that keeps the choice of somebody who is not signed in.</summary>
    public const string Cookie = "entente.language";

    /// <summary>The type of the claim that holds <see cref="Account.Language"/>.</summary>
    public const string Claim = "entente:language";

    /// <summary>Codes and the languages' own names, in the order of the Latin alphabet of their English names.</summary>
    public static IReadOnlyList<(string Code, string Name)> All { get; } = [("ar", "العربية"), ("en", "English"), ("fr", "Français"), ("ru", "Русский")];

    /// <summary>Whether there are pages in a language.</summary>
    /// <param name="code">Such as <c>fr</c>.</param>
    public static bool IsKnown(string? code) => All.Any(language => language.Code == code);

    /// <summary>The language of this request or circuit.</summary>
    public static string Current => IsKnown(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName) ? CultureInfo.CurrentUICulture.TwoLetterISOLanguageName : "en";

    /// <summary>Which way the current language is written: <c>rtl</c> or <c>ltr</c>.</summary>
    public static string Direction => Current == "ar" ? "rtl" : "ltr";

    /// <summary>What stands between the members of a list in a sentence of the current language.</summary>
    public static string Comma => Current == "ar" ? "، " : ", ";

    /// <summary>Chooses the language of each request.</summary>
    internal static void Configure(RequestLocalizationOptions options)
    {
        var cultures = All.Select(language => CultureOf(language.Code)).ToList();
        options.SupportedCultures = cultures;
        options.SupportedUICultures = cultures;
        options.DefaultRequestCulture = new RequestCulture(CultureOf("en"));
        options.ApplyCurrentCultureToResponseHeaders = true;
        options.RequestCultureProviders =
        [
            new CustomRequestCultureProvider(http => Chosen(http.Request.Query["lang"])),
            new CustomRequestCultureProvider(http => Chosen(http.Request.Cookies[Cookie])),
            new CustomRequestCultureProvider(http => Chosen(http.User.FindFirstValue(Claim))),
            new AcceptLanguageHeaderRequestCultureProvider(),
        ];
    }

    /// <summary>Dates by the Gregorian calendar everywhere: those of lists and laws are by it.</summary>
    internal static CultureInfo CultureOf(string code)
    {
        var culture = new CultureInfo(code, useUserOverride: false);
        if (culture.Calendar is not GregorianCalendar)
            culture.DateTimeFormat.Calendar = new GregorianCalendar();
        if (code == "ar")
        {
            // .NET writes digits 0 to 9 whatever the language; then the signs between them are those that go with such digits.
            var numbers = culture.NumberFormat;
            numbers.NumberDecimalSeparator = numbers.PercentDecimalSeparator = ".";
            numbers.NumberGroupSeparator = numbers.PercentGroupSeparator = ",";
            numbers.PercentSymbol = "%";
            numbers.NegativeSign = "\u200E-";
        }
        return CultureInfo.ReadOnly(culture);
    }

    private static Task<ProviderCultureResult?> Chosen(string? code) =>
        Task.FromResult(IsKnown(code) ? new ProviderCultureResult(code) : null);
}
