using System.Collections.Immutable;
using Entente.Exchange.Marked;
using Entente.Exchange.Stix;
using Entente.Node.Access;
using Entente.Node.Audit;
using Entente.Node.Hosting;
using Entente.Node.Partners;
using Entente.Node.Store;
using Entente.Records.Markings;
using Microsoft.EntityFrameworkCore;

namespace Entente.Node.Taxii;

/// <summary>An object that is to be served.</summary>
/// <param name="Item">The object.</param>
/// <param name="Readers">The nodes that may read it.</param>
/// <param name="Tlp">Its level.</param>
/// <param name="Expires">When it ends; null for never.</param>
/// <param name="RecordId">The record that it says something of, in a collection that follows the records.</param>
internal sealed record TaxiiPublication(StixObject Item, Audience Readers, Tlp Tlp, DateTimeOffset? Expires, string? RecordId = null)
{
    /// <summary>What was written of a record, for those whom its marking allows.</summary>
    /// <param name="written">The object. Write it from <see cref="MarkedEntity.Untightened"/>: all readers of a collection see the same object.</param>
    /// <param name="node">The node that serves it.</param>
    public static TaxiiPublication Of(StixWritten written, string node) => written.Marking is not { } marking
        ? new TaxiiPublication(written.Item, Audience.Anyone, Tlp.Clear, null)
        // That it was taken back holds for good.
        : new TaxiiPublication(written.Item, marking.ReadersAt(node), marking.Tlp, written.Item.Revoked ? null : marking.Expires);
}

/// <summary>How a collection is described.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Description">More about it; null for nothing.</param>
/// <param name="RecordsFor">The node whose sight of this node's records it is to hold: this node's own id for all of them, or a partner's for
/// what was released to it. Null for none, or for what the collection was made with.</param>
internal sealed record TaxiiCollectionRequest(string Title, string? Description = null, string? RecordsFor = null);

/// <summary>For which node an account reads.</summary>
/// <param name="Node">The node's id.</param>
internal sealed record TaxiiReaderRequest(string Node);

/// <summary>A collection as administrators see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its name.</param>
/// <param name="Description">More about it.</param>
/// <param name="RecordsFor">The node whose sight of the records it holds; null for none.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Objects">How many objects it has, in their last versions.</param>
/// <param name="Readers">Who may read it: accounts, and the nodes that they read for.</param>
internal sealed record TaxiiCollectionView(string Id, string Title, string? Description, string? RecordsFor, DateTimeOffset CreatedAt, int Objects, ImmutableDictionary<string, string> Readers);

/// <summary>An account that can be made a reader.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What its owner is called.</param>
/// <param name="Login">What they sign in with.</param>
internal sealed record TaxiiCandidate(string Id, string Name, string Login);

/// <summary>All collections.</summary>
/// <param name="Collections">By title.</param>
internal sealed record TaxiiCollectionsView(ImmutableArray<TaxiiCollectionView> Collections);

/// <summary>Fills and keeps the collections that are served by TAXII.</summary>
internal sealed class TaxiiPublisher(NodeStore store, OwnIdentity own, Ledger ledger)
{
    private const int LongestTitle = 200, LongestText = 2000, LongestNode = 200;

    /// <summary>All collections.</summary>
    /// <param name="cancel">Gives up.</param>
    public async Task<ImmutableArray<TaxiiCollectionView>> AllAsync(CancellationToken cancel)
    {
        await using var db = store.Open();
        var collections = await db.TaxiiCollections.AsNoTracking().OrderBy(collection => collection.Id).ToListAsync(cancel).ConfigureAwait(false);
        var readers = await db.TaxiiReaders.AsNoTracking().ToListAsync(cancel).ConfigureAwait(false);
        var views = ImmutableArray.CreateBuilder<TaxiiCollectionView>(collections.Count);
        foreach (var collection in collections)
        {
            var objects = await db.TaxiiObjects.CountAsync(item => item.CollectionId == collection.Id && item.IsLast, cancel).ConfigureAwait(false);
            views.Add(new TaxiiCollectionView(collection.Id, collection.Title, collection.Description, collection.RecordsFor, collection.CreatedAt, objects,
                readers.Where(grant => grant.CollectionId == collection.Id).ToImmutableDictionary(grant => grant.AccountId, grant => grant.Node)));
        }
        return views.ToImmutable();
    }

    /// <summary>Who can be made a reader: the accounts whose roles include it.</summary>
    /// <param name="cancel">Gives up.</param>
    public async Task<ImmutableArray<TaxiiCandidate>> CandidatesAsync(CancellationToken cancel)
    {
        await using var db = store.Open();
        var accounts = await db.Accounts.AsNoTracking().Where(account => !account.Disabled).OrderBy(account => account.DisplayName).ToListAsync(cancel).ConfigureAwait(false);
        return [.. accounts.Where(account => RoleRights.Of(account.Roles).Contains(Right.ReadTaxii)).Select(account => new TaxiiCandidate(account.Id, account.DisplayName, account.Login))];
    }

    /// <summary>The ids of the partners, for whom a collection can be made.</summary>
    /// <param name="cancel">Gives up.</param>
    public async Task<ImmutableHashSet<string>> PartnersAsync(CancellationToken cancel)
    {
        await using var db = store.Open();
        return [.. await db.Partners.AsNoTracking().Select(partner => partner.Id).ToListAsync(cancel).ConfigureAwait(false)];
    }

    /// <summary>Makes a collection, or changes how it is described.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="id">Its id, a UUID.</param>
    /// <param name="request">How it is described.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="RequestException">Something is not as it should be.</exception>
    public Task SetAsync(Actor actor, string id, TaxiiCollectionRequest request, CancellationToken cancel)
    {
        if (!Guid.TryParseExact(id, "D", out var uuid) || uuid.ToString("D") != id)
            throw RequestException.Bad("id: expected a UUID in small letters, such as 91a7b528-80eb-42ed-a74d-c6fbd5a26116.");
        if (string.IsNullOrWhiteSpace(request.Title) || request.Title.Length > LongestTitle)
            throw RequestException.Bad($"title: expected 1 to {LongestTitle} letters.");
        if (request.Description?.Length > LongestText)
            throw RequestException.Bad($"description: expected up to {LongestText} letters.");
        return ledger.ActAsync(actor, async act =>
        {
            if (await act.Db.TaxiiCollections.FindAsync([id], cancel).ConfigureAwait(false) is { } known)
            {
                if (request.RecordsFor is not null && request.RecordsFor != known.RecordsFor)
                    throw RequestException.Bad("recordsFor: a collection stays what it was made for; make another one.");
                (known.Title, known.Description) = (request.Title, request.Description);
            }
            else
            {
                if (request.RecordsFor is { } node && !(own.IsOn && node == own.Id) && !await act.Db.Partners.AnyAsync(partner => partner.Id == node, cancel).ConfigureAwait(false))
                    throw RequestException.Bad("recordsFor: expected the id of this node, which has partners, or of one of them.");
                act.Db.TaxiiCollections.Add(new TaxiiCollectionEntry { Id = id, Title = request.Title, Description = request.Description, RecordsFor = request.RecordsFor, CreatedAt = act.At });
            }
            act.Record(AuditAction.TaxiiChanged, About(id), request);
        }, cancel);
    }

    /// <summary>Removes a collection with all that is in it. What was read from it stays where it was taken.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="RequestException">There is none.</exception>
    public Task RemoveAsync(Actor actor, string id, CancellationToken cancel) => ledger.ActAsync(actor, async act =>
    {
        var known = await FindAsync(act.Db, id, cancel).ConfigureAwait(false);
        act.Db.TaxiiCollections.Remove(known);
        act.Record(AuditAction.TaxiiChanged, About(id), new { removed = true });
    }, cancel);

    /// <summary>Lets an account read a collection for a node, or ends that.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="id">The collection.</param>
    /// <param name="account">The account.</param>
    /// <param name="node">The node that it reads for; null to end it.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="RequestException">There is no such collection or account.</exception>
    public Task GrantAsync(Actor actor, string id, string account, string? node, CancellationToken cancel)
    {
        if (node is not null && (string.IsNullOrWhiteSpace(node) || node.Length > LongestNode))
            throw RequestException.Bad("node: expected the id of a node.");
        return ledger.ActAsync(actor, async act =>
        {
            var collection = await FindAsync(act.Db, id, cancel).ConfigureAwait(false);
            if (node is not null && collection.RecordsFor is { } only && only != node)
                throw RequestException.Bad($"node: this collection holds what {only} may see, and is read for no other node.");
            if (!await act.Db.Accounts.AnyAsync(known => known.Id == account, cancel).ConfigureAwait(false))
                throw RequestException.NotFound("There is no such account.");
            var grant = await act.Db.TaxiiReaders.FindAsync([id, account], cancel).ConfigureAwait(false);
            if (node is null && grant is not null)
                act.Db.TaxiiReaders.Remove(grant);
            else if (node is not null && grant is not null)
                grant.Node = node;
            else if (node is not null)
                act.Db.TaxiiReaders.Add(new TaxiiReaderGrant { CollectionId = id, AccountId = account, Node = node });
            act.Record(AuditAction.TaxiiChanged, About(id), new { account, node });
        }, cancel);
    }

    /// <summary>Adds objects to a collection. What is there already is not added again, but may be closed further or opened.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="id">The collection.</param>
    /// <param name="publications">The objects. One that was taken back takes all its other versions out.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>How many were added.</returns>
    /// <exception cref="RequestException">There is no such collection, it follows the records, one of the objects has statements that not all its readers may see, or a version is there with other content.</exception>
    public Task<int> PublishAsync(Actor actor, string id, IReadOnlyCollection<TaxiiPublication> publications, CancellationToken cancel)
    {
        if (publications.FirstOrDefault(each => each.Item.Json.TryGetProperty("granular_markings", out _)) is { } closed)
            throw RequestException.Bad($"{closed.Item.Id} has parts that are marked more tightly than the whole; take them out first.");
        return ledger.ActAsync(actor, async act =>
        {
            if ((await FindAsync(act.Db, id, cancel).ConfigureAwait(false)).RecordsFor is not null)
                throw RequestException.Bad("This collection follows the records, and holds nothing else.");
            return await PublishAsync(act, id, publications, cancel).ConfigureAwait(false);
        }, cancel);
    }

    /// <summary>As <see cref="PublishAsync(Actor, string, IReadOnlyCollection{TaxiiPublication}, CancellationToken)"/>, as part of a greater act.</summary>
    internal static async Task<int> PublishAsync(Act act, string id, IReadOnlyCollection<TaxiiPublication> publications, CancellationToken cancel)
    {
        var collection = await FindAsync(act.Db, id, cancel).ConfigureAwait(false);
        var ids = publications.Select(each => each.Item.Id).Distinct().ToArray();
        var known = (await act.Db.TaxiiObjects.Where(item => item.CollectionId == id && EF.Parameter(ids).Contains(item.ObjectId)).ToListAsync(cancel).ConfigureAwait(false))
            .GroupBy(item => item.ObjectId, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        var audiences = (await act.Db.TaxiiAudiences.Where(audience => audience.CollectionId == id).ToListAsync(cancel).ConfigureAwait(false)).ToDictionary(audience => audience.Nodes, audience => audience.Number, StringComparer.Ordinal);
        // Never the same twice, also where the clock was set back.
        var added = Math.Max(collection.LastAdded, TaxiiStore.Microseconds(act.At) - 1);
        var made = new List<string>();
        foreach (var each in publications)
        {
            if (!known.TryGetValue(each.Item.Id, out var versions))
                known.Add(each.Item.Id, versions = []);
            var (version, json, audience) = (each.Item.Version.UtcTicks, each.Item.ToString(), Number(act.Db, id, each.Readers, audiences));
            if (versions.Find(one => one.Version == version) is { } same)
            {
                if (same.Json != json)
                    throw RequestException.Bad($"{each.Item.Id} is there in this version with other content; give it a later one.");
                (same.Audience, same.Tlp, same.Expires) = (audience, each.Tlp, each.Expires);
                continue;
            }
            // Taken back is for good: nothing comes after it, and nothing of it stays.
            if (versions.Exists(one => one.Revoked))
                continue;
            if (each.Item.Revoked)
            {
                act.Db.TaxiiObjects.RemoveRange(versions);
                versions.Clear();
            }
            var item = new TaxiiObject
            {
                CollectionId = id,
                Added = ++added,
                ObjectId = each.Item.Id,
                Version = version,
                Type = each.Item.Type,
                Revoked = each.Item.Revoked,
                Audience = audience,
                RecordId = each.RecordId,
                Tlp = each.Tlp,
                Expires = each.Expires,
                Json = json,
            };
            versions.Add(item);
            act.Db.TaxiiObjects.Add(item);
            made.Add($"{each.Item.Id} {StixTime.Format(each.Item.Version)}");
            var (first, last) = (versions.Min(one => one.Version), versions.Max(one => one.Version));
            foreach (var one in versions)
                (one.IsFirst, one.IsLast) = (one.Version == first, one.Version == last);
        }
        if (made.Count > 0)
            collection.LastAdded = added;
        act.Record(AuditAction.TaxiiPublished, About(id), new { objects = made });
        return made.Count;
    }

    /// <summary>Takes out what has ended. Of what follows the records it is said that it was taken back (<see cref="TaxiiFollower"/>).</summary>
    /// <param name="cancel">Gives up.</param>
    /// <returns>How many versions of objects went.</returns>
    public Task<int> RemoveEndedAsync(CancellationToken cancel) => ledger.ActAsync(Actor.System("taxii"), async act =>
    {
        var ended = await act.Db.TaxiiObjects.Where(item => item.RecordId == null && item.Expires != null && item.Expires <= act.At).Select(item => new { item.CollectionId, item.ObjectId }).ToListAsync(cancel).ConfigureAwait(false);
        if (ended.Count > 0)
        {
            await act.Db.TaxiiObjects.Where(item => item.RecordId == null && item.Expires != null && item.Expires <= act.At).ExecuteDeleteAsync(cancel).ConfigureAwait(false);
            foreach (var collection in ended.GroupBy(item => item.CollectionId))
                act.Record(AuditAction.TaxiiPublished, About(collection.Key), new { ended = collection.Select(item => item.ObjectId).Distinct() });
        }
        return ended.Count;
    }, cancel);

    /// <summary>What an audit entry says that it is about.</summary>
    internal static string About(string collection) => $"taxii:{collection}";

    private static async Task<TaxiiCollectionEntry> FindAsync(NodeDb db, string id, CancellationToken cancel) =>
        await db.TaxiiCollections.FindAsync([id], cancel).ConfigureAwait(false) ?? throw RequestException.NotFound("There is no such collection.");

    private static int Number(NodeDb db, string collection, Audience readers, Dictionary<string, int> known)
    {
        var nodes = TaxiiStore.Write(readers);
        if (known.TryGetValue(nodes, out var number))
            return number;
        number = known.Count + 1;
        known.Add(nodes, number);
        db.TaxiiAudiences.Add(new TaxiiAudience { CollectionId = collection, Number = number, Nodes = nodes });
        return number;
    }
}
