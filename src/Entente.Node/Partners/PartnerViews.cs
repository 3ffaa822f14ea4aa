using Entente.Exchange.Agreements;

namespace Entente.Node.Partners;

/// <summary>This node as partners see it.</summary>
/// <param name="On">Whether it has a partner port; all else is null where not.</param>
/// <param name="Id">Its id.</param>
/// <param name="Name">What it calls itself.</param>
/// <param name="Addresses">Where partners reach it.</param>
/// <param name="Words">The fingerprint of its key, to be read out.</param>
/// <param name="Digits">The same in digits.</param>
/// <param name="Qr">The same to be shown as a QR code.</param>
internal sealed record SelfView(bool On, string? Id, string? Name, IReadOnlyList<string>? Addresses, string? Words, string? Digits, string? Qr);

/// <summary>A partner.</summary>
/// <param name="Id">The id of the node.</param>
/// <param name="Name">What it is called here.</param>
/// <param name="Address">Where it is reached.</param>
/// <param name="State">How far it has come.</param>
/// <param name="SuspendedBecause">Why it is suspended.</param>
/// <param name="IntroducedAt">When its card came.</param>
/// <param name="ConfirmedAt">When its fingerprint was compared.</param>
/// <param name="HeardAt">When it was last heard of.</param>
/// <param name="ReachedAt">When it last answered this node, since the start.</param>
/// <param name="Fault">What went wrong with it last.</param>
/// <param name="ReadTo">The number of its last event that was taken here.</param>
internal sealed record PartnerView(string Id, string Name, string Address, PartnerState State, string? SuspendedBecause, DateTimeOffset IntroducedAt, DateTimeOffset? ConfirmedAt, DateTimeOffset? HeardAt, DateTimeOffset? ReachedAt, string? Fault, long ReadTo);

/// <summary>An agreement.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Partner">The partner.</param>
/// <param name="State">Where it stands between the two.</param>
/// <param name="InForce">Whether it is in force now.</param>
/// <param name="Terms">What is agreed.</param>
/// <param name="ChangedAt">Since when it stands as it stands.</param>
internal sealed record AgreementView(string Id, string Partner, AgreementStanding State, bool InForce, Agreement Terms, DateTimeOffset ChangedAt);

/// <summary>A partner with its agreements.</summary>
/// <param name="Partner">The partner.</param>
/// <param name="Agreements">The latest first.</param>
/// <param name="Copies">How many records it was given a copy of that it may still have.</param>
/// <param name="Received">How many records came from it that are held.</param>
internal sealed record PartnerDetail(PartnerView Partner, IReadOnlyList<AgreementView> Agreements, int Copies, int Received);
