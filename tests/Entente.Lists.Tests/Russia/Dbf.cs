using System.Buffers.Binary;
using System.Text;

namespace Entente.Lists.Tests.Russia;

/// <summary>Writes small tables of dBASE III.</summary>
internal static class Dbf
{
    public static readonly (string Name, int Length)[] Columns =
    [
        ("NUMBER", 8), ("TERROR", 1), ("TU", 1), ("NAMEU", 60), ("DESCRIPT", 30), ("KODCR", 5), ("KODCN", 5), ("AMR", 30), ("ADRESS", 30),
        ("KD", 2), ("SD", 10), ("RG", 20), ("ND", 12), ("VD", 30), ("GR", 8), ("YR", 4), ("MR", 30), ("CB_DATE", 8), ("CE_DATE", 8),
        ("DIRECTOR", 20), ("FOUNDER", 20), ("ROW_ID", 6), ("TERRTYPE", 30),
    ];

    public static byte[] Write(Encoding encoding, byte driver, params Dictionary<string, string>[] rows) => WriteColumns(encoding, driver, Columns, rows);

    public static byte[] WriteColumns(Encoding encoding, byte driver, (string Name, int Length)[] columns, params Dictionary<string, string>[] rows)
    {
        var recordLength = 1 + columns.Sum(column => column.Length);
        var headerLength = 32 + (32 * columns.Length) + 1;
        var bytes = new List<byte>(new byte[headerLength]);
        var header = new byte[headerLength];
        (header[0], header[1], header[2], header[3]) = (3, 131, 2, 3); // 2031-02-03
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), rows.Length);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(8), (short)headerLength);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(10), (short)recordLength);
        header[29] = driver;
        for (var i = 0; i < columns.Length; i++)
        {
            Encoding.ASCII.GetBytes(columns[i].Name, header.AsSpan(32 + (32 * i)));
            header[32 + (32 * i) + 11] = (byte)'C';
            header[32 + (32 * i) + 16] = (byte)columns[i].Length;
        }
        header[^1] = 0x0D;
        bytes.Clear();
        bytes.AddRange(header);
        foreach (var row in rows)
        {
            bytes.Add((byte)(row.ContainsKey("deleted") ? '*' : ' '));
            foreach (var (name, length) in columns)
                bytes.AddRange(encoding.GetBytes(row.GetValueOrDefault(name, "").PadRight(length)[..length]));
        }
        bytes.Add(0x1A);
        return [.. bytes];
    }

    // Not registered for the whole process: a reader must know its encodings by itself.
    public static Encoding Cp866 => CodePagesEncodingProvider.Instance.GetEncoding(866)!;

    public static Encoding Windows1251 => CodePagesEncodingProvider.Instance.GetEncoding(1251)!;
}
