extern alias Mvc;

using Microsoft.EntityFrameworkCore;
using Mvc::MvcSample.Data;

namespace DirectUpload.Samples.Tests;

/// <summary>The migration of samples/Mvc, which contains the library's table.</summary>
public sealed class MvcMigrationTests
{
    [Fact]
    public async Task Migrations_ContainTheWholeModel()
    {
        await using var db = new ApplicationDbContext(
            new DbContextOptionsBuilder<ApplicationDbContext>().UseSqlite("Data Source=:memory:").Options);

        db.Database.HasPendingModelChanges().Should().BeFalse("after a change of the model, run: dotnet ef migrations add");
    }
}
