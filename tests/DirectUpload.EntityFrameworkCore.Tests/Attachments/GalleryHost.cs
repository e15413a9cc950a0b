using DirectUpload.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.EntityFrameworkCore.Tests.Attachments;

/// <summary>An application whose context contains the records.</summary>
internal sealed class GalleryHost : IAsyncDisposable
{
    public static readonly TimeSpan Retention = TimeSpan.FromHours(3);

    private readonly ServiceProvider _services;
    private readonly Func<ValueTask> _drop;

    private GalleryHost(ServiceProvider services, Func<ValueTask> drop, WriteHook hook) =>
        (_services, _drop, Hook) = (services, drop, hook);

    public WriteHook Hook { get; }

    public IUploadRecordStore Store => _services.GetRequiredService<IUploadRecordStore>();

    public IDirectUploadService Uploads => _services.GetRequiredService<IDirectUploadService>();

    public static async Task<GalleryHost> StartAsync(string database)
    {
        var (connect, drop) = Connect(database);
        var hook = new WriteHook();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddDbContextPool<GalleryContext>(options => connect(options.AddInterceptors(hook, hook.Saving)));
        services.AddDirectUploads(options =>
        {
            options.Bucket = "uploads";
            foreach (var name in new[] { "photos", "scans" })
            {
                options.AddProfile(name, profile =>
                {
                    profile.ContentTypes.Add("image/*");
                    (profile.RequireAttachment, profile.UnattachedRetention) = (true, Retention);
                });
            }
        }).UseEntityFrameworkCore<GalleryContext>();
        // An application of several modules may register it more than once.
        services.AddDirectUploads().UseEntityFrameworkCore<GalleryContext>();
        var host = new GalleryHost(services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true }), drop, hook);
        await host.RunAsync(context => context.Database.EnsureCreatedAsync());
        return host;
    }

    /// <summary>Runs a request of the application, in a scope of its own.</summary>
    public async Task RunAsync(Func<GalleryContext, Task> request)
    {
        await using var scope = _services.CreateAsyncScope();
        await request(scope.ServiceProvider.GetRequiredService<GalleryContext>());
    }

    public async Task<T> RunAsync<T>(Func<GalleryContext, Task<T>> request)
    {
        await using var scope = _services.CreateAsyncScope();
        return await request(scope.ServiceProvider.GetRequiredService<GalleryContext>());
    }

    /// <summary>Adds an upload that is ready, unless the test changes it.</summary>
    public async Task<UploadId> AddUploadAsync(string owner = "ada", Func<UploadRecord, UploadRecord>? change = null)
    {
        var now = DateTimeOffset.UtcNow;
        var record = TestData.CreateRecord(owner) with
        {
            Id = UploadId.Create(now),
            Status = UploadStatus.Ready,
            CreatedAt = now,
            UpdatedAt = now,
            GrantExpiresAt = now.AddMinutes(15),
            NextActionAt = now.AddMinutes(15),
            AttachBy = now + Retention,
        };
        record = record with { StagingKey = $"staging/{record.Id}.png", FinalKey = $"photos/{record.Id}.png" };
        return (await Store.AddAsync(change?.Invoke(record) ?? record)).Id;
    }

    public async Task<UploadRecord> GetAsync(UploadId id) => (await Store.FindAsync(id))!;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _drop();
    }

    private static (Action<DbContextOptionsBuilder> Connect, Func<ValueTask> Drop) Connect(string database)
    {
        if (database == "sqlite")
        {
            var file = new SqliteFile();
            return (options => options.UseSqlite(file.ConnectionString), () =>
            {
                file.Delete();
                return default;
            }
            );
        }

        var postgres = PostgresDatabase.Require();
        return database == "postgres with retries"
            ? (options => options.UseNpgsql(postgres.ConnectionString, npgsql => npgsql.EnableRetryOnFailure()), postgres.DropAsync)
            : (options => options.UseNpgsql(postgres.ConnectionString), postgres.DropAsync);
    }
}
