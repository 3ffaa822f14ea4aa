using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Entente.Records;
using Entente.Screening.Facts;
using Entente.Screening.Index;
using Entente.Screening.Listings;

namespace Entente.Screening;

/// <summary>What is listed otherwise in one index than in another, as far as a screening could tell.</summary>
/// <remarks>A remark that was reworded is no change: what is compared is schema, names, facts, programmes, lists, since when it is listed, and which entries are one entity, with the facts of each.</remarks>
/// <param name="Listed">Entries of the later index that were not listed so before: new or changed.</param>
/// <param name="Former">Ids by which matches with entries of the earlier index were known that are not listed so any more: removed or changed.</param>
public sealed record IndexChange(ImmutableArray<Entity> Listed, ImmutableArray<string> Former)
{
    // What one list says may speak against a match with another's entry on the same entity.
    private static readonly string[] TellingOfOthers =
        ["birthDate", "nationality", "citizenship", "country", "jurisdiction", "birthCountry", "mainCountry", "flag", "gender", "birthPlace", "address", "program", "programId"];

    private static readonly string[] Telling = [.. NameIndex.Properties, .. TellingOfOthers, .. EntityFacts.DocumentProperties, "topics"];

    /// <summary>Compares two indexes. Entries that are the same byte for byte are not even read.</summary>
    /// <param name="former">The earlier.</param>
    /// <param name="now">The later.</param>
    public static IndexChange Between(ScreeningIndex former, ScreeningIndex now)
    {
        ArgumentNullException.ThrowIfNull(former);
        ArgumentNullException.ThrowIfNull(now);
        HashSet<UInt128> before = Prints(former), after = Prints(now);
        List<int> gone = Without(former, after), come = Without(now, before);
        // Those whose wording differs may say the same to a screening.
        HashSet<UInt128> told = [.. gone.Select(number => Told(former, number))], tells = [.. come.Select(number => Told(now, number))];
        return new IndexChange(
            [.. come.Where(number => !told.Contains(Told(now, number))).Select(now.PeekAt)],
            [.. gone.Where(number => !tells.Contains(Told(former, number))).SelectMany(number => Known(former, number)).Distinct(StringComparer.Ordinal)]);
    }

    private static HashSet<UInt128> Prints(ScreeningIndex index)
    {
        var prints = new HashSet<UInt128>(index.EntityCount);
        for (int number = 0; number < index.EntityCount; number++)
            prints.Add(Print(index, number));
        return prints;
    }

    private static List<int> Without(ScreeningIndex index, HashSet<UInt128> others)
    {
        var numbers = new List<int>();
        for (int number = 0; number < index.EntityCount; number++)
        {
            if (!others.Contains(Print(index, number)))
                numbers.Add(number);
        }

        return numbers;
    }

    private static UInt128 Print(ScreeningIndex index, int number)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(index.JsonAt(number));
        AppendDay(hash, index, number);
        foreach (int other in index.Listed.OthersThan(number))
        {
            hash.AppendData(index.JsonAt(other));
            AppendDay(hash, index, other);
        }

        AppendGroup(hash, index, number);
        return End(hash);
    }

    private static UInt128 Told(ScreeningIndex index, int number)
    {
        Entity entity = index.PeekAt(number);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, entity.Id);
        Append(hash, entity.Schema);
        Append(hash, entity.Datasets);
        foreach (string property in Telling)
            Append(hash, entity.Get(property));
        AppendDay(hash, index, number);
        foreach (int member in index.Listed.OthersThan(number))
        {
            Entity other = index.PeekAt(member);
            foreach (string property in TellingOfOthers)
                Append(hash, other.Get(property));
            AppendDay(hash, index, member);
        }

        AppendGroup(hash, index, number);
        return End(hash);
    }

    private static void AppendDay(IncrementalHash hash, ScreeningIndex index, int number)
    {
        Span<byte> day = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(day, index.ListedSinceAt(number));
        hash.AppendData(day);
    }

    private static void AppendGroup(IncrementalHash hash, ScreeningIndex index, int number)
    {
        if (index.Groups.Groups.IsEmpty || index.Groups.Find(index.IdOf(number)) is not { } group)
            return;
        Append(hash, group.CanonicalId);
        foreach (Referent referent in group.Referents)
        {
            Append(hash, referent.Id);
            Append(hash, referent.Datasets);
            Append(hash, referent.Programs);
        }
    }

    private static IEnumerable<string> Known(ScreeningIndex index, int number) =>
        index.Groups.Find(index.IdOf(number)) is { } group ? [index.IdOf(number), group.CanonicalId] : [index.IdOf(number)];

    private static void Append(IncrementalHash hash, ImmutableArray<string> texts)
    {
        Append(hash, texts.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach (string text in texts)
            Append(hash, text);
    }

    private static void Append(IncrementalHash hash, string text)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData([0xFF]); // in no UTF-8
    }

    private static UInt128 End(IncrementalHash hash) => BinaryPrimitives.ReadUInt128BigEndian(hash.GetHashAndReset());
}
