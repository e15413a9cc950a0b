namespace DirectUpload.TestKit;

/// <summary>Ceph RGW as tests/run brought it up.</summary>
public sealed class RgwFixture : S3ServerFixture
{
    protected override Task<S3Access?> StartAsync() => Task.FromResult(RgwEngine.Find()?.Access);

    protected override Exception Absent()
    {
        RgwEngine.Require();
        return new InvalidOperationException("InitializeAsync was not called");
    }
}
