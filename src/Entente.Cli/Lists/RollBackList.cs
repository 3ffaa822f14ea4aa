using Entente.Desk.Lists;
using Entente.Lists.Snapshots;

namespace Entente.Cli.Lists;

/// <summary><c>entente lists rollback</c>.</summary>
internal static class RollBackList
{
    /// <summary>Goes back to a former version of a list.</summary>
    /// <param name="dataset">Which list.</param>
    /// <param name="version">Which version; null for the one before.</param>
    /// <param name="surroundings">Where to write; where the lists are.</param>
    /// <returns><see cref="ExitCodes.Done"/> when it is in use.</returns>
    /// <exception cref="FailureException">There is no such version; the one in use stays.</exception>
    public static int Run(string dataset, string? version, Surroundings surroundings)
    {
        dataset = UpdateLists.Checked(dataset);
        using var http = ListUpdater.NewHttpClient();
        switch (UpdateLists.Updater(http, surroundings).RollBack(dataset, version))
        {
            case UpdateResult.Updated { Previous: { } left } back:
                surroundings.Out.WriteLine($"{dataset}: Back to {ListText.Describe(back.Current.Manifest)}. It is used from now on, in place of the {ListText.Describe(left.Manifest)}.");
                surroundings.Out.WriteLine($"If `entente lists update` fetches the version you left, it is held until you accept it; a newer one is taken. What went: `entente lists diff {dataset} {left.Manifest.Sha256[..12]} current`.");
                return ExitCodes.Done;
            case UpdateResult.Updated back:
                surroundings.Out.WriteLine($"{dataset}: Back to {ListText.Describe(back.Current.Manifest)}. It is used from now on.");
                return ExitCodes.Done;
            case UpdateResult.Unchanged same:
                surroundings.Out.WriteLine($"{dataset}: That is the version in use: {ListText.Describe(same.Current.Manifest)}.");
                return ExitCodes.Done;
            case UpdateResult.Failed failed:
                throw new FailureException($"{failed.Reason}{(failed.Current is { } current ? $" In use stays: {ListText.Describe(current.Manifest)}." : "")}");
            case var other:
                throw new InvalidOperationException($"Unknown ending of a rollback: {other.GetType().Name}.");
        }
    }
}
