using System.Globalization;
using Entente.Exchange.Marked;
using Entente.Exchange.Stix;
using Entente.Node.Store;
using Entente.Node.Taxii;
using Entente.Records;
using Entente.Records.Markings;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Entente.Taxii;

/// <summary>Records of nobody: of ten, six are for everybody, three for one partner, and one for another.</summary>
internal sealed class MadeUpCollection(NodeStore store, string collection, int objects)
{
    public const string Reader = "node-reader", Other = "node-other";

    private const int AtOnce = 2000;

    private static readonly DateTimeOffset First = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly (string Nodes, Audience Audience, Tlp Tlp)[] Audiences =
    [
        (TaxiiStore.Write(Audience.Anyone), Audience.Anyone, Tlp.Green),
        (TaxiiStore.Write(Audience.Of([Reader])), Audience.Of([Reader]), Tlp.Amber),
        (TaxiiStore.Write(Audience.Of([Other])), Audience.Of([Other]), Tlp.Red),
    ];

    /// <summary>Puts the records straight into the tables, which takes a minute where the node's own way takes hours.</summary>
    public async Task FillAsync(CancellationToken cancel)
    {
        await using var db = store.Open();
        var there = await db.TaxiiObjects.CountAsync(item => item.CollectionId == collection, cancel).ConfigureAwait(false);
        if (there >= objects)
            return;
        if (there > 0)
            throw new InvalidOperationException("The collection was filled halfway. Begin with another folder.");
        for (var number = 0; number < Audiences.Length; number++)
            db.TaxiiAudiences.Add(new TaxiiAudience { CollectionId = collection, Number = number + 1, Nodes = Audiences[number].Nodes });
        await db.SaveChangesAsync(cancel).ConfigureAwait(false);
        var rows = Enumerable.Range(0, objects).Chunk(AtOnce).SelectMany(chunk => chunk.AsParallel().AsOrdered().Select(Make).ToArray());
        await db.Database.OpenConnectionAsync(cancel).ConfigureAwait(false);
        if (db.Database.GetDbConnection() is NpgsqlConnection server)
            await CopyAsync(server, rows, cancel).ConfigureAwait(false);
        else
            Insert((SqliteConnection)db.Database.GetDbConnection(), rows);
    }

    private TaxiiObject Make(int number)
    {
        var audience = (number % 10) switch { 9 => 2, >= 6 => 1, _ => 0 };
        var name = string.Create(CultureInfo.InvariantCulture, $"Invented {number:D7} al-Nahri");
        var entity = new EntityBuilder(string.Create(CultureInfo.InvariantCulture, $"own-{number}"), number % 7 == 0 ? "Organization" : "Person", "own")
            .Add("name", name).Add("alias", string.Create(CultureInfo.InvariantCulture, $"النهري {number}"), "ara").Add("birthDate", string.Create(CultureInfo.InvariantCulture, $"{1940 + (number % 60)}"))
            .Add("nationality", "sy").Add("passportNumber", string.Create(CultureInfo.InvariantCulture, $"N {number:D7}")).Build();
        var marking = new Marking
        {
            Originator = "node-bench",
            Tlp = Audiences[audience].Tlp,
            Audience = Audiences[audience].Audience,
            LegalBasis = "S/RES/2253 (2015)",
            Purpose = "counter-terrorism",
            Category = entity.Schema == "Person" ? EntityCategory.Suspect : EntityCategory.Organisation,
            Grade = SourceGrade.TryParse("B2", out var grade) ? grade : default,
            Expires = new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero),
        };
        var item = StixWriter.Write([new StixSource(new MarkedEntity(entity, marking), First, First)])[^1].Item;
        return new TaxiiObject
        {
            CollectionId = collection,
            Added = TaxiiStore.Microseconds(First) + number,
            ObjectId = item.Id,
            Version = item.Version.UtcTicks,
            Type = item.Type,
            IsFirst = true,
            IsLast = true,
            Audience = audience + 1,
            Tlp = marking.Tlp,
            Expires = marking.Expires,
            Json = item.ToString(),
        };
    }

    private static void Insert(SqliteConnection connection, IEnumerable<TaxiiObject> rows)
    {
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = """INSERT INTO taxii_objects ("CollectionId","Added","ObjectId","Version","Type","IsFirst","IsLast","Revoked","Audience","Tlp","Expires","Json") VALUES ($0,$1,$2,$3,$4,1,1,0,$5,$6,$7,$8)""";
        var values = Enumerable.Range(0, 9).Select(number => command.Parameters.Add(new SqliteParameter { ParameterName = string.Create(CultureInfo.InvariantCulture, $"${number}") })).ToArray();
        foreach (var row in rows)
        {
            object[] said = [row.CollectionId, row.Added, row.ObjectId, row.Version, row.Type, row.Audience, row.Tlp.ToString(), row.Expires!.Value.ToUnixTimeMilliseconds(), row.Json]; // made with an end
            for (var i = 0; i < said.Length; i++)
                values[i].Value = said[i];
            command.ExecuteNonQuery();
        }
        transaction.Commit();
        using var analyze = connection.CreateCommand();
        analyze.CommandText = "ANALYZE";
        analyze.ExecuteNonQuery();
    }

    private static async Task CopyAsync(NpgsqlConnection connection, IEnumerable<TaxiiObject> rows, CancellationToken cancel)
    {
        await using (var writer = await connection.BeginBinaryImportAsync("""COPY taxii_objects ("CollectionId","Added","ObjectId","Version","Type","IsFirst","IsLast","Revoked","Audience","Tlp","Expires","Json") FROM STDIN (FORMAT BINARY)""", cancel).ConfigureAwait(false))
        {
            foreach (var row in rows)
            {
                await writer.StartRowAsync(cancel).ConfigureAwait(false);
                await writer.WriteAsync(row.CollectionId, cancel).ConfigureAwait(false);
                await writer.WriteAsync(row.Added, cancel).ConfigureAwait(false);
                await writer.WriteAsync(row.ObjectId, cancel).ConfigureAwait(false);
                await writer.WriteAsync(row.Version, cancel).ConfigureAwait(false);
                await writer.WriteAsync(row.Type, cancel).ConfigureAwait(false);
                await writer.WriteAsync(1, NpgsqlDbType.Integer, cancel).ConfigureAwait(false);
                await writer.WriteAsync(1, NpgsqlDbType.Integer, cancel).ConfigureAwait(false);
                await writer.WriteAsync(false, cancel).ConfigureAwait(false);
                await writer.WriteAsync(row.Audience, NpgsqlDbType.Integer, cancel).ConfigureAwait(false);
                await writer.WriteAsync(row.Tlp.ToString(), cancel).ConfigureAwait(false);
                await writer.WriteAsync(row.Expires!.Value.ToUnixTimeMilliseconds(), cancel).ConfigureAwait(false); // made with an end
                await writer.WriteAsync(row.Json, cancel).ConfigureAwait(false);
            }
            await writer.CompleteAsync(cancel).ConfigureAwait(false);
        }
        await using var analyze = new NpgsqlCommand("ANALYZE taxii_objects", connection);
        await analyze.ExecuteNonQueryAsync(cancel).ConfigureAwait(false);
    }
}
