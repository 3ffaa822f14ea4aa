namespace Entente.Desk.Entities;

/// <summary>How many entities of one schema a dataset has in one list.</summary>
/// <param name="List">The number of the list, from 0.</param>
/// <param name="Dataset">The dataset, as the list's file says. An entity of several datasets counts for each.</param>
/// <param name="Schema">The FtM schema.</param>
/// <param name="Entities">How many.</param>
/// <param name="Targets">How many of them the list is about: all but those that it says are around others.</param>
public sealed record EntityCount(int List, string Dataset, string Schema, int Entities, int Targets);
