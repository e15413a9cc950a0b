using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DirectUpload.EntityFrameworkCore.Tests.Start;

/// <summary>What a developer sees at the first start.</summary>
public sealed class FirstStartTests(LocalS3Fixture s3) : IClassFixture<LocalS3Fixture>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_EmptyDatabase_LogsNoWarningAndNoIdleSql(bool postgres)
    {
        var lines = new CapturedLog();
        var (file, database) = (new SqliteFile(), postgres ? PostgresDatabase.Require() : null);
        await using (var app = await UploadApp.StartAsync(s3.S3, s3.Bucket, new()
        {
            Services = services =>
            {
                services.AddLogging(logging => logging.AddProvider(lines));
                services.AddDirectUploads()
                    .UseEntityFrameworkCore(o => _ = database is null
                        ? o.UseSqlite(file.ConnectionString)
                        : o.UseNpgsql(database.ConnectionString))
                    .AddWorker(worker => worker.PollInterval = TimeSpan.FromMilliseconds(100));
            },
        }))
        {
            var bytes = TestFiles.Png();
            var grant = await app.Client.GrantAsync(TestUploadRequest.FromPicture(bytes));
            (await new StorageClient(s3.Http).UploadAsync(grant, bytes)).ShouldBe(200);
            (await app.Client.ConfirmAsync(grant)).ShouldBe(200);
            await app.Store.CountPendingAsync("picture", "ada", DateTimeOffset.UtcNow);
            await app.Store.GetBacklogAsync(DateTimeOffset.UtcNow, 10);
            var worker = app.Services.GetRequiredService<UploadWorker>();
            for (var (looks, last) = (0, worker.LastPolledAt); looks < 3;)
            {
                await Task.Delay(20);
                if (worker.LastPolledAt != last)
                    (looks, last) = (looks + 1, worker.LastPolledAt);
            }
        }

        lines.WarningsAndErrors.Should().BeEmpty();
        lines.All.Should().NotContain(
            line => line.Contains("EntityFrameworkCore", StringComparison.Ordinal) && line.Contains("SELECT", StringComparison.Ordinal));
        file.Delete();
        if (database is not null)
            await database.DropAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_MissingMigration_ThrowsWithTheCommandToRun(bool postgres)
    {
        var (file, database) = (new SqliteFile(), postgres ? PostgresDatabase.Require() : null);
        await using var provider = Provide(file, database);
        await ExecuteAsync(provider, context => context.Database.EnsureCreatedAsync());
        await ExecuteAsync(provider, context => context.Database.ExecuteSqlRawAsync("ALTER TABLE direct_uploads RENAME TO other"));

        var missing = await FluentActions.Awaiting(() => StartAsync(provider)).Should().ThrowAsync<InvalidOperationException>();
        missing.Which.Message.Should().Be(
            "The database of AppContext has no table \"direct_uploads\" for upload records. Add a migration and apply it: "
            + "dotnet ef migrations add DirectUploads --context AppContext && dotnet ef database update --context AppContext");

        await ExecuteAsync(provider, context => context.Database.ExecuteSqlRawAsync("ALTER TABLE other RENAME TO direct_uploads"));
        await StartAsync(provider);
        await ExecuteAsync(
            provider, context => context.Database.ExecuteSqlRawAsync("ALTER TABLE direct_uploads RENAME COLUMN notify_until TO gone"));
        var lacking = await FluentActions.Awaiting(() => StartAsync(provider)).Should().ThrowAsync<InvalidOperationException>();
        lacking.Which.Message.Should().Contain("lacks the columns notify_until").And.Contain("dotnet ef migrations add");
        await provider.DisposeAsync();
        file.Delete();
        if (database is not null)
            await database.DropAsync();
    }

    [Fact]
    public async Task Start_DatabaseUnavailable_Succeeds()
    {
        var services = new ServiceCollection();
        var lines = new CapturedLog();
        services.AddLogging(logging => logging.AddProvider(lines));
        services.AddDbContext<AppContext>(o => o.UseNpgsql("Host=127.0.0.1;Port=9;Timeout=2;Username=nobody"));
        services.AddDirectUploads(o =>
        {
            o.Bucket = "examplebucket";
            o.AddProfile("avatar", avatar => avatar.ContentTypes.Add("image/*"));
        }).UseEntityFrameworkCore<AppContext>();
        await using var provider = services.BuildServiceProvider();

        await StartAsync(provider);

        lines.WarningsAndErrors.Should().Contain(line => line.Contains("Database of AppContext was unavailable", StringComparison.Ordinal));
    }

    private static ServiceProvider Provide(SqliteFile file, PostgresDatabase? database)
    {
        var services = new ServiceCollection();
        services.AddDbContext<AppContext>(
            o => _ = database is null ? o.UseSqlite(file.ConnectionString) : o.UseNpgsql(database.ConnectionString));
        services.AddDirectUploads(o =>
        {
            o.Bucket = "examplebucket";
            o.AddProfile("avatar", avatar => avatar.ContentTypes.Add("image/*"));
        }).UseEntityFrameworkCore<AppContext>();
        return services.BuildServiceProvider();
    }

    private static async Task ExecuteAsync(ServiceProvider provider, Func<AppContext, Task> act)
    {
        await using var scope = provider.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<AppContext>());
    }

    private static async Task StartAsync(ServiceProvider provider)
    {
        foreach (var service in provider.GetServices<IHostedService>())
            await service.StartAsync(default);
    }

    private sealed class AppContext(DbContextOptions<AppContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseDirectUploads();
    }
}
