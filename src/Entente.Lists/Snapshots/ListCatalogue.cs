namespace Entente.Lists.Snapshots;

/// <summary>The official lists that Entente knows: whose they are, the law behind them, and where they are published.</summary>
public static class ListCatalogue
{
    private const string OfacExports = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/";

    /// <summary>The UN Security Council's consolidated list, XML, in English.</summary>
    public static ListSource UnitedNations { get; } = new(
        "un-sc",
        "United Nations Security Council Consolidated List",
        "United Nations Security Council",
        "UN Charter, Chapter VII, Article 41; Security Council resolutions 1267 (1999), 1988 (2011), 2253 (2015) and those of the other sanctions regimes",
        new Uri("https://scsanctions.un.org/resources/xml/en/consolidated.xml"));

    /// <summary>Every known list, in the order in which they are shown.</summary>
    public static IReadOnlyList<ListSource> All { get; } =
    [
        UnitedNations,
        new("eu-fsf", "EU Consolidated Financial Sanctions List", "European Commission",
            "Treaty on European Union, Article 29; Treaty on the Functioning of the European Union, Article 215; the Council regulations made under them", null)
        {
            Instead = "The Commission gives every user an address with a token of their own. Sign in at https://webgate.ec.europa.eu/fsd/fsf and copy the address of the XML file (version 1.1), then run `entente lists add \"ADDRESS\" --dataset eu-fsf`; or download the file and run `entente lists add FILE`.",
        },
        new("us-ofac-sdn", "OFAC Specially Designated Nationals and Blocked Persons List", "US Department of the Treasury, Office of Foreign Assets Control",
            "International Emergency Economic Powers Act (50 U.S.C. 1701); 31 CFR chapter V", new Uri(OfacExports + "SDN_ADVANCED.XML")),
        new("us-ofac-cons", "OFAC Consolidated (non-SDN) Sanctions List", "US Department of the Treasury, Office of Foreign Assets Control",
            "International Emergency Economic Powers Act (50 U.S.C. 1701); 31 CFR chapter V", new Uri(OfacExports + "CONS_ADVANCED.XML")),
        new("gb-ukl", "UK Sanctions List", "UK Foreign, Commonwealth and Development Office",
            "Sanctions and Anti-Money Laundering Act 2018", new Uri("https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.xml")),
        new("fr-gels", "Registre national des gels", "France, Direction générale du Trésor",
            "Code monétaire et financier, articles L. 562-1 and following", new Uri("https://gels-avoirs.dgtresor.gouv.fr/ApiPublic/api/v1/publication/derniere-publication-fichier-json")),
        new("ch-seco", "Swiss sanctions list", "Switzerland, State Secretariat for Economic Affairs (SECO)",
            "Embargo Act of 22 March 2002 (SR 946.231)", new Uri("https://www.sesam.search.admin.ch/sesam-search-web/pages/downloadXmlGesamtliste.xhtml?lang=en&action=downloadXmlGesamtlisteAction")),
        new("au-dfat", "Australian Sanctions Consolidated List", "Australia, Department of Foreign Affairs and Trade",
            "Charter of the United Nations Act 1945; Autonomous Sanctions Act 2011", new Uri("https://www.dfat.gov.au/sites/default/files/Australian_Sanctions_Consolidated_List.xlsx")),
        new("ca-sema", "Consolidated Canadian Autonomous Sanctions List", "Global Affairs Canada",
            "Special Economic Measures Act; Justice for Victims of Corrupt Foreign Officials Act", new Uri("https://www.international.gc.ca/world-monde/assets/office_docs/international_relations-relations_internationales/sanctions/sema-lmes.xml")),
        new("ru-rfm", "List of organisations and persons linked with extremism or terrorism", "Russian Federation, Rosfinmonitoring",
            "Federal Law 115-FZ of 7 August 2001, article 6", null)
        {
            Instead = "Rosfinmonitoring gives the XML file to Russian reporting organisations only, in their account at https://portal.fedsfm.ru; others may save the page https://www.fedsfm.ru/documents/terrorists-catalog-portal-act. Then run `entente lists add FILE`.",
        },
    ];

    /// <summary>The list with this dataset id, or null where there is none.</summary>
    public static ListSource? Find(string dataset) =>
        All.FirstOrDefault(source => source.Dataset.Equals(dataset, StringComparison.OrdinalIgnoreCase));

    /// <summary>A dataset of OpenSanctions, as FollowTheMoney JSON lines. Free for non-commercial use; others need their licence.</summary>
    /// <param name="name">Its name there, such as <c>us_ofac_sdn</c>; also its dataset id here.</param>
    /// <exception cref="ArgumentException">No dataset there can have this name.</exception>
    public static ListSource OpenSanctions(string name) => SnapshotStore.IsDatasetId(name)
        ? new ListSource(name, $"OpenSanctions: {name}", "OpenSanctions", null, new Uri($"https://data.opensanctions.org/datasets/latest/{name}/entities.ftm.json"))
        : throw new ArgumentException($"'{name}' is no name of an OpenSanctions dataset: lower-case letters, digits and underscores, such as us_ofac_sdn.", nameof(name));
}
