using Entente.Node.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Entente.Node.Monitoring.Pages;

/// <summary>Types of events in words.</summary>
internal static class EventTypes
{
    /// <summary>Some types, between commas of the language; none means all.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="types">As in <see cref="FeedEvent.Type"/>.</param>
    public static string Shown(IStringLocalizer<MonitoringTexts> texts, IReadOnlyCollection<string> types) =>
        types.Count == 0 ? texts["Types.All"] : string.Join(Languages.Comma, types.Select(type => texts["Type." + type].Value));
}
