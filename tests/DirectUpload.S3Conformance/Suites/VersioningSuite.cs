namespace DirectUpload.S3Conformance.Suites;

/// <summary>What the suites about versions share. A server that outlives them keeps no version of theirs.</summary>
public abstract class VersioningSuite(S3ServerFixture server) : ConformanceSuite(server), IAsyncDisposable
{
    private readonly HashSet<string> versioned = [];

    /// <summary>The bucket of the class keeps versions from here on.</summary>
    protected Task EnableVersioning() => SetVersioning(Bucket, "Enabled");

    protected async Task SetVersioning(string bucket, string status)
    {
        versioned.Add(bucket);
        var answer = await SendAuthorized(Versioning(bucket, $"<Status>{status}</Status>"));
        answer.ToString().Should().Be("200", "the case cannot begin otherwise");
    }

    protected static WireRequest Versioning(string bucket, string content) =>
        WireRequest.ForObject("PUT", bucket).WithQuery("versioning", "")
            .WithBody($"<VersioningConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">{content}</VersioningConfiguration>");

    /// <summary>The object is there before the case begins; the id of its version.</summary>
    protected async Task<string> StoreVersion(string body, string? bucket = null)
    {
        var answer = await SendAuthorized(WireRequest.ForObject("PUT", bucket ?? Bucket, Key).WithBody(body));
        answer.ToString().Should().Be("200", "the case cannot begin otherwise");
        return answer.GetHeader("x-amz-version-id") ?? "none";
    }

    protected WireRequest CreateRequest(string method, string? version = null, string? bucket = null)
    {
        var request = WireRequest.ForObject(method, bucket ?? Bucket, Key);
        return version is null ? request : request.WithQuery("versionId", version);
    }

    /// <summary>The answer, and its body where it is an object's: "200, hello", "404 NoSuchKey".</summary>
    protected async Task<string> Read(string? version = null, string? bucket = null)
    {
        var answer = await SendAuthorized(CreateRequest("GET", version, bucket));
        return (int)answer.Status == 200 ? $"200, {answer.Text}" : $"{answer}";
    }

    protected WireRequest List(string? bucket = null) => WireRequest.ForObject("GET", bucket ?? Bucket).WithQuery("versions", "")
        .WithQuery("prefix", Key);

    public async ValueTask DisposeAsync()
    {
        foreach (var bucket in versioned)
        {
            var list = await SendAuthorized(List(bucket));
            foreach (var (key, version) in list.GetElements("Key").Zip(list.GetElements("VersionId")))
                await SendAuthorized(WireRequest.ForObject("DELETE", bucket, key).WithQuery("versionId", version));
        }
        GC.SuppressFinalize(this);
    }
}
