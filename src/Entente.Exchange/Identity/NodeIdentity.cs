using System.Collections.Immutable;
using Entente.Exchange.Signing;

namespace Entente.Exchange.Identity;

/// <summary>Who a node is, for others: id, name, addresses and keys, signed by its current key. Immutable; one that exists was checked.</summary>
/// <remarks>The id comes from the node's first key, and each later key was announced by the one before it, so that a card proves by itself that
/// it belongs to its id. It does not prove whose node that is: people do, by comparing the <see cref="Fingerprint"/> of <see cref="CurrentKey"/>.</remarks>
public sealed class NodeIdentity
{
    private const int MaxName = 200;
    private const int MaxAddresses = 8;
    private const int MaxAddress = 200;
    private const int MaxRotations = 64;

    private sealed record CardJson(
        string Id, string Name, string[] Addresses,
        string Key, KeyRotation.Signed[] Rotations, long Iat);

    private NodeIdentity(string card, CardJson json, ImmutableArray<Uri> addresses, NodePublicKey firstKey, ImmutableArray<KeyRotation> rotations)
    {
        Card = card;
        Id = json.Id;
        Name = json.Name;
        Addresses = addresses;
        Rotations = rotations;
        IssuedAt = Claims.Time(json.Iat, "card");
        var keys = ImmutableArray.CreateBuilder<KeyPeriod>(rotations.Length + 1);
        foreach (var rotation in rotations)
            keys.Add(new KeyPeriod(rotation.From, rotation.At, rotation.Compromised));
        CurrentKey = rotations.IsEmpty ? firstKey : rotations[^1].To;
        keys.Add(new KeyPeriod(CurrentKey, null, Compromised: false));
        Keys = keys.MoveToImmutable();
    }

    /// <summary>The id; see <see cref="NodeId"/>.</summary>
    public string Id { get; }

    /// <summary>What the node calls itself; nobody has confirmed it.</summary>
    public string Name { get; }

    /// <summary>Where its partner port is reached: absolute <c>https</c> addresses, the preferred one first; may be empty.</summary>
    public ImmutableArray<Uri> Addresses { get; }

    /// <summary>All keys it had, the first one first, the current one last.</summary>
    public ImmutableArray<KeyPeriod> Keys { get; }

    /// <summary>How each key but the first came about.</summary>
    public ImmutableArray<KeyRotation> Rotations { get; }

    /// <summary>The key it signs by and is connected to by now.</summary>
    public NodePublicKey CurrentKey { get; }

    /// <summary>When the card was made; whole seconds.</summary>
    public DateTimeOffset IssuedAt { get; }

    /// <summary>The signed text that others read by <see cref="Parse"/>.</summary>
    public string Card { get; }

    /// <summary>What the node's QR code holds; see <see cref="Fingerprint.TryParseQrText"/>.</summary>
    public string QrText => CurrentKey.Fingerprint.ToQrText(Id);

    /// <summary>A new node.</summary>
    /// <param name="key">Its first key.</param>
    /// <param name="name">What it calls itself; 1 to 200 characters.</param>
    /// <param name="addresses">Where it is reached; up to 8, absolute, https.</param>
    /// <param name="now">The time.</param>
    /// <returns>The identity.</returns>
    /// <exception cref="ArgumentException">Name or addresses are not as said.</exception>
    public static NodeIdentity Create(NodeKey key, string name, IEnumerable<Uri> addresses, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Issue(key, NodeId.Of(key.PublicKey), name, addresses, key.PublicKey, [], now);
    }

    /// <summary>The same node with another name or other addresses.</summary>
    /// <param name="key">Its current key.</param>
    /// <param name="name">What it calls itself; 1 to 200 characters.</param>
    /// <param name="addresses">Where it is reached; up to 8, absolute, https.</param>
    /// <param name="now">The time.</param>
    /// <returns>The identity.</returns>
    /// <exception cref="ArgumentException">Name or addresses are not as said, or it is not the current key.</exception>
    public NodeIdentity Renew(NodeKey key, string name, IEnumerable<Uri> addresses, DateTimeOffset now)
    {
        RequireCurrent(key);
        return Issue(key, Id, name, addresses, Keys[0].Key, Rotations, Later(now));
    }

    /// <summary>The same node with a new key.</summary>
    /// <param name="oldKey">Its current key.</param>
    /// <param name="newKey">The key that takes its place.</param>
    /// <param name="now">The time.</param>
    /// <param name="compromised">Whether somebody else may have the old key: nothing that it signed counts any more, then.</param>
    /// <returns>The identity.</returns>
    /// <exception cref="ArgumentException">It is not the current key, the node had the new key before, or has rotated as often as a card can hold.</exception>
    public NodeIdentity Rotate(NodeKey oldKey, NodeKey newKey, DateTimeOffset now, bool compromised = false)
    {
        RequireCurrent(oldKey);
        ArgumentNullException.ThrowIfNull(newKey);
        if (Keys.Any(each => each.Key.Equals(newKey.PublicKey)))
            throw new ArgumentException("The node had this key before.", nameof(newKey));
        if (Rotations.Length == MaxRotations)
            throw new ArgumentException($"A node can rotate its key {MaxRotations} times; make a new node and pair it.", nameof(newKey));
        if (!Rotations.IsEmpty && now < Rotations[^1].At)
            throw new ArgumentException("The rotation would come before the last one: the clock of this machine is wrong.", nameof(now));
        return Issue(newKey, Id, Name, Addresses, Keys[0].Key, Rotations.Add(KeyRotation.Make(Id, Rotations.Length + 1, oldKey, newKey, now, compromised)), Later(now));
    }

    /// <summary>Reads a card and checks the chain of keys from the first to the current one, and its signature by that.</summary>
    /// <param name="card">The text.</param>
    /// <returns>The identity.</returns>
    /// <exception cref="RefusedException">It is no card, or it does not hold.</exception>
    public static NodeIdentity Parse(string card)
    {
        ArgumentNullException.ThrowIfNull(card);
        var claimed = StrictJson.Read<CardJson>(Jws.ClaimedPayload(card, MessageType.Card), "card");
        if (claimed.Rotations.Length > MaxRotations)
            throw new RefusedException(Refusal.TooLarge, $"The card holds more than {MaxRotations} rotations.");
        var current = NodePublicKey.Parse(claimed.Key);
        Jws.Verify(card, MessageType.Card, current);

        var first = claimed.Rotations.Length == 0 ? current : NodePublicKey.Parse(KeyRotation.ClaimedFrom(claimed.Rotations[0]));
        if (claimed.Id != NodeId.Of(first))
            throw new RefusedException(Refusal.Inconsistent, "The id of the card does not belong to the node's first key.");
        var rotations = ImmutableArray.CreateBuilder<KeyRotation>(claimed.Rotations.Length);
        var key = first;
        foreach (var text in claimed.Rotations)
        {
            var rotation = KeyRotation.Verify(text, claimed.Id, rotations.Count + 1, key);
            if (rotation.To.Equals(first) || rotations.Any(each => each.To.Equals(rotation.To)))
                throw new RefusedException(Refusal.Inconsistent, "The card goes back to a key that was given up.");
            if (rotations.Count > 0 && rotation.At < rotations[^1].At)
                throw new RefusedException(Refusal.Inconsistent, "The rotations of the card are not in order of time.");
            rotations.Add(rotation);
            key = rotation.To;
        }
        if (!key.Equals(current))
            throw new RefusedException(Refusal.Inconsistent, "The rotations of the card do not lead to its current key.");
        var addresses = claimed.Addresses.Select(each => Uri.TryCreate(each, UriKind.Absolute, out var address) ? address : null).ToArray();
        if (FaultOf(claimed.Name, addresses) is { } fault)
            throw new RefusedException(Refusal.Malformed, $"The card is not in order. {fault}");
        return new NodeIdentity(card, claimed, [.. addresses.OfType<Uri>()], first, rotations.MoveToImmutable());
    }

    /// <summary>Whether this is the same node as one known before, not earlier, and its keys go on from the known ones. A card that does not is not to take the place of the known one: it may come from somebody with an old key.</summary>
    /// <param name="known">What is known.</param>
    /// <returns>True where it may take its place.</returns>
    public bool Succeeds(NodeIdentity known)
    {
        ArgumentNullException.ThrowIfNull(known);
        return Id == known.Id && IssuedAt >= known.IssuedAt && Rotations.Length >= known.Rotations.Length
            && known.Rotations.Zip(Rotations).All(pair => pair.First.IsSameAs(pair.Second));
    }

    /// <summary>Checks that a message is signed by this node.</summary>
    /// <returns>The payload, and the key; whether the key counts at the time that the payload names is the caller's to check.</returns>
    internal (byte[] Payload, KeyPeriod Key) Open(ReadOnlySpan<char> text, MessageType type)
    {
        var id = Jws.ClaimedKey(text, type);
        foreach (var period in Keys)
        {
            if (period.Key.Id != id)
                continue;
            return period.Compromised ? throw Retired(type) : (Jws.Verify(text, type, period.Key), period);
        }
        throw new RefusedException(Refusal.UnknownKey, $"The message of kind {type.Name} is signed by a key that {Id} does not have.");
    }

    /// <summary>Refuses what a key signed after it was given up.</summary>
    internal static void RequireCovered(KeyPeriod key, DateTimeOffset signedAt, MessageType type)
    {
        if (!key.Covers(signedAt))
            throw Retired(type);
    }

    private static RefusedException Retired(MessageType type) =>
        new(Refusal.RetiredKey, $"The message of kind {type.Name} is signed by a key that its issuer had given up.");

    private static NodeIdentity Issue(NodeKey key, string id, string name, IEnumerable<Uri> addresses, NodePublicKey firstKey, ImmutableArray<KeyRotation> rotations, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(name);
        ImmutableArray<Uri> list = [.. addresses];
        if (FaultOf(name, [.. list]) is { } fault)
            throw new ArgumentException(fault);
        var json = new CardJson(id, name, [.. list.Select(each => each.AbsoluteUri)], key.PublicKey.ToText(), [.. rotations.Select(each => each.Text)], now.ToUnixTimeSeconds());
        return new NodeIdentity(Jws.Sign(key, MessageType.Card, StrictJson.Write(json)), json, list, firstKey, rotations);
    }

    // A clock that was set back must not make a card that nobody takes for the newer one.
    private DateTimeOffset Later(DateTimeOffset now) => now > IssuedAt ? now : IssuedAt.AddSeconds(1);

    private void RequireCurrent(NodeKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!key.PublicKey.Equals(CurrentKey))
            throw new ArgumentException("This is not the node's current key.", nameof(key));
    }

    private static string? FaultOf(string name, Uri?[] addresses)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > MaxName || name.Any(char.IsControl))
            return $"name: expected 1 to {MaxName} characters on one line.";
        return addresses.Length > MaxAddresses || addresses.Any(each => each is not { IsAbsoluteUri: true, Scheme: "https", UserInfo: "" } || each.AbsoluteUri.Length > MaxAddress)
            ? $"addresses: expected up to {MaxAddresses} https addresses of up to {MaxAddress} characters, without a name or password."
            : null;
    }
}
