using Entente.Desk;
using Entente.Desk.Rows;
using Entente.Lists;
using Entente.Node.Access;
using Entente.Node.Hosting;
using Entente.Node.Store;
using Entente.Records;

namespace Entente.Node.Subjects;

/// <summary>What an import came to.</summary>
/// <param name="Import">Its id, as the audit trail has it: <c>import:ID</c>.</param>
/// <param name="Rows">Rows read.</param>
/// <param name="Added">Subjects added.</param>
/// <param name="Changed">Subjects whose facts changed.</param>
/// <param name="Unchanged">Subjects that were there with the same facts.</param>
/// <param name="Failed">Rows that could not be taken; each was reported in its place.</param>
/// <param name="Alerts">Alerts that were raised or reopened.</param>
internal sealed record ImportSummary(string Import, long Rows, long Added, long Changed, long Unchanged, long Failed, long Alerts);

/// <summary>A row of an import that could not be taken, or of which something was not understood.</summary>
internal sealed record ImportRemark(long Row, string? Reference, string? Error, string[] Warnings);

/// <summary>Puts a file of subjects in the book, row by row in bounded memory.</summary>
/// <remarks>What was taken stays when it breaks off; the same file again takes up where it ended, as rows that are there are passed over.</remarks>
internal sealed class SubjectImport(SubjectBook book, NodeOptions options, TimeProvider clock)
{
    /// <summary>Imports a file.</summary>
    /// <param name="actor">Who does.</param>
    /// <param name="content">CSV, TSV or JSON lines; it needs a column <c>id</c>, which is the reference.</param>
    /// <param name="fileName">What the file is called; its ending may say what it is.</param>
    /// <param name="schema">The schema of rows that name none.</param>
    /// <param name="remark">Told of bad rows, in file order.</param>
    /// <param name="cancel">Ends it after the rows at work.</param>
    /// <exception cref="RequestException">It is no such file, or too large.</exception>
    public async Task<ImportSummary> ImportAsync(Actor actor, Stream content, string fileName, string schema, Func<ImportRemark, Task> remark, CancellationToken cancel)
    {
        var import = NodeId.New(clock.GetUtcNow());
        var folder = Directory.CreateDirectory(Path.Combine(options.DataFolder, "imports"));
        var path = Path.Combine(folder.FullName, import + ".part");
        try
        {
            // To the disk first: a slow sender holds up nobody, and a file is read at the pace of the store.
            await using (var spool = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
                await CopyAsync(content, spool, options.MaxUploadBytes, cancel).ConfigureAwait(false);
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16);
            using var rows = RowFile.Open(file, fileName, schema);
            return await ImportAsync(actor, import, rows, remark, cancel).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is DeskException or ListFormatException)
        {
            throw RequestException.Bad(fault.Message.Replace(path, fileName, StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private async Task<ImportSummary> ImportAsync(Actor actor, string import, RowFile rows, Func<ImportRemark, Task> remark, CancellationToken cancel)
    {
        var summary = new ImportSummary(import, 0, 0, 0, 0, 0, 0);
        var batch = new Dictionary<string, SubjectEntry>(StringComparer.Ordinal);
        foreach (var unread in rows.Rows())
        {
            cancel.ThrowIfCancellationRequested();
            var row = unread.Read();
            summary = summary with { Rows = summary.Rows + 1 };
            var fault = row.Fault ?? Fault(row);
            if (fault is not null || !row.Warnings.IsEmpty)
                await remark(new ImportRemark(row.Number, row.Id, fault, [.. row.Warnings])).ConfigureAwait(false);
            if (fault is not null)
            {
                summary = summary with { Failed = summary.Failed + 1 };
                continue;
            }
            if (batch.ContainsKey(row.Id!) || batch.Count == SubjectBook.MostAtOnce)
                summary = await PutAsync(actor, batch, summary, cancel).ConfigureAwait(false);
            batch.Add(row.Id!, new SubjectEntry(row.Id!, row.Query!));
        }
        return await PutAsync(actor, batch, summary, cancel).ConfigureAwait(false);
    }

    private async Task<ImportSummary> PutAsync(Actor actor, Dictionary<string, SubjectEntry> batch, ImportSummary summary, CancellationToken cancel)
    {
        if (batch.Count == 0)
            return summary;
        var change = await book.PutAsync(actor, [.. batch.Values], summary.Import, cancel).ConfigureAwait(false);
        batch.Clear();
        return summary with
        {
            Added = summary.Added + change.Subjects.Count(one => one.Effect == SubjectEffect.Added),
            Changed = summary.Changed + change.Subjects.Count(one => one.Effect == SubjectEffect.Changed),
            Unchanged = summary.Unchanged + change.Subjects.Count(one => one.Effect == SubjectEffect.Unchanged),
            Alerts = summary.Alerts + change.Alerts.Count(one => one.Effect is Alerts.AlertEffect.Raised or Alerts.AlertEffect.Reopened),
        };
    }

    private static string? Fault(ScreeningRow row)
    {
        if (row.Id is null)
            return "the row has no reference: a column 'id' is needed, so that the subject is known again";
        try
        {
            SubjectBook.CheckReference(row.Id);
        }
        catch (RequestException problem)
        {
            return problem.Message;
        }
        return Schemata.IsMatchable(row.Query!.Schema) ? null : $"'{row.Query.Schema}' is not a schema of somebody or something that is listed";
    }

    private static async Task CopyAsync(Stream from, Stream to, long most, CancellationToken cancel)
    {
        var buffer = new byte[1 << 16];
        var total = 0L;
        while (await from.ReadAsync(buffer, cancel).ConfigureAwait(false) is > 0 and var count)
        {
            total += count;
            if (total > most)
                throw new RequestException(413, $"The file is larger than {most:N0} bytes.");
            await to.WriteAsync(buffer.AsMemory(0, count), cancel).ConfigureAwait(false);
        }
    }
}
