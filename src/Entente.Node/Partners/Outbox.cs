using Entente.Exchange.Messages;
using Entente.Node.Holdings;
using Entente.Node.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Partners;

/// <summary>What one act tells partners: in their sequence, and in the register of copies. Made within an act, and rung out when it is committed.</summary>
/// <param name="act">The act.</param>
internal sealed class Outbox(Act act)
{
    private readonly Dictionary<string, long> _last = new(StringComparer.Ordinal);

    /// <summary>The partners that were told something.</summary>
    public IReadOnlyCollection<string> Told => _last.Keys;

    /// <summary>Tells a partner of a record.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="record">The record.</param>
    /// <param name="version">The version it is about.</param>
    /// <param name="payload">The signed record or notice.</param>
    /// <param name="about">Its hash.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task TellAsync(string partner, ExchangeEventKind kind, HeldRecord record, int version, string payload, string about, CancellationToken cancel)
    {
        if (!_last.TryGetValue(partner, out var last))
            last = await act.Db.PartnerEvents.Where(item => item.PartnerId == partner).MaxAsync(item => (long?)item.Seq, cancel).ConfigureAwait(false) ?? 0;
        _last[partner] = ++last;
        var told = kind.ToString().ToLowerInvariant();
        // What is taken back, or is over, is not sent either to who has not fetched it yet.
        if (kind == ExchangeEventKind.Recalled)
        {
            await act.Db.PartnerEvents.Where(item => item.PartnerId == partner && item.RecordId == record.Id && item.Version <= version)
                .ExecuteUpdateAsync(set => set.SetProperty(item => item.Kind, told).SetProperty(item => item.Payload, payload).SetProperty(item => item.Version, version), cancel).ConfigureAwait(false);
        }
        act.Db.PartnerEvents.Add(new PartnerEvent { PartnerId = partner, Seq = last, RecordId = record.Id, Version = version, Kind = told, Payload = payload, At = act.At });
        var copy = await act.Db.Copies.FindAsync([record.Id, partner], cancel).ConfigureAwait(false);
        if (copy is null)
        {
            act.Db.Copies.Add(new RecordCopy { RecordId = record.Id, Holder = partner, Told = told, Version = version, About = about, ToldAt = act.At });
            return;
        }
        (copy.Told, copy.Version, copy.About, copy.ToldAt) = (told, version, about, act.At);
        (copy.State, copy.AnsweredAt, copy.Reason, copy.Receipt) = (CopyState.Told, null, null, null);
    }
}
