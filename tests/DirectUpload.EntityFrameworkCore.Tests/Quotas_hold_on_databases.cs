using Amazon.Runtime;
using Amazon.S3;
using DirectUpload.Records;
using DirectUpload.Uploads;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.EntityFrameworkCore.Tests;

/// <summary>A hundred requests of one owner at once, spread over two hosts: none gets past what is left.</summary>
public sealed class Quotas_hold_on_databases
{
    private const int Places = 10;

    public static TheoryData<string, string> Races => new MatrixTheoryData<string, string>(["sqlite", "postgres"], ["pending uploads", "pending bytes", "total bytes", "requests a minute"]);

    [Theory]
    [MemberData(nameof(Races))]
    public async Task Against_a_hundred_requests_at_once(string database, string quota)
    {
        var (connect, drop) = Database(database);
        await using var one = Host(connect, quota);
        await using var another = Host(connect, quota);
        await one.GetRequiredService<DirectUploadService>().GetAsync(UploadId.New(DateTimeOffset.UtcNow), UploadToken.New(), TestContext.Current.CancellationToken);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => RequestAsync(number % 2 == 0 ? one : another)));
        while ((await RequestAsync(one)).Succeeded)
        {
            // Requests that crossed may all have been refused; the places are still there.
        }

        answers.Count(answer => answer.Succeeded).Should().BeLessThanOrEqualTo(Places);
        answers.Where(answer => !answer.Succeeded).Should().OnlyContain(answer => answer.Error!.Reason == UploadErrorReason.QuotaExceeded);
        var kept = await one.GetRequiredService<IUploadRecordStore>().ListByOwnerAsync("ada", 1000, null, TestContext.Current.CancellationToken);
        kept.Should().HaveCount(Places);
        await drop();
    }

    private static Task<UploadResult<UploadGrant>> RequestAsync(ServiceProvider host) => host.GetRequiredService<DirectUploadService>().RequestAsync(
        new() { Profile = "notes", FileName = "a.txt", ContentType = "text/plain", Size = 100 }, new() { Owner = "ada" }, TestContext.Current.CancellationToken);

    private static ServiceProvider Host(Action<DbContextOptionsBuilder> connect, string quota)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IAmazonS3>(new AmazonS3Client(new BasicAWSCredentials("AK", "SK"), new AmazonS3Config { ServiceURL = "http://127.0.0.1:1" }));
        services.AddDirectUploads(o =>
        {
            o.Bucket = "uploads";
            o.MaxRequestsPerMinute = quota == "requests a minute" ? Places : null;
            o.AddProfile("notes", notes =>
            {
                notes.ContentTypes.Add("text/plain");
                notes.MaxPendingUploads = quota == "pending uploads" ? Places : null;
                notes.MaxPendingBytes = quota == "pending bytes" ? Places * 100 : null;
                notes.MaxTotalBytes = quota == "total bytes" ? Places * 100 : null;
            });
        }).UseEntityFrameworkCore(connect);
        return services.BuildServiceProvider();
    }

    private static (Action<DbContextOptionsBuilder> Connect, Func<ValueTask> Drop) Database(string name)
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
