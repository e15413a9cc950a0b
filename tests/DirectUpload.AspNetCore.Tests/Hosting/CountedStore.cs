using System.Reflection;
using DirectUpload.Records;

namespace DirectUpload.AspNetCore.Tests.Hosting;

/// <summary>A store that counts what is asked of it.</summary>
public class CountedStore : DispatchProxy
{
    private readonly Dictionary<string, int> counts = [];
    private IUploadRecordStore? store;

    /// <summary>What a find throws, if anything.</summary>
    public Exception? Fault { get; set; }

    public static (IUploadRecordStore Store, CountedStore Counts) Around(IUploadRecordStore store)
    {
        var proxy = Create<IUploadRecordStore, CountedStore>();
        var counted = (CountedStore)(object)proxy;
        counted.store = store;
        return (proxy, counted);
    }

    public int this[string verb]
    {
        get
        {
            lock (counts)
                return counts.GetValueOrDefault(verb);
        }
    }

    public int Finds => this[nameof(IUploadRecordStore.FindAsync)];

    public int Updates => this[nameof(IUploadRecordStore.TryUpdateAsync)];

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        lock (counts)
            counts[targetMethod!.Name] = counts.GetValueOrDefault(targetMethod.Name) + 1;
        return targetMethod.Name == nameof(IUploadRecordStore.FindAsync) && Fault is { } fault ? throw fault : targetMethod.Invoke(store, args);
    }
}
