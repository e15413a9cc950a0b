namespace DirectUpload.Benchmarks.Grants;

/// <summary>A server, in a process of its own, that grants uploads by Companion's protocol.</summary>
internal interface IGrantServer : IAsyncDisposable
{
    int Port { get; }

    /// <summary>What comes before the paths of the protocol.</summary>
    string Prefix { get; }

    TimeSpan ProcessorTime { get; }

    /// <summary>Forgets the uploads of a round, so that no round carries those before it in memory.</summary>
    Task ForgetAsync();
}
