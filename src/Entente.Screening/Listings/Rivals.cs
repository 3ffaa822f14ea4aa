namespace Entente.Screening.Listings;

/// <summary>Links of organisations by name and country of which there are two to one list that fit alike.</summary>
/// <remarks>A bank and its branch, a holding and its works bear nearly one name in one country. Which of two is meant, the name does not say.</remarks>
internal sealed class Rivals
{
    private readonly Dictionary<(string Entry, string Dataset), List<EntityLink>> _links = [];
    private readonly Func<string, Subject> _subject;

    /// <param name="links">The links by name and country.</param>
    /// <param name="subject">An entry by its id.</param>
    public Rivals(IEnumerable<EntityLink> links, Func<string, Subject> subject)
    {
        _subject = subject;
        foreach (EntityLink link in links)
        {
            Add(link.Left, link.Right, link);
            Add(link.Right, link.Left, link);
        }
    }

    /// <summary>Why a link is not made: another entry of the same list fits as well. Null where none does.</summary>
    public string? Of(EntityLink link) => link.Basis != LinkBasis.NameAndCountry ? null : Rival(link.Left, link.Right, link) ?? Rival(link.Right, link.Left, link);

    private string? Rival(string entry, string other, EntityLink link)
    {
        foreach (string dataset in _subject(other).Entity.Datasets)
        {
            if (_links[(entry, dataset)].Find(l => l != link && Math.Abs(l.Weight - link.Weight) < ResolutionRules.Ambiguous) is { } rival)
                return $"{(rival.Left == entry ? rival.Right : rival.Left)} of the same list fits {entry} as well";
        }

        return null;
    }

    private void Add(string entry, string other, EntityLink link)
    {
        foreach (string dataset in _subject(other).Entity.Datasets)
        {
            if (!_links.TryGetValue((entry, dataset), out List<EntityLink>? list))
                _links[(entry, dataset)] = list = [];
            list.Add(link);
        }
    }
}
