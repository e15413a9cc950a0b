namespace DirectUpload.AspNetCore.Bodies;

/// <summary>
/// Limits the memory that request bodies take in this process, however many connections send them. The first 4 KiB of each body are free, so that ordinary requests
/// are read while large ones are refused.
/// </summary>
/// <remarks>Callers who have shown a token, a ticket or a secret have a budget of their own, which callers without proof cannot use up.</remarks>
internal sealed class BodyBudget(long total)
{
    /// <summary>The size up to which a body needs no budget, in bytes.</summary>
    public const int Free = 4 * 1024;

    private const long Least = 8 * 1024 * 1024;
    private const long Most = 64 * 1024 * 1024;

    private long _left = total;

    /// <summary>For bodies that are read before anything is known of their sender.</summary>
    public static BodyBudget Unproven { get; } = new(OfThisProcess());

    /// <summary>For bodies whose sender has shown a token, a ticket or a secret.</summary>
    public static BodyBudget Proven { get; } = new(OfThisProcess());

    /// <summary>Takes that many bytes, or none.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _left, -bytes) >= 0)
            return true;
        Return(bytes);
        return false;
    }

    public void Return(long bytes) => Interlocked.Add(ref _left, bytes);

    // A sixteenth of what the garbage collector may use: 24 MiB in a container of 512 MiB.
    private static long OfThisProcess() => Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 16, Least, Most);
}
