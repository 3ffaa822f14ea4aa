namespace Entente.Names.Structure;

/// <summary>What bears a name: it decides how the name is read.</summary>
public enum NameKind
{
    /// <summary>A person.</summary>
    Person,

    /// <summary>An organisation, company or public body.</summary>
    Organisation,

    /// <summary>A thing with a proper name: a vessel, an aircraft.</summary>
    Thing,
}
