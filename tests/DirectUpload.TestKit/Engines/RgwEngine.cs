namespace DirectUpload.TestKit;

/// <summary>Finds Ceph's RADOS Gateway, a real S3 server that verifies signatures and enforces policies.</summary>
/// <remarks>
/// The environment variables are DIRECTUPLOAD_RGW_ENDPOINT, _STS_ENDPOINT (the same data, with session tokens), _ACCESS_KEY, _SECRET_KEY
/// and _REGION.
/// </remarks>
public sealed record RgwEngine(S3Access Access, string StsEndpoint, string VirtualHostSuffix, string RoleArn)
{
    private const string EndpointVariable = "DIRECTUPLOAD_RGW_ENDPOINT";

    public static RgwEngine? Find()
    {
        if (Engine.GetVariable(EndpointVariable) is not { } endpoint) return null;
        return new RgwEngine(
            new S3Access(endpoint, GetRequiredVariable("ACCESS_KEY"), GetRequiredVariable("SECRET_KEY"), GetRequiredVariable("REGION")),
            GetRequiredVariable("STS_ENDPOINT"), GetRequiredVariable("VHOST_SUFFIX"), GetRequiredVariable("ROLE_ARN"));
    }

    public static RgwEngine Require() => Engine.Require(Find(), "Ceph RGW", EndpointVariable);

    private static string GetRequiredVariable(string name) => Engine.GetVariable($"DIRECTUPLOAD_RGW_{name}")
        ?? throw new InvalidOperationException($"{EndpointVariable} is set but DIRECTUPLOAD_RGW_{name} is not: see tests/engines/up");
}
