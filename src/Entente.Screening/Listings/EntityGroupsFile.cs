using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Entente.Screening.Listings;

/// <summary>The stored form of <see cref="EntityGroups"/>: small, versioned, and refused when damaged.</summary>
/// <remarks>
/// Eight bytes of name and format version, the version of the rules, the length of the content,
/// its SHA-256, the content. The content begins with a table of all its texts, each once; the
/// rest refers to them by number.
/// </remarks>
internal static class EntityGroupsFile
{
    private const int MaxContent = 1 << 29;

    private static ReadOnlySpan<byte> Signature => "ENTGRP\0\u0001"u8;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static void Write(EntityGroups groups, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var content = new MemoryStream();
        using (var to = new BinaryWriter(content, Strict, leaveOpen: true))
            new Writer(to).Write(groups);
        if (content.Length > MaxContent)
            throw new InvalidOperationException("The groups of entities are too large to store.");
        ReadOnlySpan<byte> bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
        using var header = new BinaryWriter(stream, Strict, leaveOpen: true);
        header.Write(Signature);
        header.Write(ResolutionRules.Version);
        header.Write(bytes.Length);
        header.Write(SHA256.HashData(bytes));
        header.Write(bytes);
    }

    public static EntityGroups Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            using var from = new BinaryReader(stream, Strict, leaveOpen: true);
            if (!from.ReadBytes(Signature.Length).AsSpan().SequenceEqual(Signature))
                throw Bad("they are no groups of entities, or of another format");
            if (from.ReadInt32() is var version && version != ResolutionRules.Version)
                throw Bad($"they were made by version {version} of the rules, not by {ResolutionRules.Version}");
            int length = from.ReadInt32();
            byte[] hash = from.ReadBytes(SHA256.HashSizeInBytes);
            if (length is < 0 or > MaxContent)
                throw Bad("the length is not possible");
            byte[] bytes = ReadExactly(from, length);
            if (!SHA256.HashData(bytes).AsSpan().SequenceEqual(hash))
                throw Bad("the content is damaged");
            using var content = new BinaryReader(new MemoryStream(bytes), Strict);
            EntityGroups groups = new Reader(content).Read();
            return content.BaseStream.Position == length ? groups : throw Bad("more follows than was written");
        }
        catch (Exception e) when (e is EndOfStreamException or DecoderFallbackException or FormatException or ArgumentException or IndexOutOfRangeException)
        {
            throw Bad("they are cut off or damaged", e);
        }
    }

    /// <summary>In steps, so that a forged length costs no more memory than there are bytes.</summary>
    private static byte[] ReadExactly(BinaryReader from, int length)
    {
        using var all = new MemoryStream();
        while (all.Length < length)
        {
            byte[] some = from.ReadBytes(Math.Min(1 << 20, length - (int)all.Length));
            if (some.Length == 0)
                throw new EndOfStreamException();
            all.Write(some);
        }

        return all.ToArray();
    }

    private static InvalidDataException Bad(string problem, Exception? inner = null) =>
        new($"The stored groups of entities cannot be used: {problem}. Resolve the lists again.", inner);

    private sealed class Writer(BinaryWriter to)
    {
        private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);

        public void Write(EntityGroups groups)
        {
            Collect(groups);
            to.Write7BitEncodedInt(_texts.Count);
            foreach (string text in _texts.Keys)
                to.Write(text);
            to.Write7BitEncodedInt(groups.Groups.Length);
            foreach (EntityGroup group in groups.Groups)
            {
                Text(group.CanonicalId);
                to.Write7BitEncodedInt(group.Referents.Length);
                foreach (Referent referent in group.Referents)
                    Write(referent);
                to.Write7BitEncodedInt(group.Links.Length);
                foreach (EntityLink link in group.Links)
                    Write(link);
            }

            to.Write7BitEncodedInt(groups.Refused.Length);
            foreach (RefusedLink refused in groups.Refused)
            {
                Write(refused.Link);
                Text(refused.Reason);
            }
        }

        private void Collect(EntityGroups groups)
        {
            _texts.Add("", 0);
            foreach (EntityGroup group in groups.Groups)
            {
                Add(group.CanonicalId);
                foreach (Referent referent in group.Referents)
                {
                    Add(referent.Id);
                    Add(referent.Caption);
                    foreach (string text in (IEnumerable<string>)[.. referent.Datasets, .. referent.Programs, .. referent.Authorities])
                        Add(text);
                }
            }

            foreach (RefusedLink refused in groups.Refused)
                Add(refused.Reason);
            foreach (EntityLink link in groups.Groups.SelectMany(g => g.Links).Concat(groups.Refused.Select(r => r.Link)))
            {
                Add(link.Left);
                Add(link.Right);
                foreach (Evidence item in link.Evidence)
                {
                    Add(item.Feature);
                    Add(item.QueryValue);
                    Add(item.ListedValue);
                    Add(item.Explanation);
                }
            }
        }

        private void Add(string? text)
        {
            if (text is not null)
                _texts.TryAdd(text, _texts.Count);
        }

        private void Write(Referent referent)
        {
            Text(referent.Id);
            Texts(referent.Datasets);
            Text(referent.Caption);
            Texts(referent.Programs);
            Texts(referent.Authorities);
        }

        private void Write(EntityLink link)
        {
            Text(link.Left);
            Text(link.Right);
            to.Write((byte)link.Basis);
            to.Write(link.Weight);
            to.Write7BitEncodedInt(link.Evidence.Length);
            foreach (Evidence item in link.Evidence)
            {
                Text(item.Feature);
                OptionalText(item.QueryValue);
                OptionalText(item.ListedValue);
                to.Write(item.Weight);
                Text(item.Explanation);
            }
        }

        private void Texts(ImmutableArray<string> texts)
        {
            to.Write7BitEncodedInt(texts.Length);
            foreach (string text in texts)
                Text(text);
        }

        private void Text(string text) => to.Write7BitEncodedInt(_texts[text]);

        private void OptionalText(string? text) => to.Write7BitEncodedInt(text is null ? 0 : _texts[text] + 1);
    }

    private sealed class Reader(BinaryReader from)
    {
        private readonly List<string> _texts = [];

        public EntityGroups Read()
        {
            for (int left = Count(); left > 0; left--)
                _texts.Add(from.ReadString());
            ImmutableArray<EntityGroup> groups = Many(() => new EntityGroup(Text(), Many(Referent), Many(Link)));
            return new EntityGroups(groups, Many(() => new RefusedLink(Link(), Text())));
        }

        private Referent Referent() => new(Text(), Many(Text), Text(), Many(Text), Many(Text));

        private EntityLink Link()
        {
            string left = Text(), right = Text();
            var basis = (LinkBasis)from.ReadByte();
            return Enum.IsDefined(basis) ? new EntityLink(left, right, basis, from.ReadDouble(), Many(Evidence)) : throw Bad($"a link by {(int)basis} is not known");
        }

        private Evidence Evidence() => new(Text(), OptionalText(), OptionalText(), from.ReadDouble(), Text());

        private ImmutableArray<T> Many<T>(Func<T> one)
        {
            int count = Count();
            var many = ImmutableArray.CreateBuilder<T>(count);
            for (int i = 0; i < count; i++)
                many.Add(one());
            return many.MoveToImmutable();
        }

        /// <summary>Each thing counted takes a byte at least: more than are left cannot follow.</summary>
        private int Count() => from.Read7BitEncodedInt() is var count && count >= 0 && count <= from.BaseStream.Length - from.BaseStream.Position
            ? count
            : throw Bad("a count is not possible");

        private string Text() => At(from.Read7BitEncodedInt());

        private string? OptionalText() => from.Read7BitEncodedInt() is var number && number == 0 ? null : At(number - 1);

        private string At(int number) => number >= 0 && number < _texts.Count ? _texts[number] : throw Bad("a text is missing");
    }
}
