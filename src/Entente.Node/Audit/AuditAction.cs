namespace Entente.Node.Audit;

/// <summary>What an audit entry says was done: an object and a verb in the past.</summary>
public static class AuditAction
{
    /// <summary>Names were screened; the payload holds queries, results, policy, engine and list versions.</summary>
    public const string ScreeningMade = "screening.made";

    /// <summary>A screening was made again from what the trail holds.</summary>
    public const string ScreeningReplayed = "screening.replayed";

    /// <summary>A match became an alert.</summary>
    public const string AlertRaised = "alert.raised";

    /// <summary>An alert was taken, or handed to somebody.</summary>
    public const string AlertAssigned = "alert.assigned";

    /// <summary>Somebody wrote a comment on an alert.</summary>
    public const string AlertCommented = "alert.commented";

    /// <summary>A material fact changed, and what was decided is open again.</summary>
    public const string AlertReopened = "alert.reopened";

    /// <summary>What the alert was about is no longer a match or no longer listed.</summary>
    public const string AlertWithdrawn = "alert.withdrawn";

    /// <summary>An alert that nobody decided was found again with other facts or evidence.</summary>
    public const string AlertRefreshed = "alert.refreshed";

    /// <summary>A decision was proposed, which somebody else must approve.</summary>
    public const string DecisionProposed = "decision.proposed";

    /// <summary>A decision took effect.</summary>
    public const string DecisionMade = "decision.made";

    /// <summary>A proposed decision was returned.</summary>
    public const string DecisionReturned = "decision.returned";

    /// <summary>A monitored subject was added.</summary>
    public const string SubjectAdded = "subject.added";

    /// <summary>A monitored subject was changed.</summary>
    public const string SubjectChanged = "subject.changed";

    /// <summary>A monitored subject was removed.</summary>
    public const string SubjectRemoved = "subject.removed";

    /// <summary>Subjects were imported from a file.</summary>
    public const string SubjectsImported = "subjects.imported";

    /// <summary>The book was screened against what changed on the lists.</summary>
    public const string BookMonitored = "book.monitored";

    /// <summary>Other lists, or other versions, came into use.</summary>
    public const string ListsChanged = "lists.changed";

    /// <summary>Somebody asked that a list be brought up to date, accepted, gone back from or added; written before it is done.</summary>
    public const string ListAsked = "list.asked";

    /// <summary>What came of it: updated, unchanged, held or failed.</summary>
    public const string ListAnswered = "list.answered";

    /// <summary>A bulk job was begun.</summary>
    public const string BulkBegun = "bulk.begun";

    /// <summary>A bulk job ended: done, failed or cancelled.</summary>
    public const string BulkEnded = "bulk.ended";

    /// <summary>The result of a bulk job was taken out, or removed.</summary>
    public const string BulkTaken = "bulk.taken";

    /// <summary>Somebody signed in.</summary>
    public const string SignedIn = "signin.succeeded";

    /// <summary>A sign-in failed, or was refused because of many that failed.</summary>
    public const string SignInFailed = "signin.failed";

    /// <summary>Somebody signed out.</summary>
    public const string SignedOut = "signin.ended";

    /// <summary>An account was made.</summary>
    public const string AccountCreated = "account.created";

    /// <summary>An account's roles, name, password or state changed.</summary>
    public const string AccountChanged = "account.changed";

    /// <summary>An API key was made.</summary>
    public const string KeyCreated = "key.created";

    /// <summary>An API key was revoked.</summary>
    public const string KeyRevoked = "key.revoked";

    /// <summary>A setting changed; the payload says from what to what, without secrets.</summary>
    public const string SettingChanged = "setting.changed";

    /// <summary>A webhook was added, changed or removed.</summary>
    public const string WebhookChanged = "webhook.changed";

    /// <summary>The audit trail, or a part of it, was taken out.</summary>
    public const string AuditExported = "audit.exported";

    /// <summary>Personal data of older entries was erased; the payload says of which, and by which rule.</summary>
    public const string PersonalDataErased = "audit.erased";

    /// <summary>A partner's card came, or a newer one of it.</summary>
    public const string PartnerIntroduced = "partner.introduced";

    /// <summary>Somebody compared a partner's fingerprint, and it is the partner's.</summary>
    public const string PartnerConfirmed = "partner.confirmed";

    /// <summary>A partner was suspended, or taken up again.</summary>
    public const string PartnerSuspended = "partner.suspended";

    /// <summary>This node took a new key.</summary>
    public const string OwnKeyRotated = "partner.own-key-rotated";

    /// <summary>An agreement was proposed, signed, declined or ended, here or by the partner.</summary>
    public const string AgreementChanged = "agreement.changed";

    /// <summary>A record of this node's own was made.</summary>
    public const string RecordCreated = "record.created";

    /// <summary>A record got a new version, or a tighter marking.</summary>
    public const string RecordChanged = "record.changed";

    /// <summary>A record was recalled: here by its originator, or on the originator's word.</summary>
    public const string RecordRecalled = "record.recalled";

    /// <summary>Records ended by themselves, and what they said was erased.</summary>
    public const string RecordsExpired = "records.expired";

    /// <summary>Records and notices came from a partner; the payload says what became of each.</summary>
    public const string RecordsReceived = "records.received";

    /// <summary>Names were screened against the records that are held; as <see cref="ScreeningMade"/>, but for that records that are erased cannot be screened against again.</summary>
    public const string RecordsScreened = "records.screened";

    /// <summary>A release was proposed, which somebody else must approve.</summary>
    public const string ReleaseProposed = "release.proposed";

    /// <summary>A release was approved, and the record goes to the partner.</summary>
    public const string ReleaseApproved = "release.approved";

    /// <summary>A proposed release was returned.</summary>
    public const string ReleaseReturned = "release.returned";

    /// <summary>Partners said what became of what they were told.</summary>
    public const string ReceiptsReceived = "receipts.received";

    /// <summary>That overlap is looked for was asked, here or by a partner.</summary>
    public const string OverlapAsked = "overlap.asked";

    /// <summary>A person here approved, accepted or declined a run of overlap.</summary>
    public const string OverlapDecided = "overlap.decided";

    /// <summary>A run of overlap began; the payload says how much this node brought.</summary>
    public const string OverlapBegun = "overlap.begun";

    /// <summary>A run of overlap ended; the payload says how, with the hashes over all messages.</summary>
    public const string OverlapEnded = "overlap.ended";

    /// <summary>A backup was made.</summary>
    public const string BackupMade = "backup.made";

    /// <summary>A TAXII collection, or who may read it, was changed.</summary>
    public const string TaxiiChanged = "taxii.changed";

    /// <summary>Objects were put into a TAXII collection, taken back, or have ended.</summary>
    public const string TaxiiPublished = "taxii.published";

    /// <summary>A page of a TAXII collection was read.</summary>
    public const string TaxiiRead = "taxii.read";
}
