namespace DirectUpload.Client.Tests.Wire;

/// <summary>What becomes of a connection: after how many bytes, in which direction, it ends, and how.</summary>
internal sealed record ConnectionFault
{
    public bool Refuses { get; private init; }

    public bool Hangs { get; private init; }

    public bool Resets { get; private init; }

    public TimeSpan Delay { get; private init; }

    /// <summary>Bytes that get through to the server.</summary>
    public required long BytesToServer { get; init; }

    /// <summary>Bytes that get through to the client.</summary>
    public required long BytesToClient { get; init; }

    public static ConnectionFault Create(Random random)
    {
        var resets = random.Next(2) == 0;
        // Even the good ones don't last: else the client would soon use no others.
        var lasting = new ConnectionFault { BytesToServer = random.Next(10_000_000), BytesToClient = random.Next(40_000), Resets = resets };
        return random.Next(100) switch
        {
            < 5 => lasting with { Refuses = true },
            < 30 => lasting with { BytesToServer = CreateByteCount(random, 3_000_000) },
            < 45 => lasting with { BytesToClient = CreateByteCount(random, 6000) },
            < 47 => lasting with { BytesToServer = CreateByteCount(random, 500_000), Hangs = true },
            < 60 => lasting with { Delay = TimeSpan.FromMilliseconds(random.Next(1, 4)) },
            _ => lasting,
        };
    }

    // As likely in the first kilobyte as in the last megabyte.
    private static long CreateByteCount(Random random, int most) => (long)Math.Exp(random.NextDouble() * Math.Log(most));
}
