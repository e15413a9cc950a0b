using System.Collections.Concurrent;
using System.Diagnostics;

namespace DirectUpload.Crash.Host;

/// <summary>The places between two effects at which a process can die: each has a name, and a number each time it is passed.</summary>
internal sealed class FaultPoints(string? dieAt, string? log, OffsetClock clock)
{
    private readonly ConcurrentDictionary<string, int> _passed = new();
    private readonly Lock _writing = new();

    /// <summary>Does something with a fault point before and one after it.</summary>
    public async Task<T> AroundAsync<T>(string name, Func<Task<T>> effect)
    {
        Pass($"{name}, before");
        var result = await effect();
        Pass($"{name}, after");
        return result;
    }

    public void Pass(string name)
    {
        var ahead = clock.Offset;
        var later = ahead.TotalDays >= 1
            ? $"{ahead.TotalDays:F0} {(ahead.TotalDays < 1.5 ? "day" : "days")} later: "
            : ahead.TotalHours >= 1 ? $"{ahead.TotalHours:F0} hours later: "
            : string.Empty;
        var point = $"{later}{name} #{_passed.AddOrUpdate(name, 1, (_, times) => times + 1)}";
        if (log is not null)
        {
            lock (_writing)
                File.AppendAllText(log, point + Environment.NewLine);
        }

        if (point != dieAt)
            return;
        // SIGKILL: no handler runs, and no buffer of ours is written.
        Process.GetCurrentProcess().Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
