using DirectUpload.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.EntityFrameworkCore.Tests;

/// <summary>Ten instances start at once on a database that is not there yet, and write at once from then on.</summary>
public sealed class ConcurrentStartTests
{
    private const int Instances = 10;
    private const int Records = 30;

    [Fact]
    public async Task Start_TenInstancesOnSqlite_LeaseEachRecordOnce()
    {
        var file = new SqliteFile();
        await StartAsync(o => o.UseSqlite(file.ConnectionString));
        file.Delete();
    }

    [Fact]
    public async Task Start_TenInstancesOnPostgreSql_LeaseEachRecordOnce()
    {
        var database = PostgresDatabase.Require();
        await StartAsync(o => o.UseNpgsql(database.ConnectionString));
        await database.DropAsync();
    }

    [Fact]
    public async Task Start_TenInstancesWithRetries_LeaseEachRecordOnce()
    {
        var database = PostgresDatabase.Require();
        await StartAsync(o => o.UseNpgsql(database.ConnectionString, npgsql => npgsql.EnableRetryOnFailure()));
        await database.DropAsync();
    }

    private static async Task StartAsync(Action<DbContextOptionsBuilder> configure)
    {
        var providers = Enumerable.Range(0, Instances).Select(_ =>
        {
            var services = new ServiceCollection();
            services.AddDirectUploads().UseEntityFrameworkCore(configure);
            return services.BuildServiceProvider();
        }).ToList();

        await Task.WhenAll(providers.Select(provider => Task.Run(async () =>
        {
            var store = provider.GetRequiredService<IUploadRecordStore>();
            for (var number = 0; number < Records; number++)
            {
                var added = await store.AddAsync(TestData.CreateRecord() with { NextActionAt = TestData.Start });
                (await store.TryUpdateAsync(added with { Attempts = number }))!.Version.Should().Be(2);
            }
        })));

        var claims = await Task.WhenAll(providers.Select(provider => Task.Run(async () =>
        {
            var store = provider.GetRequiredService<IUploadRecordStore>();
            var claimed = new List<UploadId>();
            while (await store.LeaseDueAsync(TestData.Start, TestData.Start.AddMinutes(5), 7) is { Count: > 0 } some)
                claimed.AddRange(some.Select(record => record.Id));
            return claimed;
        })));
        claims.SelectMany(claimed => claimed).Should().OnlyHaveUniqueItems().And.HaveCount(Instances * Records);
        foreach (var provider in providers)
            await provider.DisposeAsync();
    }
}
