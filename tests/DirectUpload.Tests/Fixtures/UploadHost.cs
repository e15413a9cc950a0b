using System.Text;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using DirectUpload.Storage;
using DirectUpload.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Tests.Fixtures;

/// <summary>The library as a host has it, with one profile "notes", a bucket in memory and a clock that stands still.</summary>
internal sealed class UploadHost : IAsyncDisposable
{
    public const string Text = "hello, world";

    private readonly ServiceProvider _provider;

    public UploadHost(
        FakeBucket? bucket = null, Action<UploadProfile>? profile = null, Action<DirectUploadOptions>? options = null,
        TimeProvider? clock = null,
        IUploadRecordStore? store = null, Action<IServiceCollection>? configure = null)
    {
        Bucket = bucket ?? new FakeBucket();
        var services = new ServiceCollection();
        services.AddSingleton(clock ?? Clock);
        services.AddSingleton<IAmazonS3>(new AmazonS3Client(
            new BasicAWSCredentials("AK", "SK"), new AmazonS3Config { RegionEndpoint = RegionEndpoint.EUWest1 }));
        services.AddDirectUploads(it =>
        {
            it.Bucket = "examplebucket";
            it.AddProfile("notes", notes =>
            {
                foreach (var type in new[] { "text/plain", "image/png", "image/svg+xml", "text/html", "application/pdf" })
                    notes.ContentTypes.Add(type);
                profile?.Invoke(notes);
            });
            options?.Invoke(it);
        }).UseInMemoryStore();
        if (store is not null)
            services.Replace(ServiceDescriptor.Singleton(store));
        services.Replace(ServiceDescriptor.Singleton(new UploadBuckets(_ => Bucket)));
        configure?.Invoke(services);
        _provider = services.BuildServiceProvider();
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public FakeBucket Bucket { get; }

    public IDirectUploadService Service => _provider.GetRequiredService<IDirectUploadService>();

    public UploadWorker Worker => _provider.GetRequiredService<UploadWorker>();

    public IServiceProvider Services => _provider;

    public IUploadRecordStore Store => _provider.GetRequiredService<IUploadRecordStore>();

    public static UploadRequest Request { get; } = new()
    {
        Profile = "notes",
        FileName = "note.txt",
        ContentType = "text/plain",
        Size = Text.Length,
    };

    public async Task<UploadGrant> GrantAsync(UploadRequest? request = null, string? owner = "ada")
    {
        var granted = await Service.RequestAsync(request ?? Request, new UploadCaller { Owner = owner });
        granted.Error.Should().BeNull();
        return granted.Value!;
    }

    /// <summary>Grants, and uploads what was promised.</summary>
    public async Task<UploadGrant> UploadAsync(string text = Text)
    {
        var grant = await GrantAsync(Request with { Size = Encoding.UTF8.GetByteCount(text) });
        Bucket.Put(grant.Record.StagingKey, text);
        return grant;
    }

    public async Task<UploadGrant> ReadyAsync()
    {
        var grant = await UploadAsync();
        (await ConfirmAsync(grant)).Value!.Status.Should().Be(UploadStatus.Ready);
        return grant;
    }

    public Task<UploadResult<Upload>> ConfirmAsync(UploadGrant grant) => Service.ConfirmAsync(grant.Record.Id, grant.WriteToken);

    public async Task<UploadRecord> GetRecordAsync(UploadGrant grant) => (await Store.FindAsync(grant.Record.Id))!;

    public async Task<UploadStatus> GetStatusAsync(UploadGrant grant) => (await GetRecordAsync(grant)).Status;

    public Task<int> RunWorkerAtAsync(TimeSpan sinceStart)
    {
        Clock.SetUtcNow(Clock.Start + sinceStart);
        return Worker.RunOnceAsync();
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();
}
