using Entente.Node.Access.Accounts;
using Entente.Node.Access.Keys;
using Entente.Node.Access.Sessions;
using Entente.Node.Alerts;
using Entente.Node.Monitoring;
using Entente.Node.Settings;
using Entente.Node.Subjects;

namespace Entente.Node.Docs;

/// <summary>What the endpoints of the node's own API do, for those whose code does not say it.</summary>
internal static class OwnApi
{
    /// <summary>What is said of an endpoint.</summary>
    /// <param name="Tag">Under which heading it stands.</param>
    /// <param name="Summary">What it does.</param>
    /// <param name="Request">The shape of its body; null where it has none.</param>
    /// <param name="Response">The shape of its answer; null where it is not described.</param>
    /// <param name="Media">The media type of its body.</param>
    internal sealed record Entry(string Tag, string Summary, Type? Request = null, Type? Response = null, string Media = "application/json");

    private static readonly Dictionary<string, Entry> Entries = new(StringComparer.Ordinal)
    {
        ["POST /api/screenings"] = new("Screening", "Screens by the node's own policy; matches become alerts unless told otherwise", typeof(ScreeningRequest)),
        ["GET /api/alerts"] = new("Alerts", "The queue of alerts, strongest evidence first"),
        ["GET /api/alerts/counts"] = new("Alerts", "How many alerts are open, mine, proposed and decided"),
        ["GET /api/alerts/{id}"] = new("Alerts", "One alert with its evidence, comments and decisions"),
        ["POST /api/alerts/{id}/assign"] = new("Alerts", "Gives an alert to somebody, or to nobody", typeof(AssignRequest), typeof(AlertView)),
        ["GET /api/alerts/colleagues"] = new("Alerts", "To whom alerts can be given", Response: typeof(ColleaguesView)),
        ["POST /api/alerts/assign"] = new("Alerts", "Gives several alerts to somebody, or to nobody", typeof(AssignManyRequest), typeof(AlertsView)),
        ["POST /api/alerts/{id}/comments"] = new("Alerts", "Writes a comment on an alert", typeof(CommentRequest), typeof(CommentView)),
        ["POST /api/alerts/{id}/decisions"] = new("Alerts", "Decides an alert, or proposes to where policy asks for a second person", typeof(DecideRequest), typeof(AlertView)),
        ["POST /api/alerts/decisions"] = new("Alerts", "Decides several alerts of one subject, or on one entity, with one reason", typeof(DecideManyRequest), typeof(AlertsView)),
        ["POST /api/decisions/{id}/approve"] = new("Alerts", "Approves a decision that somebody else proposed", typeof(ApproveRequest), typeof(AlertView)),
        ["POST /api/decisions/{id}/return"] = new("Alerts", "Returns a decision that was proposed", typeof(ReturnRequest), typeof(AlertView)),
        ["GET /api/subjects"] = new("Subjects", "The book of monitored subjects"),
        ["GET /api/subjects/{reference}"] = new("Subjects", "One monitored subject"),
        ["PUT /api/subjects/{reference}"] = new("Subjects", "Adds or changes a monitored subject", typeof(SubjectRequest)),
        ["DELETE /api/subjects/{reference}"] = new("Subjects", "Removes a monitored subject"),
        ["POST /api/subjects/import"] = new("Subjects", "Adds and changes subjects from a file: the body, CSV or JSON lines", typeof(byte[]), Media: "application/octet-stream"),
        ["GET /api/monitoring"] = new("Monitoring", "How the last run of monitoring went"),
        ["GET /api/feed"] = new("Monitoring", "What happened, event by event"),
        ["GET /api/feed/events"] = new("Monitoring", "What happens, as server-sent events"),
        ["GET /api/webhooks"] = new("Monitoring", "The webhooks"),
        ["POST /api/webhooks"] = new("Monitoring", "Adds a webhook; its secret is shown once", typeof(WebhookRequest)),
        ["PATCH /api/webhooks/{id}"] = new("Monitoring", "Changes a webhook", typeof(WebhookChange)),
        ["DELETE /api/webhooks/{id}"] = new("Monitoring", "Removes a webhook"),
        ["POST /api/webhooks/{id}/test"] = new("Monitoring", "Sends an event that says nothing to a webhook, whatever types it wants"),
        ["GET /api/webhooks/{id}/deliveries"] = new("Monitoring", "What was sent to a webhook, and how it went"),
        ["POST /api/webhooks/{id}/deliveries/{delivery}/redeliver"] = new("Monitoring", "Sends an event to a webhook again"),
        ["GET /api/session"] = new("Session", "Who is signed in, and what they may do"),
        ["POST /api/session"] = new("Session", "Signs in with a password", typeof(SignInRequest)),
        ["DELETE /api/session"] = new("Session", "Signs out"),
        ["PUT /api/session/password"] = new("Session", "Changes one's own password", typeof(PasswordRequest)),
        ["PUT /api/session/language"] = new("Session", "Changes one's own language", typeof(LanguageRequest)),
        ["GET /api/accounts"] = new("Accounts", "The accounts"),
        ["POST /api/accounts"] = new("Accounts", "Adds an account; the answer has the link to hand over", typeof(AccountRequest)),
        ["GET /api/accounts/{id}"] = new("Accounts", "One account"),
        ["PATCH /api/accounts/{id}"] = new("Accounts", "Changes an account's name, roles or state", typeof(AccountChangeRequest)),
        ["POST /api/accounts/{id}/invitation"] = new("Accounts", "Makes a new link to set a password"),
        ["GET /api/keys"] = new("Keys", "One's own API keys; an administrator sees everybody's"),
        ["POST /api/keys"] = new("Keys", "Makes an API key; it is shown once", typeof(KeyRequest)),
        ["DELETE /api/keys/{id}"] = new("Keys", "Revokes an API key"),
        ["GET /api/settings"] = new("Settings", "The settings"),
        ["PUT /api/settings/{name}"] = new("Settings", "Changes a setting", typeof(SettingChange)),
        ["DELETE /api/settings/{name}"] = new("Settings", "Puts a setting back to its usual value"),
        ["GET /api/audit"] = new("Audit", "The audit trail, in pages"),
        ["GET /api/audit/{seq}"] = new("Audit", "One entry of the audit trail"),
        ["POST /api/audit/verify"] = new("Audit", "Verifies the audit trail"),
        ["GET /api/audit/export"] = new("Audit", "Takes the audit trail out, as JSON lines"),
        ["POST /api/audit/replay/{id}"] = new("Audit", "Screens again what an entry holds, and compares"),
        ["GET /api/audit/retention"] = new("Audit", "How long personal data is kept"),
        ["PUT /api/audit/retention"] = new("Audit", "Changes how long personal data is kept"),
        ["POST /api/audit/retention"] = new("Audit", "Erases what is due now"),
    };

    /// <summary>What is said of an endpoint; null where its own code says it.</summary>
    /// <param name="method">The method, in capitals.</param>
    /// <param name="path">The path, without constraints.</param>
    public static Entry? Find(string? method, string path) => Entries.GetValueOrDefault($"{method} {path}");
}
