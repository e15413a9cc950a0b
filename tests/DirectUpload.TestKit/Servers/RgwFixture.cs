namespace DirectUpload.TestKit;

/// <summary>Ceph RGW as tests/run brought it up. It outlives the fixture and holds a thousand buckets at most: they are removed.</summary>
public sealed class RgwFixture : S3ServerFixture
{
    protected override Task<S3Access?> StartAsync() => Task.FromResult(RgwEngine.Find()?.Access);

    protected override Exception Absent()
    {
        RgwEngine.Require();
        return new InvalidOperationException("InitializeAsync was not called");
    }

    protected override async ValueTask StopAsync()
    {
        if (Started) await Parallel.ForEachAsync(Buckets, async (bucket, _) => await RemoveAsync(bucket));
    }

    private async Task RemoveAsync(string bucket)
    {
        var list = await this.SendAsync(Signer.Authorize(WireRequest.For("GET", bucket).WithQuery("list-type", "2")));
        foreach (var key in list.Elements("Key"))
            await this.SendAsync(Signer.Authorize(WireRequest.For("DELETE", bucket, key)));
        await this.SendAsync(Signer.Authorize(WireRequest.For("DELETE", bucket)));
    }
}
