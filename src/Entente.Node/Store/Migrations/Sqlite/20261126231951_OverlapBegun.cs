using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Entente.Node.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OverlapBegun : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Begun",
                table: "overlap_runs",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Begun",
                table: "overlap_runs");
        }
    }
}
