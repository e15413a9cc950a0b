using DirectUpload.DependencyInjection;
using DirectUpload.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.EntityFrameworkCore.Tests;

/// <summary>A database of its own, and stores on it that share nothing else.</summary>
internal sealed class Subject(Action<DirectUploadBuilder> register, Func<ValueTask> remove) : IStoreUnderTest
{
    private readonly List<ServiceProvider> _providers = [];

    public IUploadRecordStore Store { get; private set; } = null!;

    public static ValueTask<Subject> OpenAsync(Action<DbContextOptionsBuilder> configure, Func<ValueTask> remove) =>
        OpenAsync(builder => builder.UseEntityFrameworkCore(configure), remove);

    public static async ValueTask<Subject> OpenAsync(Action<DirectUploadBuilder> register, Func<ValueTask> remove)
    {
        var subject = new Subject(register, remove);
        subject.Store = await subject.OpenAnotherAsync(TestContext.Current.CancellationToken);
        return subject;
    }

    public ValueTask<IUploadRecordStore> OpenAnotherAsync(CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        register(services.AddDirectUploads());
        var provider = services.BuildServiceProvider();
        _providers.Add(provider);
        return new(provider.GetRequiredService<IUploadRecordStore>());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var provider in _providers)
            await provider.DisposeAsync();
        await remove();
    }
}
