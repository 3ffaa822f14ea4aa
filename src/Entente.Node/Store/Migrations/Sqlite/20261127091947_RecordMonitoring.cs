using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Entente.Node.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class RecordMonitoring : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "IsMonitored",
                table: "records",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "record_monitoring",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Policy = table.Column<string>(type: "TEXT", nullable: false),
                    SubjectsThrough = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_record_monitoring", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_records_IsMonitored_State_Id",
                table: "records",
                columns: new[] { "IsMonitored", "State", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "record_monitoring");

            migrationBuilder.DropIndex(
                name: "IX_records_IsMonitored_State_Id",
                table: "records");

            migrationBuilder.DropColumn(
                name: "IsMonitored",
                table: "records");
        }
    }
}
