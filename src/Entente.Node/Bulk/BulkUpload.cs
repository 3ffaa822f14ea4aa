using System.Security.Cryptography;
using Entente.Desk;
using Entente.Desk.Rows;
using Entente.Lists;
using Entente.Lists.Containers;
using Entente.Node.Hosting;

namespace Entente.Node.Bulk;

/// <summary>A file that was received.</summary>
/// <param name="Bytes">Bytes sent.</param>
/// <param name="Sha256">SHA-256 of them, in lower-case hex.</param>
/// <param name="InputSha256">SHA-256 of what is screened: the same, or that of what was packed in it.</param>
internal sealed record ReceivedFile(long Bytes, string Sha256, string InputSha256);

/// <summary>Receives files to screen: as a stream to the disk, hashed on the way, bounded, unpacked, and looked into before they are taken.</summary>
internal static class BulkUpload
{
    private const int BufferBytes = 1 << 16;

    private const int LongestName = 200;

    /// <summary>A name for a file that is safe to keep and to show: without folders and control characters, not too long.</summary>
    /// <param name="given">What the caller calls it.</param>
    public static string NameOf(string? given)
    {
        var name = (given ?? "").Split('/', '\\')[^1];
        name = new string([.. name.Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && c is not ('"' or '<' or '>'))]).Trim();
        // The ending says what it is, so it stays.
        if (name.Length > LongestName)
            name = name[..(LongestName - 10)] + name[^10..];
        return name.Length == 0 ? "upload" : name;
    }

    /// <summary>Receives a file into the folder of a job.</summary>
    /// <param name="body">What is sent.</param>
    /// <param name="folder">The job's folder.</param>
    /// <param name="name">See <see cref="NameOf"/>.</param>
    /// <param name="contentType">What the request calls it.</param>
    /// <param name="schema">The schema of rows that name none.</param>
    /// <param name="most">Most bytes, sent and unpacked.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="RequestException">It is too large, or nothing that can be screened, or not what it says it is. What was received is to be removed.</exception>
    public static async Task<ReceivedFile> ReceiveAsync(Stream body, BulkFolder folder, string name, string? contentType, string schema, long most, CancellationToken cancel)
    {
        var upload = Path.Combine(folder.PartPath, "upload");
        var received = await WriteAsync(body, upload, name, most, cancel).ConfigureAwait(false);
        // Reading through a large file takes time that no other request should wait for.
        var unpacked = await Task.Run(() => TakeIn(upload, folder.PartPath, name, contentType, schema, most, cancel), cancel).ConfigureAwait(false);
        return new ReceivedFile(received.Bytes, received.Sha256, unpacked ?? received.Sha256);
    }

    private static async Task<(long Bytes, string Sha256)> WriteAsync(Stream body, string path, string name, long most, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        long bytes = 0;
        var file = NewFile(path);
        await using (file.ConfigureAwait(false))
        {
            while (await body.ReadAsync(buffer, cancel).ConfigureAwait(false) is > 0 and var read)
            {
                bytes += read;
                if (bytes > most)
                    throw TooLarge(name, most);
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancel).ConfigureAwait(false);
            }
            file.Flush(flushToDisk: true);
        }
        return (bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Unpacks what is packed, refuses what cannot be screened, and puts the rest in its place.</summary>
    /// <returns>SHA-256 of what was unpacked; null where nothing was.</returns>
    private static string? TakeIn(string upload, string folder, string name, string? contentType, string schema, long most, CancellationToken cancel)
    {
        try
        {
            var kind = KindOf(upload, name);
            UploadKinds.RefuseLies(kind, name, contentType);
            var inner = name;
            var isPacked = false;
            if (kind is UploadKind.Gzip or UploadKind.Zip)
            {
                var packed = upload;
                upload = Path.Combine(folder, "unpacked");
                using (var stream = new FileStream(packed, FileMode.Open, FileAccess.Read, FileShare.Read))
                {
                    PackedFile.Unpack(stream, name, ListLimits.Default with { MaxBytes = most }, path =>
                    {
                        inner = NameOf(path);
                        return NewFile(upload);
                    }, cancel);
                }
                File.Delete(packed);
                isPacked = true;
                kind = KindOf(upload, inner);
                if (kind is UploadKind.Gzip or UploadKind.Zip)
                    throw RequestException.Bad($"{name} holds another archive, {inner}. Pack the table or the JSON lines once.");
                UploadKinds.RefuseLies(kind, inner, null);
            }
            var input = Path.Combine(folder, "input" + UploadKinds.Ending(inner, kind));
            File.Move(upload, input);
            CheckRows(input, inner, schema);
            return isPacked ? HashOf(input, cancel) : null;
        }
        catch (ListFormatException fault)
        {
            throw RequestException.Bad($"{name}{(fault.Line is { } line ? $", line {line}" : "")}: {fault.Problem}");
        }
        catch (DeskException fault)
        {
            throw RequestException.Bad(fault.Message);
        }
    }

    /// <summary>Reads header and first row: what cannot be screened at all is refused at once.</summary>
    private static void CheckRows(string input, string name, string schema)
    {
        var shown = Path.GetFileNameWithoutExtension(name) + Path.GetExtension(input);
        using var rows = RowFile.Open(new FileStream(input, FileMode.Open, FileAccess.Read, FileShare.Read), shown, schema);
        if (!rows.Rows().Any())
            throw RequestException.Bad($"{name} has no row to screen.");
    }

    private static string HashOf(string path, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        var buffer = new byte[BufferBytes];
        while (file.Read(buffer) is > 0 and var read)
        {
            cancel.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static UploadKind KindOf(string path, string name)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var head = new byte[UploadKinds.HeadBytes];
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return UploadKinds.Of(head.AsSpan(0, length), name);
    }

    private static FileStream NewFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    private static RequestException TooLarge(string name, long most) =>
        new(413, $"{name} is larger than {most.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)} bytes, which is as much as this node takes (Entente:MaxUploadBytes). Send it in parts.");
}
