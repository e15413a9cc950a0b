using Amazon.Runtime;
using Amazon.S3;
using DirectUpload.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.EntityFrameworkCore.Tests;

/// <summary>A hundred requests of one owner at once, spread over two hosts: none gets past what is left.</summary>
public sealed class UploadQuotaDatabaseTests
{
    private const int Limit = 10;

    public static TheoryData<string, string> DatabasesAndQuotas => new MatrixTheoryData<string, string>(
        ["sqlite", "postgres"], ["pending uploads", "pending bytes", "total bytes", "requests a minute"]);

    [Theory]
    [MemberData(nameof(DatabasesAndQuotas))]
    public async Task Request_HundredConcurrently_StaysWithinTheQuota(string database, string quota)
    {
        var (connect, drop) = CreateDatabase(database);
        await using var one = CreateHost(connect, quota);
        await using var another = CreateHost(connect, quota);
        await one.GetRequiredService<IDirectUploadService>()
            .GetAsync(UploadId.Create(DateTimeOffset.UtcNow), UploadToken.Create(), TestContext.Current.CancellationToken);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => RequestAsync(number % 2 == 0 ? one : another)));
        while ((await RequestAsync(one)).Succeeded)
        {
            // Requests that crossed may all have been refused; the places are still there.
        }

        answers.Count(answer => answer.Succeeded).Should().BeLessThanOrEqualTo(Limit);
        answers.Where(answer => !answer.Succeeded).Should().OnlyContain(answer => answer.Error!.Code == UploadErrorCodes.QuotaExceeded);
        var kept = await one.GetRequiredService<IUploadRecordStore>()
            .ListAsync(UploadFilter.ForOwner("ada"), 1000, TestContext.Current.CancellationToken);
        kept.Should().HaveCount(Limit);
        await drop();
    }

    [Theory]
    [InlineData("sqlite", "none", 0)]
    [InlineData("sqlite", "all", 1)]
    [InlineData("postgres", "none", 0)]
    [InlineData("postgres", "all", 1)]
    public async Task Request_WithinItsQuotas_ExecutesOneQueryForAll(string database, string quota, int queries)
    {
        var (connect, drop) = CreateDatabase(database);
        var statements = new StatementRecorder();
        await using (var host = CreateHost(options => connect(options.AddInterceptors(statements)), quota))
        {
            await RequestAsync(host); // the table is there then
            statements.Queries.Clear();
            statements.Writes.Clear();

            (await RequestAsync(host)).Succeeded.Should().BeTrue();
        }

        statements.Writes.Should().ContainSingle().Which.Should().StartWith("INSERT INTO");
        statements.Queries.Should().HaveCount(queries);
        await drop();
    }

    private static Task<UploadResult<UploadGrant>> RequestAsync(ServiceProvider host) =>
        host.GetRequiredService<IDirectUploadService>().RequestAsync(
            new() { Profile = "notes", FileName = "a.txt", ContentType = "text/plain", Size = 100 }, new() { Owner = "ada" },
            cancellationToken: TestContext.Current.CancellationToken);

    private static ServiceProvider CreateHost(Action<DbContextOptionsBuilder> connect, string quota)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IAmazonS3>(new AmazonS3Client(
            new BasicAWSCredentials("AK", "SK"), new AmazonS3Config { ServiceURL = "http://127.0.0.1:1" }));
        services.AddDirectUploads(o =>
        {
            o.Bucket = "uploads";
            o.MaxRequestsPerMinutePerOwner = quota is "requests a minute" or "all" ? Limit : null;
            o.AddProfile("notes", notes =>
            {
                notes.ContentTypes.Add("text/plain");
                notes.MaxPendingUploadsPerOwner = quota is "pending uploads" or "all" ? Limit : null;
                notes.MaxPendingBytesPerOwner = quota is "pending bytes" or "all" ? Limit * 100 : null;
                notes.MaxStoredBytesPerOwner = quota is "total bytes" or "all" ? Limit * 100 : null;
            });
        }).UseEntityFrameworkCore(connect);
        return services.BuildServiceProvider();
    }

    private static (Action<DbContextOptionsBuilder> Connect, Func<ValueTask> Drop) CreateDatabase(string name)
    {
        if (name == "sqlite")
        {
            var file = new SqliteFile();
            return (o => o.UseSqlite(file.ConnectionString), () =>
            {
                file.Delete();
                return default;
            }
            );
        }

        var database = PostgresDatabase.Require();
        return (o => o.UseNpgsql(database.ConnectionString), database.DropAsync);
    }
}
