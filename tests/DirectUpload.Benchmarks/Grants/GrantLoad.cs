using System.Diagnostics;
using DirectUpload.Benchmarks.Requests;

namespace DirectUpload.Benchmarks.Grants;

/// <summary>What a server did in a round: requests per second, and its processor time for each.</summary>
internal sealed record GrantResult(double PerSecond, double ProcessorMilliseconds);

/// <summary>Sends one operation to one server for about a second.</summary>
internal sealed class GrantLoad(IGrantServer server, GrantOperation operation)
{
    public const int Connections = 8;

    // Enough for a clock of processor time that advances by 10 ms, and few enough for memory.
    private const double Seconds = 1.5;
    private const int MaxCount = 40_000;

    // The compiler works in the background for seconds after a method is called often, and would take a quarter of a host's time.
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(5);

    private readonly byte[] _request = operation.CreateRequest(server.Prefix);
    private int _count;

    public IGrantServer Server => server;

    public GrantOperation Operation => operation;

    public List<GrantResult> Results { get; } = [];

    /// <summary>Lets the server compile what it needs, and finds out how many requests are enough.</summary>
    public async Task PrepareAsync()
    {
        using var client = new LoadClient(server.Port, Connections);
        client.Send(_request, operation.WarmupCount);
        var started = Stopwatch.GetTimestamp();
        client.Send(_request, operation.WarmupCount);
        var perSecond = operation.WarmupCount / Stopwatch.GetElapsedTime(started).TotalSeconds;
        _count = Math.Clamp((int)(perSecond * Seconds), Connections, MaxCount) / Connections * Connections;
        await server.ForgetAsync();
        while (Stopwatch.GetElapsedTime(started) < Warmup)
            await RunAsync();
        Results.Clear();
    }

    public async Task RunAsync()
    {
        // New connections, because a server may have closed idle ones.
        using var client = new LoadClient(server.Port, Connections);
        var (before, started) = (server.ProcessorTime, Stopwatch.GetTimestamp());
        client.Send(_request, _count);
        var (time, processor) = (Stopwatch.GetElapsedTime(started), server.ProcessorTime - before);
        Results.Add(new(_count / time.TotalSeconds, processor.TotalMilliseconds / _count));
        await server.ForgetAsync();
    }
}
