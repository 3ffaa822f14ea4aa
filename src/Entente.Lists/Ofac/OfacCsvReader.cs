using System.Globalization;

namespace Entente.Lists.Ofac;

/// <summary>Reads <c>sdn.csv</c> or <c>cons_prim.csv</c>, and what lies beside it: aliases, addresses, and remarks that were too long.</summary>
internal sealed class OfacCsvReader
{
    // A remark of this length goes on in the file of comments.
    private const int LongestRemark = 1000;

    private readonly OfacList _list;
    private readonly string _file;
    private readonly SiblingFiles _siblings;
    private readonly ListLimits _limits;

    private OfacCsvReader(string file, SiblingFiles siblings, ListLimits limits)
    {
        _list = new OfacList(file, limits, "csv");
        _file = file;
        _siblings = siblings;
        _limits = limits;
    }

    /// <summary>Reads the list.</summary>
    /// <param name="stream">The file of entries.</param>
    /// <param name="file">Its name.</param>
    /// <param name="limits">Bounds, for each of the files.</param>
    /// <param name="siblings">The files beside it.</param>
    public static ListFile Read(Stream stream, string file, ListLimits limits, SiblingFiles siblings) =>
        new OfacCsvReader(file, siblings, limits).Read(stream);

    /// <summary>Says which file to give instead of a file of aliases or addresses.</summary>
    public static ListFile RefusePart(Stream stream, string file, ListLimits limits) => throw new ListFormatException(file, null, null,
        "these are the aliases or addresses of an OFAC list without its entries. Give sdn.csv (or cons_prim.csv) instead; the files beside it are read with it.");

    private ListFile Read(Stream stream)
    {
        var comments = ReadComments();
        var cut = new List<OfacRow>();
        foreach (var row in OfacRows.Read(stream, _file, 12, _limits))
            ReadEntry(row, comments, cut);
        if (cut.Count > 0)
        {
            _list.Warn(cut[0].Line, cut[0].Uid ?? "", string.Create(CultureInfo.InvariantCulture,
                $"the remarks of {cut.Count:N0} entries are cut off at {LongestRemark:N0} characters by the publisher; the rest is in {NameBeside("comments")}, which does not lie beside this file."));
        }

        ReadPart("alt", "aliases", 5, static (entry, row) =>
        {
            var (last, given) = entry.IsPerson && row.Fields[3] is { } name ? OfacNames.Split(name) : (row.Fields[3], null);
            OfacNames.AddAlias(entry, row.Fields[2], weak: false, last, given, row.Line);
            entry.Subject.Add("notes", row.Fields[4] is { } remark ? $"Alias {row.Fields[3]}: {remark}" : null);
        });
        ReadPart("add", "addresses", 6, static (entry, row) =>
            OfacAddresses.Add(entry, new OfacAddress(row.Fields[2], null, null, null, row.Fields[4]) { CityLine = row.Fields[3], Remarks = row.Fields[5] }));
        return _list.Complete();
    }

    private void ReadEntry(OfacRow row, Dictionary<string, string> comments, List<OfacRow> cut)
    {
        var fields = row.Fields;
        var entry = _list.Begin(row.Uid, fields[2] ?? "entity", row.Line);
        var (last, given) = entry.IsPerson && fields[1] is { } name ? OfacNames.Split(name) : (fields[1], null);
        OfacNames.AddMain(entry, last, given);
        // Several programmes read 'SDGT] [IFSR'.
        foreach (var program in fields[3]?.Split("] [", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])
            entry.AddProgram(program.Trim('[', ']'));
        if (fields[4] is { } title)
            entry.AddTitle(title);
        AddVessel(entry, row);
        if (fields[11] is not { } remarks)
            return;

        var more = comments.GetValueOrDefault(row.Uid!);
        if (more is not null)
        {
            remarks = row.Last.TrimStart() + more;
        }
        else if (row.Last.Length >= LongestRemark && !remarks.EndsWith('.'))
        {
            // What is cut in the middle is no fact: half a number would match the wrong one.
            cut.Add(row);
            var whole = remarks.LastIndexOf(';');
            entry.Subject.Add("notes", remarks[(whole + 1)..].Trim() + " [cut off by the publisher]");
            remarks = whole < 0 ? "" : remarks[..whole];
        }
        remarks = remarks.TrimEnd();
        OfacRemarks.Add(entry, remarks.EndsWith('.') ? remarks[..^1] : remarks, row.Line);
    }

    private static void AddVessel(OfacEntry entry, OfacRow row)
    {
        ReadOnlySpan<string> labels = ["Vessel Call Sign", "Vessel Type", "Vessel Tonnage", "Vessel Gross Registered Tonnage", "Vessel Flag", "Vessel Owner"];
        for (var i = 0; i < labels.Length; i++)
        {
            if (row.Fields[5 + i] is { } value)
                OfacFacts.Add(entry, new OfacFact(labels[i], value, row.Line));
        }
    }

    // Rows of entries that this list does not have come from files of different days. They are left out: nobody is listed by an alias alone.
    private void ReadPart(string part, string what, int columns, Action<OfacEntry, OfacRow> read)
    {
        var name = NameBeside(part);
        using var stream = _siblings.Open(name);
        if (stream is null)
        {
            _list.Warn(1, "", $"{name} does not lie beside this file, so that the {what} are missing.");
            return;
        }
        var orphans = 0;
        OfacRow? first = null;
        foreach (var row in OfacRows.Read(new GuardedStream(stream, name, _limits), name, columns, _limits))
        {
            if (_list.Find(row.Uid) is { } entry)
            {
                read(entry, row);
            }
            else
            {
                orphans++;
                first ??= row;
            }
        }
        if (first is not null)
        {
            _list.Warn(first.Line, first.Uid ?? "", string.Create(CultureInfo.InvariantCulture,
                $"{orphans:N0} rows of {name} are of entries that this list does not have, and were left out (the first: {first.Uid}). The files are of different days; fetch them together."));
        }
    }

    private Dictionary<string, string> ReadComments()
    {
        var comments = new Dictionary<string, string>(StringComparer.Ordinal);
        var name = NameBeside("comments");
        using var stream = _siblings.Open(name);
        if (stream is null)
            return comments; // said where it is missed
        foreach (var row in OfacRows.Read(new GuardedStream(stream, name, _limits), name, 2, _limits))
        {
            if (row.Fields[1] is not null)
                comments[row.Uid!] = comments.GetValueOrDefault(row.Uid!) + row.Last;
        }
        return comments;
    }

    // sdn.csv has alt.csv, add.csv and sdn_comments.csv beside it; cons_prim.csv has cons_alt.csv and so on.
    private string NameBeside(string part)
    {
        var name = Path.GetFileName(_file);
        var at = name.LastIndexOf("cons_prim", StringComparison.OrdinalIgnoreCase);
        if (at >= 0)
            return string.Concat(name.AsSpan(0, at), "cons_", part, name.AsSpan(at + 9));
        var own = part == "comments" ? "sdn_comments" : part;
        at = name.LastIndexOf("sdn", StringComparison.OrdinalIgnoreCase);
        return at >= 0 ? string.Concat(name.AsSpan(0, at), own, name.AsSpan(at + 3)) : own + ".csv";
    }
}
