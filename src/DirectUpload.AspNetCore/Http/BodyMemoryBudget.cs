namespace DirectUpload.AspNetCore.Http;

/// <summary>
/// Limits the memory that request bodies use in this process, regardless of the number of connections. The first 4 KiB of each body are
/// free, so that ordinary requests are read while large ones are refused.
/// </summary>
/// <remarks>Callers who sent a valid token, ticket or secret have a separate budget, which other callers cannot use up.</remarks>
internal sealed class BodyMemoryBudget(long total)
{
    /// <summary>The size up to which a body needs no budget, in bytes.</summary>
    public const int FreeBytes = 4 * 1024;

    private const long MinBytes = 8 * 1024 * 1024;
    private const long MaxBytes = 64 * 1024 * 1024;

    private long _available = total;

    /// <summary>Gets the budget for bodies that are read before the sender is authenticated.</summary>
    public static BodyMemoryBudget Unauthenticated { get; } = new(GetProcessLimit());

    /// <summary>Gets the budget for bodies whose sender has sent a valid token, ticket or secret.</summary>
    public static BodyMemoryBudget Authenticated { get; } = new(GetProcessLimit());

    /// <summary>Reserves a number of bytes; false if the budget does not have them.</summary>
    public bool TryReserve(long bytes)
    {
        if (Interlocked.Add(ref _available, -bytes) >= 0)
            return true;
        Release(bytes);
        return false;
    }

    public void Release(long bytes) => Interlocked.Add(ref _available, bytes);

    // A sixteenth of the memory that the garbage collector may use: 24 MiB in a container of 512 MiB.
    private static long GetProcessLimit() => Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 16, MinBytes, MaxBytes);
}
