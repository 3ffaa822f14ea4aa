using Entente.Node.Access.Accounts;
using Entente.Node.Access.Keys;
using Entente.Node.Access.Sessions;
using Entente.Node.Alerts;
using Entente.Node.Audit;
using Entente.Node.Contribution;
using Entente.Node.Holdings;
using Entente.Node.Monitoring;
using Entente.Node.Overlap;
using Entente.Node.Partners;
using Entente.Node.Settings;
using Entente.Node.Subjects;
using Entente.Node.Taxii;

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
    /// <param name="Status">The status of its good answer.</param>
    /// <param name="Also">Another status of a good answer, of the same shape; null where there is none.</param>
    /// <param name="ResponseMedia">The media type of its answer.</param>
    internal sealed record Entry(string Tag, string Summary, Type? Request = null, Type? Response = null, string Media = "application/json", int Status = 200, int? Also = null, string ResponseMedia = "application/json");

    private static readonly Dictionary<string, Entry> Entries = new(StringComparer.Ordinal)
    {
        ["POST /api/screenings"] = new("Screening", "Screens by the node's own policy; matches become alerts unless told otherwise", typeof(ScreeningRequest), Response: typeof(ScreeningResponse)),
        ["GET /api/alerts"] = new("Alerts", "The queue of alerts, strongest evidence first", Response: typeof(AlertPage)),
        ["GET /api/alerts/counts"] = new("Alerts", "How many alerts are open, mine, proposed and decided", Response: typeof(AlertCounts)),
        ["GET /api/alerts/{id}"] = new("Alerts", "One alert with its evidence, comments and decisions", Response: typeof(AlertDetail)),
        ["POST /api/alerts/{id}/assign"] = new("Alerts", "Gives an alert to somebody, or to nobody", typeof(AssignRequest), typeof(AlertView)),
        ["GET /api/alerts/colleagues"] = new("Alerts", "To whom alerts can be given", Response: typeof(ColleaguesView)),
        ["POST /api/alerts/assign"] = new("Alerts", "Gives several alerts to somebody, or to nobody", typeof(AssignManyRequest), typeof(AlertsView)),
        ["POST /api/alerts/{id}/comments"] = new("Alerts", "Writes a comment on an alert", typeof(CommentRequest), typeof(CommentView), Status: 201),
        ["POST /api/alerts/{id}/decisions"] = new("Alerts", "Decides an alert, or proposes to where policy asks for a second person", typeof(DecideRequest), typeof(AlertView), Status: 201),
        ["POST /api/alerts/decisions"] = new("Alerts", "Decides several alerts of one subject, or on one entity, with one reason", typeof(DecideManyRequest), typeof(AlertsView), Status: 201),
        ["POST /api/decisions/{id}/approve"] = new("Alerts", "Approves a decision that somebody else proposed", typeof(ApproveRequest), typeof(AlertView)),
        ["POST /api/decisions/{id}/return"] = new("Alerts", "Returns a decision that was proposed", typeof(ReturnRequest), typeof(AlertView)),
        ["GET /api/partners"] = new("Partners", "The partners of this node", Response: typeof(IReadOnlyList<PartnerView>)),
        ["GET /api/partners/self"] = new("Partners", "This node as partners see it: its id, and the fingerprint to be read out", Response: typeof(SelfView)),
        ["POST /api/partners/self/key"] = new("Partners", "Takes a new key for this node", typeof(RotateRequest), typeof(SelfView)),
        ["POST /api/partners"] = new("Partners", "Meets the node at an address: each gets the other's card, and nothing flows by that", typeof(MeetRequest), typeof(PartnerDetail), Status: 201),
        ["GET /api/partners/{id}"] = new("Partners", "A partner with its agreements", Response: typeof(PartnerDetail)),
        ["POST /api/partners/{id}/confirm"] = new("Partners", "Confirms a partner by the fingerprint that its people read out", typeof(ConfirmRequest), typeof(PartnerDetail)),
        ["POST /api/partners/{id}/suspend"] = new("Partners", "Suspends a partner: nothing flows in either direction", typeof(BecauseRequest), typeof(PartnerDetail)),
        ["POST /api/partners/{id}/resume"] = new("Partners", "Takes a suspended partner up again", typeof(BecauseRequest), typeof(PartnerDetail)),
        ["POST /api/partners/{id}/agreements"] = new("Partners", "Signs terms for this node and offers them to a partner", typeof(AgreementDraft), typeof(AgreementView), Status: 201),
        ["GET /api/partners/{id}/why"] = new("Records", "Why a partner has a record or lacks it, rule by rule", Response: typeof(WhyView)),
        ["GET /api/agreements/{id}"] = new("Partners", "An agreement", Response: typeof(AgreementView)),
        ["POST /api/agreements/{id}/sign"] = new("Partners", "Signs terms that a partner offers", Response: typeof(AgreementView)),
        ["POST /api/agreements/{id}/decline"] = new("Partners", "Declines terms that a partner offers, or takes back those that this node offered", Response: typeof(AgreementView)),
        ["POST /api/agreements/{id}/end"] = new("Partners", "Ends an agreement before its time", Response: typeof(AgreementView)),
        ["GET /api/records"] = new("Records", "Records that are on no public list, this node's own and those of partners", Response: typeof(RecordPage)),
        ["POST /api/records"] = new("Records", "Makes a record of this node's own, with its marking", typeof(RecordDraft), typeof(RecordDetail), Status: 201),
        ["GET /api/records/{id}"] = new("Records", "A record with its statements, its marking and the register of its copies", Response: typeof(RecordDetail)),
        ["PUT /api/records/{id}"] = new("Records", "Makes a new version of a record; holders of copies get it, or are told to erase theirs", typeof(AmendRequest), typeof(RecordDetail)),
        ["POST /api/records/{id}/tighten"] = new("Records", "Tightens the marking of a record", typeof(TightenRequest), typeof(RecordDetail)),
        ["POST /api/records/{id}/recall"] = new("Records", "Recalls a record: every holder of a copy is told to erase it", typeof(ReasonRequest), typeof(RecordDetail)),
        ["GET /api/releases"] = new("Records", "Releases, proposed and decided", Response: typeof(ReleasePage)),
        ["POST /api/releases"] = new("Records", "Proposes that records go to a partner", typeof(ReleaseRequest), typeof(ReleasesMade), Status: 201),
        ["POST /api/releases/{id}/approve"] = new("Records", "Approves a release that somebody else proposed", typeof(ReasonRequest), typeof(ReleaseView)),
        ["POST /api/releases/{id}/return"] = new("Records", "Returns a proposed release", typeof(ReasonRequest), typeof(ReleaseView)),
        ["GET /api/contribution"] = new("Partners", "What each partner added: whose records confirmed matches rest on, alone or together, and its Shapley share", Response: typeof(ContributionView)),
        ["GET /api/overlap"] = new("Overlap", "Runs in which overlap with partners was looked for", Response: typeof(IReadOnlyList<OverlapView>)),
        ["POST /api/overlap"] = new("Overlap", "Asks that overlap with a partner is looked for", typeof(OverlapRequest), typeof(OverlapView), Status: 201),
        ["GET /api/overlap/{id}"] = new("Overlap", "A run, with what is in common once it is done", Response: typeof(OverlapView)),
        ["POST /api/overlap/{id}/approve"] = new("Overlap", "Approves a run that somebody else here asked for", Response: typeof(OverlapView)),
        ["POST /api/overlap/{id}/accept"] = new("Overlap", "Accepts a run that a partner asks for, and says what of this node is compared", typeof(AcceptRequest), typeof(OverlapView)),
        ["POST /api/overlap/{id}/decline"] = new("Overlap", "Declines a run that waits for a person here", Response: typeof(OverlapView)),
        ["GET /api/taxii/collections"] = new("TAXII", "The collections that are served by TAXII, and who may read them", Response: typeof(TaxiiCollectionsView)),
        ["PUT /api/taxii/collections/{id}"] = new("TAXII", "Makes a TAXII collection, or changes how it is described", typeof(TaxiiCollectionRequest), Status: 204),
        ["DELETE /api/taxii/collections/{id}"] = new("TAXII", "Removes a TAXII collection with all that is in it", Status: 204),
        ["PUT /api/taxii/collections/{id}/readers/{account}"] = new("TAXII", "Lets an account read a TAXII collection for a node", typeof(TaxiiReaderRequest), Status: 204),
        ["DELETE /api/taxii/collections/{id}/readers/{account}"] = new("TAXII", "Ends that an account may read a TAXII collection", Status: 204),
        ["GET /api/subjects"] = new("Subjects", "The book of monitored subjects", Response: typeof(SubjectPage)),
        ["GET /api/subjects/{reference}"] = new("Subjects", "One monitored subject", Response: typeof(SubjectDetail)),
        ["PUT /api/subjects/{reference}"] = new("Subjects", "Adds or changes a monitored subject", typeof(SubjectRequest), Response: typeof(SubjectPut), Also: 201),
        ["DELETE /api/subjects/{reference}"] = new("Subjects", "Removes a monitored subject", Status: 204),
        ["POST /api/subjects/import"] = new("Subjects", "Adds and changes subjects from a file: the body, CSV or JSON lines", typeof(byte[]), Media: "application/octet-stream", Response: typeof(ImportLineDoc), ResponseMedia: "application/x-ndjson"),
        ["GET /api/monitoring"] = new("Monitoring", "How the last run of monitoring went", Response: typeof(MonitorRuns)),
        ["GET /api/feed"] = new("Monitoring", "What happened, event by event", Response: typeof(FeedPart)),
        ["GET /api/feed/events"] = new("Monitoring", "What happens, as server-sent events", Response: typeof(string), ResponseMedia: "text/event-stream"),
        ["GET /api/webhooks"] = new("Monitoring", "The webhooks", Response: typeof(WebhooksView)),
        ["POST /api/webhooks"] = new("Monitoring", "Adds a webhook; its secret is shown once", typeof(WebhookRequest), Response: typeof(WebhookView), Status: 201),
        ["PATCH /api/webhooks/{id}"] = new("Monitoring", "Changes a webhook", typeof(WebhookChange), Response: typeof(WebhookView)),
        ["DELETE /api/webhooks/{id}"] = new("Monitoring", "Removes a webhook", Status: 204),
        ["POST /api/webhooks/{id}/test"] = new("Monitoring", "Sends an event that says nothing to a webhook, whatever types it wants", Status: 202),
        ["GET /api/webhooks/{id}/deliveries"] = new("Monitoring", "What was sent to a webhook, and how it went", Response: typeof(DeliveryPage)),
        ["POST /api/webhooks/{id}/deliveries/{delivery}/redeliver"] = new("Monitoring", "Sends an event to a webhook again", Status: 202),
        ["GET /api/session"] = new("Session", "Who is signed in, and what they may do", Response: typeof(SessionView)),
        ["POST /api/session"] = new("Session", "Signs in with a password", typeof(SignInRequest), Response: typeof(SessionView)),
        ["DELETE /api/session"] = new("Session", "Signs out", Status: 204),
        ["PUT /api/session/password"] = new("Session", "Changes one's own password", typeof(PasswordRequest), Status: 204),
        ["PUT /api/session/language"] = new("Session", "Changes one's own language", typeof(LanguageRequest), Status: 204),
        ["GET /api/accounts"] = new("Accounts", "The accounts", Response: typeof(AccountPage)),
        ["POST /api/accounts"] = new("Accounts", "Adds an account; the answer has the link to hand over", typeof(AccountRequest), Response: typeof(AccountMade), Status: 201),
        ["GET /api/accounts/{id}"] = new("Accounts", "One account", Response: typeof(AccountView)),
        ["PATCH /api/accounts/{id}"] = new("Accounts", "Changes an account's name, roles or state", typeof(AccountChangeRequest), Response: typeof(AccountView)),
        ["POST /api/accounts/{id}/invitation"] = new("Accounts", "Makes a new link to set a password", Response: typeof(LinkView), Status: 201),
        ["GET /api/keys"] = new("Keys", "One's own API keys; an administrator sees everybody's", Response: typeof(KeyPage)),
        ["POST /api/keys"] = new("Keys", "Makes an API key; it is shown once", typeof(KeyRequest), Response: typeof(KeyMade), Status: 201),
        ["DELETE /api/keys/{id}"] = new("Keys", "Revokes an API key", Status: 204),
        ["GET /api/settings"] = new("Settings", "The settings", Response: typeof(SettingsView)),
        ["PUT /api/settings/{name}"] = new("Settings", "Changes a setting", typeof(SettingChange), Response: typeof(SettingView)),
        ["DELETE /api/settings/{name}"] = new("Settings", "Puts a setting back to its usual value", Response: typeof(SettingView)),
        ["GET /api/audit"] = new("Audit", "The audit trail, in pages", Response: typeof(AuditPage)),
        ["GET /api/audit/{seq}"] = new("Audit", "One entry of the audit trail", Response: typeof(AuditEntryView)),
        ["POST /api/audit/verify"] = new("Audit", "Verifies the audit trail", Response: typeof(AuditVerdict)),
        ["GET /api/audit/export"] = new("Audit", "Takes the audit trail out, as JSON lines", Response: typeof(string), ResponseMedia: AuditExport.MediaType),
        ["POST /api/audit/replay/{id}"] = new("Audit", "Screens again what an entry holds, and compares", Response: typeof(ReplayOutcome)),
        ["GET /api/audit/retention"] = new("Audit", "How long personal data is kept", Response: typeof(RetentionRules)),
        ["PUT /api/audit/retention"] = new("Audit", "Changes how long personal data is kept", Request: typeof(RetentionRules), Response: typeof(RetentionRules)),
        ["POST /api/audit/retention"] = new("Audit", "Erases what is due now", Response: typeof(RetentionOutcome)),
    };

    /// <summary>What is said of an endpoint; null where its own code says it.</summary>
    /// <param name="method">The method, in capitals.</param>
    /// <param name="path">The path, without constraints.</param>
    public static Entry? Find(string? method, string path) => Entries.GetValueOrDefault($"{method} {path}");
}
