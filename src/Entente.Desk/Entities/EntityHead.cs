using System.Collections.Immutable;

namespace Entente.Desk.Entities;

/// <summary>What a list of entities shows of one.</summary>
/// <param name="Number">Its number in the archive, from 0: entities stand list by list, in the order of their files.</param>
/// <param name="List">The number of its list, from 0.</param>
/// <param name="Id">Its id.</param>
/// <param name="Schema">Its FtM schema.</param>
/// <param name="Datasets">The datasets that it is of, as its file says.</param>
/// <param name="Caption">What to call it.</param>
/// <param name="Target">As <see cref="Entente.Records.Entity.Target"/>.</param>
public readonly record struct EntityHead(int Number, int List, string Id, string Schema, ImmutableArray<string> Datasets, string Caption, bool? Target);
