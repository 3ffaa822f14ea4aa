using System.Collections.Immutable;

namespace Entente.Exchange.Contribution;

/// <summary>What one partner added to the confirmed matches of a period.</summary>
/// <param name="Partner">The partner.</param>
/// <param name="Supported">Matches that rested on its records, alone or together with others'.</param>
/// <param name="Alone">Of those, matches that rested on nobody else's.</param>
/// <param name="Together">Of those, matches that rested on others' too.</param>
/// <param name="MissedWithout">Matches that would have been missed without it: <paramref name="Alone"/>, and those for which others needed its records beside their own.</param>
/// <param name="Shapley">Its Shapley share, in matches: the shares of all partners add up to the number of matches.</param>
public sealed record PartnerContribution(string Partner, int Supported, int Alone, int Together, int MissedWithout, double Shapley);

/// <summary>Whose records the confirmed matches of a period rested on. Immutable.</summary>
/// <param name="Matches">How many matches there were.</param>
/// <param name="Partners">The partners, the largest share first.</param>
public sealed record ContributionReport(int Matches, ImmutableArray<PartnerContribution> Partners)
{
    /// <summary>Works the report out.</summary>
    /// <param name="matches">The confirmed matches; each counts once.</param>
    /// <param name="partners">Partners to be in the report also where no match rested on them; null for none.</param>
    /// <returns>The report.</returns>
    public static ContributionReport Of(IEnumerable<ConfirmedMatch> matches, IEnumerable<string>? partners = null)
    {
        var tallies = new Dictionary<string, Tally>(StringComparer.Ordinal);
        foreach (var partner in partners ?? [])
            tallies.TryAdd(partner, new Tally());
        var count = 0;
        foreach (var match in matches)
        {
            count++;
            var shares = ShapleyShares.Of(match);
            foreach (var partner in match.Partners)
            {
                if (!tallies.TryGetValue(partner, out var tally))
                    tallies.Add(partner, tally = new Tally());
                tally.Supported++;
                tally.Alone += match.Partners.Count == 1 ? 1 : 0;
                tally.Missed += match.IsFoundBy(match.Partners.Remove(partner)) ? 0 : 1;
                tally.Shares.Add(shares[partner]);
            }
        }
        return new ContributionReport(count,
        [
            .. tallies.Select(each => each.Value.Of(each.Key)).OrderByDescending(each => each.Shapley).ThenBy(each => each.Partner, StringComparer.Ordinal),
        ]);
    }

    private sealed class Tally
    {
        public int Supported { get; set; }

        public int Alone { get; set; }

        public int Missed { get; set; }

        public List<double> Shares { get; } = [];

        // Added up in order of size, so that the sum does not depend on the order of the matches.
        public PartnerContribution Of(string partner) => new(partner, Supported, Alone, Supported - Alone, Missed, Shares.Order().Sum());
    }
}
