using System.Collections.Concurrent;
using DirectUpload.Records;
using DirectUpload.StoreConformance;

namespace DirectUpload.Tests.Records.Proof;

/// <summary>Tries every case on every broken store, once.</summary>
public sealed class FaultRun : IAsyncLifetime
{
    private static readonly StoreTraits Traits = new() { HistoriesTime = TimeSpan.FromSeconds(0.2) };

    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _caughtBy = new();

    internal static IReadOnlyList<Type> Faults { get; } =
        [.. typeof(SoundStore).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(SoundStore))).OrderBy(type => type.Name)];

    /// <summary>The names of the cases that fail on it.</summary>
    public IReadOnlyList<string> CaughtBy(string fault) => _caughtBy[fault];

    public async ValueTask InitializeAsync() => await Parallel.ForEachAsync(
        Faults, TestContext.Current.CancellationToken, async (fault, cancellation) => _caughtBy[fault.Name] = await CatchAsync(fault, cancellation));

    public ValueTask DisposeAsync() => default;

    private static async Task<IReadOnlyList<string>> CatchAsync(Type fault, CancellationToken cancellation)
    {
        var caught = new List<string>();
        foreach (var @case in StoreCase.All)
        {
            try
            {
                await @case.RunAsync(new Shared(fault), Traits, cancellation);
            }
            catch (Exception)
            {
                caught.Add(@case.Name);
            }
        }

        return caught;
    }
}

/// <summary>Two instances of one kind of store on the same rows.</summary>
internal sealed record Shared(Type Kind) : IStoreUnderTest
{
    private readonly Rows _rows = new();
    private IUploadRecordStore? _store;

    public IUploadRecordStore Store => _store ??= Open();

    public ValueTask<IUploadRecordStore> OpenAnotherAsync(CancellationToken cancellationToken) => new(Open());

    public ValueTask DisposeAsync() => default;

    private IUploadRecordStore Open() => (IUploadRecordStore)Activator.CreateInstance(Kind, _rows)!;
}
