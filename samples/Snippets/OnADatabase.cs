using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

/// <summary>Records in a relational database.</summary>
internal static class OnADatabase
{
    public static void OfItsOwn(WebApplicationBuilder builder)
    {
        builder.Services.AddDirectUploads().UseEntityFrameworkCore(o => o.UseSqlite("Data Source=uploads.db")).AddWorker();
    }

    public static void OfTheApplication(WebApplicationBuilder builder)
    {
        builder.Services.AddDirectUploads().UseEntityFrameworkCore<AppDbContext>().AddWorker();
    }
}

public sealed class AppDbContext(DbContextOptions<AppDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.UseDirectUploads();   // the table direct_uploads, in your next migration
    }
}
