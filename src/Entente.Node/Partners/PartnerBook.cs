using Entente.Exchange.Agreements;
using Entente.Exchange.Identity;
using Entente.Exchange.Signing;
using Entente.Node.Hosting;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Partners;

/// <summary>A partner with all that decides what may flow.</summary>
/// <param name="Row">As it is stored.</param>
/// <param name="Identity">Who it is.</param>
/// <param name="Terms">What was agreed.</param>
internal sealed record PartnerStanding(Partner Row, NodeIdentity Identity, PartnerTerms Terms);

/// <summary>Reads partners, whatever the signatures on agreements are worth by now.</summary>
/// <param name="own">This node.</param>
/// <param name="clock">The clock.</param>
internal sealed class PartnerBook(OwnIdentity own, TimeProvider clock)
{
    /// <summary>A partner.</summary>
    /// <param name="db">The store.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="RequestException">404: there is none.</exception>
    public async Task<PartnerStanding> RequireAsync(NodeDb db, string id, CancellationToken cancel) => await FindAsync(db, id, cancel).ConfigureAwait(false)
        ?? throw RequestException.NotFound("There is no such partner.");

    /// <summary>A partner; null where there is none.</summary>
    /// <param name="db">The store.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<PartnerStanding?> FindAsync(NodeDb db, string id, CancellationToken cancel)
    {
        if (await db.Partners.SingleOrDefaultAsync(partner => partner.Id == id, cancel).ConfigureAwait(false) is not { } row)
            return null;
        var agreements = await db.Agreements.AsNoTracking().Where(agreement => agreement.PartnerId == id && agreement.Ours != null && agreement.Theirs != null).ToListAsync(cancel).ConfigureAwait(false);
        var identity = NodeIdentity.Parse(row.Card);
        // Without its key this node can check no agreement, and so none holds.
        // One that was signed by a key that was given up as compromised holds no longer: it is signed anew.
        var book = new AgreementBook(
            [.. agreements.Where(_ => own.IsOn).Select(agreement => Read(agreement, identity)).OfType<Agreement>()],
            [.. agreements.Where(agreement => agreement.State != AgreementStanding.Signed).Select(agreement => agreement.Id)]);
        return new PartnerStanding(row, identity, new PartnerTerms(row.State != PartnerState.Confirmed, book));
    }

    /// <summary>Whether anything may flow to a node: to this node itself, or to a partner with which an agreement is in force.</summary>
    /// <param name="db">The store.</param>
    /// <param name="node">The node.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<bool> IsOpenToAsync(NodeDb db, string node, CancellationToken cancel) =>
        own.IsOn && (node == own.Id || (await FindAsync(db, node, cancel).ConfigureAwait(false))?.Terms is { Suspended: false } terms && AgreementOf(terms) is not null);

    /// <summary>The id of the latest agreement that is in force; null for none.</summary>
    /// <param name="terms">What was agreed with a partner.</param>
    public string? AgreementOf(PartnerTerms terms)
    {
        var now = clock.GetUtcNow();
        return terms.Book.Agreements.Where(each => terms.Book.StateOf(each.Id, now) == AgreementState.InForce).OrderByDescending(each => each.Starts).ThenBy(each => each.Id, StringComparer.Ordinal).FirstOrDefault()?.Id;
    }

    /// <summary>Who a partner that is there is.</summary>
    /// <param name="db">The store.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<NodeIdentity> IdentityAsync(NodeDb db, string id, CancellationToken cancel) =>
        NodeIdentity.Parse(await db.Partners.AsNoTracking().Where(partner => partner.Id == id).Select(partner => partner.Card).SingleAsync(cancel).ConfigureAwait(false));

    private Agreement? Read(PartnerAgreement agreement, NodeIdentity partner)
    {
        try
        {
            return SignedAgreement.Join(agreement.Ours!, own.Identity, agreement.Theirs!, partner, clock.GetUtcNow()).Terms;
        }
        catch (RefusedException)
        {
            return null;
        }
    }
}
