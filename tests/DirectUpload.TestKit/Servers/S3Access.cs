namespace DirectUpload.TestKit;

/// <summary>What it takes to talk to an S3 server. The endpoint has no trailing slash; buckets are addressed in the path.</summary>
public sealed record S3Access(string Endpoint, string AccessKey, string SecretKey, string Region)
{
    public string Host => new Uri(Endpoint).Authority;
}
