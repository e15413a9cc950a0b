namespace DirectUpload.Security.Tests;

/// <summary>What measures memory or fills the machine runs while nothing else does.</summary>
[CollectionDefinition(nameof(SequentialTestCollection), DisableParallelization = true)]
public sealed class SequentialTestCollection;
