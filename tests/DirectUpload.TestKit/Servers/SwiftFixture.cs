namespace DirectUpload.TestKit;

/// <summary>
/// OpenStack Swift as tests/run started it. Its configuration opens CORS to every origin, because Swift has no PutBucketCors. It has no
/// sessions and no topics either: the credentials and the ARN that tests get here are refused, which is what those tests then observe.
/// </summary>
public sealed class SwiftFixture : S3ServerFixture
{
    public override string VirtualHostSuffix => SwiftEngine.Require().VirtualHostSuffix;

    public override S3Features Lacks => S3Features.Forms | S3Features.ConditionalWrites | S3Features.Checksums | S3Features.Acls
        | S3Features.Events | S3Features.CorsRules | S3Features.PartsEndOnCompletion;

    /// <summary>It takes such a request for one of its own API, which has other paths.</summary>
    public override int UnsignedStatus => 400;

    public override Task<string> CreateTopicAsync() => Task.FromResult($"arn:aws:sns:{Region}:000000000000:tests");

    public override Task<S3Session> IssueSessionAsync() => Task.FromResult(
        new S3Session(Access with { AccessKey = $"session:{Guid.NewGuid():N}", SecretKey = "none" }, "none"));

    protected override Task<string> CreateTopicForAsync(string bucket, Uri endpoint) => CreateTopicAsync();

    protected override Task<S3Access?> StartAsync() => Task.FromResult(SwiftEngine.Find()?.Access);

    protected override Exception Absent()
    {
        SwiftEngine.Require();
        return new InvalidOperationException("InitializeAsync was not called");
    }
}
