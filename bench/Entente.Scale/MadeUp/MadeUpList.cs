using System.Globalization;
using Entente.Records;

namespace Entente.Scale.MadeUp;

/// <summary>A list of any length about nobody: six in ten people, three organisations, one a vessel.</summary>
/// <remarks>Names are put together by chance from words that are common in life, so that some will be borne by somebody; none is taken from a list.</remarks>
internal sealed class MadeUpList(NameStock stock)
{
    private const double PersonShare = 0.6;
    private const double OrganisationShare = 0.3;
    private const double CompanyShare = 0.7;

    private readonly People _people = new(stock);
    private readonly Organisations _organisations = new(stock);
    private readonly Vessels _vessels = new(stock);

    /// <summary>The entities one after the other; the same for the same seed, and a shorter list is the beginning of a longer one.</summary>
    public IEnumerable<Entity> Entities(int count, ulong seed)
    {
        for (int number = 1; number <= count; number++)
            yield return Make(number, new Dice(seed, number));
    }

    private Entity Make(int number, Dice dice)
    {
        double kind = dice.Next();
        string schema = kind < PersonShare ? "Person"
            : kind >= PersonShare + OrganisationShare ? "Vessel"
            : dice.Chance(CompanyShare) ? "Company" : "Organization";
        EntityBuilder builder = new(string.Create(CultureInfo.InvariantCulture, $"made-up-{number}"), schema, "made-up") { Target = true };
        if (schema == "Person")
            _people.Fill(builder, dice);
        else if (schema == "Vessel")
            _vessels.Fill(builder, dice);
        else
            _organisations.Fill(builder, dice);
        return builder.Build();
    }
}
