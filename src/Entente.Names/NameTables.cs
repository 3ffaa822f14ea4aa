using Entente.Names.Lexicon;
using Entente.Names.Rarity;
using Entente.Names.Sound;

namespace Entente.Names;

/// <summary>The tables that reading and comparing names needs, read from the assembly on first use.</summary>
public static class NameTables
{
    /// <summary>Reads them now, on other threads, for a program that has something else to read meanwhile.</summary>
    /// <returns>Done when all are read. Nobody need wait for it: what uses a table waits for that table.</returns>
    public static Task PreloadAsync() => Task.WhenAll(
        Task.Run(static () => _ = (Lexicons.GivenNames, Lexicons.Titles)),
        Task.Run(static () => _ = (SoundModel.Default, RarityTable.Default, Lexicons.OrgWords, Lexicons.LegalForms)));
}
