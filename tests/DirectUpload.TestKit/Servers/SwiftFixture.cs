namespace DirectUpload.TestKit;

/// <summary>Provides the OpenStack Swift that tests/run started.</summary>
/// <remarks>
/// Its configuration allows CORS for every origin, because Swift has no PutBucketCors. It has neither sessions nor topics: it refuses the
/// credentials and the ARN that tests get here, and those tests expect the refusal.
/// </remarks>
public sealed class SwiftFixture : S3ServerFixture
{
    public override string VirtualHostSuffix => SwiftEngine.Require().VirtualHostSuffix;

    public override S3Features Lacks => S3Features.Forms | S3Features.ConditionalWrites | S3Features.Checksums | S3Features.Acls
        | S3Features.Events | S3Features.CorsRules | S3Features.PartsEndOnCompletion;

    /// <summary>Swift treats such a request as one of its own API, which has other paths.</summary>
    public override int UnauthenticatedStatus => 400;

    public override Task<string> CreateTopicAsync() => Task.FromResult($"arn:aws:sns:{Region}:000000000000:tests");

    public override Task<S3Session> IssueSessionAsync() => Task.FromResult(
        new S3Session(Access with { AccessKey = $"session:{Guid.NewGuid():N}", SecretKey = "none" }, "none"));

    protected override Task<string> CreateTopicForAsync(string bucket, Uri endpoint) => CreateTopicAsync();

    protected override Task<S3Access?> StartAsync() => Task.FromResult(SwiftEngine.Find()?.Access);

    protected override Exception CreateUnavailableException()
    {
        SwiftEngine.Require();
        return new InvalidOperationException("InitializeAsync was not called");
    }
}
