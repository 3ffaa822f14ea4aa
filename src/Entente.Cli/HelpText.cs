using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Entente.Desk;

namespace Entente.Cli;

/// <summary>The help: what System.CommandLine writes, and below it examples that can be copied.</summary>
internal static class HelpText
{
    private static readonly Dictionary<string, string> Examples = new(StringComparer.Ordinal)
    {
        ["entente"] = """
            Start here:
              entente screen Ahmed Fictional          is this name on the list?
              entente lists update                    fetch the current UN list
              entente compare "Oussama" "Usama"       how alike are two names, and why?
              entente serve                           a node with pages and an API, on this machine
              entente audit verify                    is the record of a node whole?
              entente screen --help                   more examples

            Exit codes: 0 done, 1 failed, 2 bad usage, 3 something matched (screen --fail-on-match).
            Settings:   ENTENTE_DATA_DIR is the folder for installed lists; NO_COLOR turns colours off.
            """,
        ["screen"] = """
            One name:
              entente screen Oussama Ben Laden
              entente screen "أسامة بن لادن" --birth-date 1957 --nationality sa

            Words without quotes are one name. As soon as one argument contains a space, every
            argument is a name of its own:
              entente screen "Oussama Ben Laden" "Jane Doe"

            Many names, from a table or JSON lines, answered in input order, one JSON line each:
              entente screen --input people.csv --output hits.jsonl
              Columns are known by their usual names: name or full_name; first_name, middle_name,
              last_name; birth_date; nationality; gender; place_of_birth; document; schema; id.
              After Ctrl-C or a crash, the same command with --resume goes on where it stopped.

            Other lists, and use in scripts:
              entente screen --list un.xml --list ours.jsonl --schema Organization "Acme Trading"
              entente screen --format json --fail-on-match "Jane Doe" || echo "look closer"

            Dates: 1970-12-31, 1970-12 or 1970. Countries: a code (sa, SAU) or a name.
            A score of 0.70 or more is called a match. A match is a question, not a verdict:
            the evidence below each score says what speaks for and against it.
            """,
        ["compare"] = """
            Two names:
              entente compare "Mouammar Kadhafi" "معمر القذافي"
              entente compare --schema Company "Rosneft OAO" "Роснефть"

            A table of pairs, for evaluation, with columns name1, name2 and (if you like) schema:
              entente compare --input pairs.csv --output scores.csv
              All columns come back unchanged and in order; `score` is added as the last.
            """,
        ["lists"] = """
            Examples:
              entente lists update                    fetch all installed lists (at first: the UN list)
              entente lists update us-ofac-sdn gb-ukl fetch these, and use them from now on
              entente lists add eu-list.xml           install a list from a file
              entente lists status                    what is installed, and how old it is
              entente lists diff un-sc                who was added, removed and amended
              entente lists rollback un-sc            go back to the version before
            """,
        ["add"] = """
            Examples:
              entente lists add consolidated.xml
              entente lists add sdn.csv               with alt.csv and add.csv beside it
              entente lists add ours.jsonl --dataset ours --title "Our own list"
              entente lists add https://partner.example/list.jsonl --dataset partner
              entente lists add opensanctions:us_ofac_sdn

            A file is copied. An address is fetched now, and by `entente lists update` from then on.
            """,
        ["update"] = """
            Examples:
              entente lists update
              entente lists update un-sc us-ofac-sdn
              entente lists update un-sc --url https://mirror.example/consolidated.xml
              entente lists update --accept un-sc

            A new version is checked before it is used. If anything is wrong with it, the version in
            use stays in use. One that is suspicious - it shrank by a third, is older, is another list
            or format, or was rolled back from - is held back until you say --accept. A list that
            fails does not stop the others; the exit code is 1 at the end.
            """,
        ["diff"] = """
            Examples:
              entente lists diff un-sc                          the version before, and the one in use
              entente lists diff un-sc current held             what --accept would change
              entente lists diff un-sc 2026-01-15 2026-02-27
              entente lists diff old.xml new.xml --format json  one JSON line for each change
            """,
        ["rollback"] = """
            Examples:
              entente lists rollback un-sc
              entente lists rollback un-sc 2026-01-15
              entente lists rollback un-sc 1a2b3c4d

            The version you leave is kept. If an update fetches it again, it is held until you accept
            it; a newer version is taken.
            """,
        ["serve"] = """
            Examples:
              entente serve                                     http://127.0.0.1:8080, for this machine only
              entente serve --data /var/lib/entente --urls http://127.0.0.1:9000
              entente serve --postgres "Host=db;Database=entente;Username=entente"

            For others to reach it, give it a certificate (or put a proxy that has one before it):
              export Kestrel__Certificates__Default__Path=/etc/entente/node.pem
              export Kestrel__Certificates__Default__KeyPath=/etc/entente/node.key
              entente serve --urls https://0.0.0.0:8443

            It screens against the lists in its data folder, and takes new ones by itself when
            `entente lists update` (say, from cron) has fetched them. While nobody has an account it
            prints a link, once, to set up the first administrator.

            Everything can be set in appsettings.json, beside the program or in the data folder, section
            "Entente"; in the environment it is written ENTENTE__POSTGRES, ENTENTE__MAXUPLOADBYTES and so
            on, which goes before the file. The command line goes before both.

            Ctrl-C or SIGTERM: it ends what it has begun. Bulk jobs go on at the next start.
            Exit codes: 0 stopped when asked, 1 could not start (stderr says why), 2 bad usage.
            """,
        ["taxii"] = """
            The key goes in the environment, never on the command line, where others could read it:
              export ENTENTE_TAXII_KEY=...
              entente taxii collections https://node.example.org/taxii2/
              entente taxii fetch https://node.example.org/taxii2/ --collection 91a7b528-80eb-42ed-a74d-c6fbd5a26116 --output theirs.jsonl
              entente screen --list theirs.jsonl "Jane Doe"
            """,
        ["collections"] = """
            Examples:
              entente taxii collections https://node.example.org/taxii2/
              entente taxii collections https://node.example.org/taxii2/ --format json

            The key is read from ENTENTE_TAXII_KEY and sent to this server alone.
            """,
        ["fetch"] = """
            Examples:
              entente taxii fetch https://node.example.org/taxii2/ --collection ID --output theirs.jsonl
              entente taxii fetch https://node.example.org/taxii2/ --collection ID --format stix --output theirs.json
              entente taxii fetch https://node.example.org/taxii2/ --collection ID --added-after 2026-03-01T09:00:00Z --output new.jsonl

            What was taken back by its maker is told of, and is in no FollowTheMoney file. Fetch the whole
            again, without --added-after, to be rid of it in a file that you screen against.
            Markings travel with what they mark: in each line as `marking`, in the bundle as they stand.
            """,
        ["audit"] = """
            A node records who was screened against what, who decided what, and every change of lists,
            settings and accounts. Each entry holds a hash over itself and the entry before.
              entente audit verify                    nothing changed, left out, moved or cut off?
              entente audit replay 0198f3a2...        does the same come out again?
              entente audit export --output trail.jsonl
              entente audit verify trail.jsonl        on any machine, without the node
            """,
        ["verify"] = """
            Examples:
              entente audit verify
              entente audit verify --data /var/lib/entente --head 48211:9f2c...
              entente audit verify --postgres "Host=db;Database=entente;Username=auditor"
              entente audit verify trail.jsonl

            It reads all entries, while the node works, and names each that does not hold. Whoever may
            write to the database can cut off the end, or make the whole trail anew: that shows only
            against a head that was kept elsewhere. The node writes its head to its log at start, at stop
            and daily, and to the file audit-head in the data folder, which is compared by itself.

            Exit codes: 0 the trail is whole, 1 it is not (or cannot be read), 2 bad usage.
            """,
        ["replay"] = """
            Examples:
              entente audit replay 0198f3a2b4c57d0e9a1b2c3d4e5f6071
              entente audit replay 0198f3a2b4c57d0e9a1b2c3d4e5f6071 --format json

            What was asked stands in the trail, the lists of then in the data folder. With the same build
            of the program every score is the same, to the last digit; if it is not, or lists or engine
            are not those of then, it says what differs. The replay itself is recorded.

            Exit codes: 0 the same, 1 not the same or not possible, 2 bad usage.
            """,
        ["export"] = """
            Examples:
              entente audit export --output trail.jsonl
              entente audit export --from 4000 --to 4999 > part.jsonl

            One line says what it is, then one line for each entry, with its hashes. It holds personal data.
            The format, and how to verify it with twenty lines of Python: docs/audit.md.
            """,
        ["link"] = """
            Examples:
              entente accounts link salma
              entente accounts link salma --data /var/lib/entente
              sudo -u entente entente accounts link salma --postgres "Host=db;Database=entente;Username=entente"

            For the administrator who lost the password, or is locked out, when nobody else can make a link
            on the pages. Whoever can read the node's data can do this, and nobody else; it is recorded.
            The node may be running.
            """,
        ["backup"] = """
            Examples:
              entente backup /srv/backup/entente-$(date +%F).tar.gz
              entente backup entente.tar --data /var/lib/entente

            In it: the database as it is at one moment, all versions of the lists, uploads and results.
            The file may be read by you alone, and holds personal data: keep it as safe as the node.
            A database on PostgreSQL is not in it: use pg_dump for that.
            """,
        ["restore"] = """
            Examples:
              entente restore entente-2026-01-31.tar.gz --data /var/lib/entente
              entente restore entente.tar --data /tmp/look --head 48211:9f2c...

            The folder must be empty or not there. Every file is compared with its hash, and the audit
            trail is verified, before anything is put in place.
            """,
    };

    /// <summary>Puts the examples into the help of a command and of all below it.</summary>
    /// <param name="root">The whole command.</param>
    public static void Install(RootCommand root)
    {
        foreach (var option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction help } helpOption)
                helpOption.Action = new HelpWithExamples(help);
            if (option is VersionOption version)
                version.Action = new SayVersion();
        }
    }

    private sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            usual.MaxWidth = 100;
            usual.Invoke(parseResult);
            var command = parseResult.CommandResult.Command;
            var key = command is RootCommand ? "entente" : command.Name;
            if (Examples.TryGetValue(key, out var examples))
                parseResult.InvocationConfiguration.Output.WriteLine(examples);
            return ExitCodes.Done;
        }
    }

    private sealed class SayVersion : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine($"entente {EngineVersion.Text}");
            return ExitCodes.Done;
        }
    }
}
