using Amazon.DynamoDBv2;
using DirectUpload.DynamoDB;
using DirectUpload.StoreConformance;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

/// <summary>Registers record stores.</summary>
internal static class Stores
{
    public static void OwnDatabase(WebApplicationBuilder builder)
    {
        builder.Services.AddDirectUploads().UseEntityFrameworkCore(o => o.UseSqlite("Data Source=uploads.db")).AddWorker();
    }

    public static void DatabaseOfTheApplication(WebApplicationBuilder builder)
    {
        builder.Services.AddDirectUploads().UseEntityFrameworkCore<AppDbContext>().AddWorker();
    }

    public static void DynamoDB(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IAmazonDynamoDB>(new AmazonDynamoDBClient());   // the AWS SDK finds region and credentials

        builder.Services.AddDirectUploads().UseDynamoDB(o => o.TableName = "direct-uploads").AddWorker();
    }

    public static void DynamoDBTables(WebApplicationBuilder builder)
    {
        var options = new DynamoDBStoreOptions { TableName = "direct-uploads" };
        File.WriteAllText("direct-uploads-table.json", DynamoDBTable.CreateCloudFormationTemplate(options));

        builder.Services.AddDirectUploads().UseDynamoDB(o => o.CreateTableIfMissing = true).AddWorker();
    }
}

/// <summary>Represents an application context with the table of uploads.</summary>
public sealed class AppDbContext(DbContextOptions<AppDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.UseDirectUploads();   // the table direct_uploads, in your next migration
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.UseDirectUploads();
}

/// <summary>Runs the conformance tests on a store.</summary>
public sealed class MyStoreTests : RecordStoreSuite
{
    protected override StoreConformanceOptions Options { get; } = new() { OwnerListLag = TimeSpan.FromSeconds(5) };

    protected override async ValueTask<IStoreUnderTest> CreateAsync(CancellationToken cancellationToken) =>
        await MyStoreUnderTest.StartAsync(cancellationToken); // a separate, empty file, schema or table
}

internal static class MyStoreUnderTest
{
    public static Task<IStoreUnderTest> StartAsync(CancellationToken cancellationToken) =>
        Task.FromException<IStoreUnderTest>(new NotSupportedException($"{cancellationToken}"));
}
