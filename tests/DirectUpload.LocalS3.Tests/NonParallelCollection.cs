namespace DirectUpload.LocalS3.Tests;

/// <summary>Tests beside which no other may run.</summary>
[CollectionDefinition(nameof(NonParallelCollection), DisableParallelization = true)]
public sealed class NonParallelCollection;
