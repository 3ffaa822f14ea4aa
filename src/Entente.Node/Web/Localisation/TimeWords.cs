using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Entente.Node.Web.Localisation;

/// <summary>Moments and spans as people say them. UTC throughout: a team may sit in several zones, and a court wants one.</summary>
internal static class TimeWords
{
    /// <summary>A day, such as <c>27 February 2026</c>.</summary>
    public static string Day(DateTimeOffset at) => Day(DateOnly.FromDateTime(at.UtcDateTime));

    /// <summary>A day.</summary>
    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.CurrentCulture);

    /// <summary>A minute, such as <c>27 Feb 2026, 08:15 UTC</c>. The two parts are held together in lines of either direction.</summary>
    public static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy", CultureInfo.CurrentCulture) + " \u2068" + at.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture) + " UTC\u2069";

    /// <summary>How long ago, from <c>just now</c> to days.</summary>
    public static string Ago(IStringLocalizer texts, TimeSpan age) => age switch
    {
        { TotalMinutes: < 1 } => texts["Ago.Now"],
        { TotalHours: < 1 } => texts.Count("Ago.Minutes", (long)age.TotalMinutes),
        { TotalDays: < 1 } => texts.Count("Ago.Hours", (long)age.TotalHours),
        _ => texts.Count("Ago.Days", (long)age.TotalDays),
    };
}
