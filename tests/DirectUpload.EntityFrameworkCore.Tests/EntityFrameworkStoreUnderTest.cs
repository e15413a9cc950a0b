using DirectUpload.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.EntityFrameworkCore.Tests;

/// <summary>A database of its own, and stores on it that share nothing else.</summary>
internal sealed class EntityFrameworkStoreUnderTest(Action<DirectUploadBuilder> register, Func<ValueTask> remove) : IStoreUnderTest
{
    private readonly List<ServiceProvider> _providers = [];

    public IUploadRecordStore Store { get; private set; } = null!;

    public static ValueTask<EntityFrameworkStoreUnderTest> OpenAsync(Action<DbContextOptionsBuilder> configure, Func<ValueTask> remove) =>
        OpenAsync(builder => builder.UseEntityFrameworkCore(configure), remove);

    public static async ValueTask<EntityFrameworkStoreUnderTest> OpenAsync(Action<DirectUploadBuilder> register, Func<ValueTask> remove)
    {
        var subject = new EntityFrameworkStoreUnderTest(register, remove);
        subject.Store = await subject.OpenSecondInstanceAsync(TestContext.Current.CancellationToken);
        return subject;
    }

    public ValueTask<IUploadRecordStore> OpenSecondInstanceAsync(CancellationToken cancellationToken)
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
