using System.Collections.Immutable;
using Entente.Records;

namespace Entente.Lists.Diffs;

/// <summary>What changed between two versions of a list: entities by their ids, with what hangs on them.</summary>
/// <remarks>A changed sanction, address or passport is a change of the one that it belongs to. When values were seen
/// (<see cref="Statement.LastSeen"/>), their order and their original wording do not count; nor, in running text such as
/// notes, does white space, which publishers change without meaning it. A pure function of its input.</remarks>
/// <param name="Added">In the order of the newer version.</param>
/// <param name="Removed">In the order of the former version.</param>
/// <param name="Amended">In the order of the newer version.</param>
public sealed record ListDiff(ImmutableArray<EntityChange> Added, ImmutableArray<EntityChange> Removed, ImmutableArray<EntityChange> Amended)
{
    /// <summary>Whether nothing changed.</summary>
    public bool IsEmpty => Added.IsEmpty && Removed.IsEmpty && Amended.IsEmpty;

    /// <summary>All changes: added, removed, amended.</summary>
    public IEnumerable<EntityChange> All => Added.Concat(Removed).Concat(Amended);

    /// <summary>Compares two versions of a list.</summary>
    /// <param name="old">The former version.</param>
    /// <param name="new">The newer version.</param>
    /// <returns>The changes.</returns>
    public static ListDiff Between(ListFile old, ListFile @new)
    {
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(@new);
        return Between(old.Entities, @new.Entities);
    }

    /// <summary>Compares two versions.</summary>
    /// <param name="before">All entities of the former version.</param>
    /// <param name="after">All entities of the newer version.</param>
    /// <returns>The changes.</returns>
    public static ListDiff Between(IReadOnlyCollection<Entity> before, IReadOnlyCollection<Entity> after)
    {
        var former = Subjects.Of(before);
        var newer = Subjects.Of(after);
        var added = ImmutableArray.CreateBuilder<EntityChange>();
        var removed = ImmutableArray.CreateBuilder<EntityChange>();
        var amended = ImmutableArray.CreateBuilder<EntityChange>();
        foreach (var subject in former.All)
        {
            if (newer.Find(subject.Entity.Id) is not { } now || (subject.IsListed && !now.IsListed))
                removed.Add(new EntityChange(ChangeKind.Removed, subject.Entity, subject.Linked, SubjectChanges.Between(subject, null)));
        }
        foreach (var subject in newer.All)
        {
            var then = former.Find(subject.Entity.Id);
            if (then is null || (subject.IsListed && !then.IsListed))
                added.Add(new EntityChange(ChangeKind.Added, subject.Entity, subject.Linked, SubjectChanges.Between(null, subject)));
            else if (subject.IsListed == then.IsListed && SubjectChanges.Between(then, subject) is { IsEmpty: false } changes)
                amended.Add(new EntityChange(ChangeKind.Amended, subject.Entity, subject.Linked, changes));
        }
        return new ListDiff(added.ToImmutable(), removed.ToImmutable(), amended.ToImmutable());
    }
}
