using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Entente.Node.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class TaxiiRecords : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "RecordId",
                table: "taxii_objects",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "RecordsFor",
                table: "taxii_collections",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_taxii_objects_CollectionId_RecordId",
                table: "taxii_objects",
                columns: new[] { "CollectionId", "RecordId" });

            migrationBuilder.CreateIndex(
                name: "IX_records_ChangedAt",
                table: "records",
                column: "ChangedAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_taxii_objects_CollectionId_RecordId",
                table: "taxii_objects");

            migrationBuilder.DropIndex(
                name: "IX_records_ChangedAt",
                table: "records");

            migrationBuilder.DropColumn(
                name: "RecordId",
                table: "taxii_objects");

            migrationBuilder.DropColumn(
                name: "RecordsFor",
                table: "taxii_collections");
        }
    }
}
