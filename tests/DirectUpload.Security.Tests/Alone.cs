namespace DirectUpload.Security.Tests;

/// <summary>What measures memory or fills the machine runs while nothing else does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
