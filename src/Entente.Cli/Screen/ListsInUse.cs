using Entente.Cli.Output;
using Entente.Desk.Lists;

namespace Entente.Cli.Screen;

/// <summary>Loads the lists that a command screens against.</summary>
internal static class ListsInUse
{
    /// <summary>Loads the named lists, else the installed ones, else the sample; says on stderr what is to be said of them.</summary>
    /// <param name="options">The lists and judgements that were named.</param>
    /// <param name="surroundings">Where to say it, and where the installed lists are.</param>
    /// <returns>The lists.</returns>
    public static LoadedLists Load(ScreenOptions options, Surroundings surroundings)
    {
        var loader = new ListLoader
        {
            DataFolder = surroundings.DataFolder,
            SampleFile = Path.Combine(surroundings.ProgramFolder, ListLoader.SampleList.Replace('/', Path.DirectorySeparatorChar)),
            Time = surroundings.Time,
            Notice = notice => surroundings.Error.WriteLine(Shown.OneLine(notice)),
            Indexing = () => TellIndexing(surroundings),
        };
        return options.Lists.IsEmpty
            ? loader.LoadInstalled(options.Judgements, surroundings.Stop)
            : loader.LoadFiles(options.Lists, options.Judgements, surroundings.Stop);
    }

    private static void TellIndexing(Surroundings surroundings)
    {
        if (surroundings.ErrorIsTerminal)
            surroundings.Error.Write("Reading and indexing the lists; the next start will be quicker ...\r");
    }
}
