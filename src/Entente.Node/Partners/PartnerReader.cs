using System.Text.Json;
using Entente.Exchange.Agreements;
using Entente.Node.Holdings;
using Entente.Node.Hosting;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Partners;

/// <summary>Reads partners for people.</summary>
internal sealed class PartnerReader(OwnIdentity own, PartnerBook book, PartnerLinks links, NodeStore store, TimeProvider clock)
{
    /// <summary>This node.</summary>
    public SelfView Self()
    {
        if (!own.IsOn)
            return new SelfView(false, null, null, null, null, null, null);
        var identity = own.Identity;
        return new SelfView(true, identity.Id, identity.Name, [.. identity.Addresses.Select(address => address.AbsoluteUri)], identity.CurrentKey.Fingerprint.ToWords(), identity.CurrentKey.Fingerprint.ToDigits(), identity.QrText);
    }

    /// <summary>All partners, by name.</summary>
    public async Task<IReadOnlyList<PartnerView>> ListAsync(CancellationToken cancel)
    {
        await using var db = store.Open();
        return [.. (await db.Partners.AsNoTracking().OrderBy(partner => partner.Name).ThenBy(partner => partner.Id).ToListAsync(cancel).ConfigureAwait(false)).Select(View)];
    }

    /// <summary>A partner.</summary>
    /// <exception cref="RequestException">404: there is none.</exception>
    public async Task<PartnerDetail> GetAsync(string id, CancellationToken cancel)
    {
        await using var db = store.Open();
        var partner = await book.RequireAsync(db, id, cancel).ConfigureAwait(false);
        var agreements = await db.Agreements.AsNoTracking().Where(agreement => agreement.PartnerId == id).OrderByDescending(agreement => agreement.CreatedAt).ThenByDescending(agreement => agreement.Id).ToListAsync(cancel).ConfigureAwait(false);
        var copies = await db.Copies.Where(RecordCopy.MayBeHeld).CountAsync(copy => copy.Holder == id, cancel).ConfigureAwait(false);
        var received = await db.Records.CountAsync(record => record.ReceivedFrom == id && record.State == RecordState.Held, cancel).ConfigureAwait(false);
        return new PartnerDetail(View(partner.Row), [.. agreements.Select(agreement => View(agreement, partner.Terms))], copies, received);
    }

    /// <summary>The partners that wait for somebody here to sign or decline what they offer.</summary>
    public async Task<IReadOnlySet<string>> OfferingAsync(CancellationToken cancel)
    {
        await using var db = store.Open();
        return (await db.Agreements.Where(agreement => agreement.State == AgreementStanding.Offered).Select(agreement => agreement.PartnerId).Distinct().ToListAsync(cancel).ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>An agreement.</summary>
    /// <exception cref="RequestException">404: there is none.</exception>
    public async Task<AgreementView> AgreementAsync(string id, CancellationToken cancel)
    {
        await using var db = store.Open();
        var agreement = await db.Agreements.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id, cancel).ConfigureAwait(false) ?? throw RequestException.NotFound("There is no such agreement.");
        return View(agreement, (await book.RequireAsync(db, agreement.PartnerId, cancel).ConfigureAwait(false)).Terms);
    }

    private PartnerView View(Partner partner)
    {
        var link = links.StateOf(partner.Id);
        return new PartnerView(partner.Id, partner.Name, partner.Address, partner.State, partner.SuspendedBecause, partner.IntroducedAt, partner.ConfirmedAt, partner.HeardAt, link?.ReachedAt, link?.Fault, partner.ReadTo);
    }

    private AgreementView View(PartnerAgreement agreement, PartnerTerms terms) => new(agreement.Id, agreement.PartnerId, agreement.State,
        terms.Book.StateOf(agreement.Id, clock.GetUtcNow()) == AgreementState.InForce, JsonSerializer.Deserialize<Agreement>(agreement.Terms, NodeJson.Options)!, agreement.ChangedAt);
}
