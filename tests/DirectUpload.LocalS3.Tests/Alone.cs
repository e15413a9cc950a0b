namespace DirectUpload.LocalS3.Tests;

/// <summary>Tests beside which no other may run.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
