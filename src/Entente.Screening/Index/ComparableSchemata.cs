namespace Entente.Screening.Index;

/// <summary>Which listed entities a query may be, by schema.</summary>
/// <param name="schema">The query's schema.</param>
/// <param name="index">The entities.</param>
/// <remarks>Entities are many and their schemata few: what was decided last mostly holds for the next. Not thread-safe.</remarks>
internal sealed class ComparableSchemata(string schema, ScreeningIndex index)
{
    private string? _yes;
    private string? _no;

    /// <summary>Whether an entity may be what is asked for.</summary>
    public bool With(int entity)
    {
        string listed = index.SchemaOf(entity);
        if (ReferenceEquals(listed, _yes))
            return true;
        if (ReferenceEquals(listed, _no))
            return false;
        bool comparable = SchemaKinds.Comparable(schema, listed);
        (comparable ? ref _yes : ref _no) = listed;
        return comparable;
    }
}
