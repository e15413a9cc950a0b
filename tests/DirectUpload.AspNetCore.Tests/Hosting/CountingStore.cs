using System.Reflection;
using DirectUpload.Stores;

namespace DirectUpload.AspNetCore.Tests.Hosting;

/// <summary>A store that counts what is asked of it.</summary>
public class CountingStore : DispatchProxy
{
    private readonly Dictionary<string, int> counts = [];
    private IUploadRecordStore? store;

    /// <summary>What a find throws, if anything.</summary>
    public Exception? FindException { get; set; }

    public static (IUploadRecordStore Store, CountingStore Counts) Wrap(IUploadRecordStore store)
    {
        var proxy = Create<IUploadRecordStore, CountingStore>();
        var counted = (CountingStore)(object)proxy;
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

    /// <summary>The calls since the last <see cref="Reset"/>, such as "Find 1, TryUpdate 3".</summary>
    public string Summary
    {
        get
        {
            lock (counts)
                return string.Join(", ", counts.Select(it => $"{it.Key.Replace("Async", "")} {it.Value}").Order(StringComparer.Ordinal));
        }
    }

    public void Reset()
    {
        lock (counts)
            counts.Clear();
    }

    public int Finds => this[nameof(IUploadRecordStore.FindAsync)];

    public int Updates => this[nameof(IUploadRecordStore.TryUpdateAsync)];

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        lock (counts)
            counts[targetMethod!.Name] = counts.GetValueOrDefault(targetMethod.Name) + 1;
        return targetMethod.Name == nameof(IUploadRecordStore.FindAsync) && FindException is { } fault
            ? throw fault
            : targetMethod.Invoke(store, args);
    }
}
