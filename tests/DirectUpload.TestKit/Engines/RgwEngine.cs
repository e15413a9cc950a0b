namespace DirectUpload.TestKit;

/// <summary>
/// Ceph's RADOS Gateway, a real S3 server that verifies signatures and enforces policies. Found through DIRECTUPLOAD_RGW_ENDPOINT,
/// _STS_ENDPOINT (the same data, and session tokens are accepted), _ACCESS_KEY, _SECRET_KEY and _REGION.
/// </summary>
public sealed record RgwEngine(S3Access Access, string StsEndpoint, string VirtualHostSuffix, string RoleArn)
{
    private const string EndpointVariable = "DIRECTUPLOAD_RGW_ENDPOINT";

    public static RgwEngine? Find()
    {
        if (Engine.Variable(EndpointVariable) is not { } endpoint) return null;
        return new RgwEngine(
            new S3Access(endpoint, Variable("ACCESS_KEY"), Variable("SECRET_KEY"), Variable("REGION")),
            Variable("STS_ENDPOINT"), Variable("VHOST_SUFFIX"), Variable("ROLE_ARN"));
    }

    public static RgwEngine Require() => Engine.Require(Find(), "Ceph RGW", EndpointVariable);

    private static string Variable(string name) => Engine.Variable($"DIRECTUPLOAD_RGW_{name}")
        ?? throw new InvalidOperationException($"{EndpointVariable} is set but DIRECTUPLOAD_RGW_{name} is not: see tests/engines/up");
}
