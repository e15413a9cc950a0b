namespace DirectUpload.TestKit;

/// <summary>Finds OpenStack Swift with its S3 API, an S3 server that is independent of Ceph and AWS.</summary>
/// <remarks>
/// The environment variables are DIRECTUPLOAD_SWIFT_ENDPOINT, _ACCESS_KEY, _SECRET_KEY, _REGION and _VHOST_SUFFIX.
/// </remarks>
public sealed record SwiftEngine(S3Access Access, string VirtualHostSuffix)
{
    private const string EndpointVariable = "DIRECTUPLOAD_SWIFT_ENDPOINT";

    public static SwiftEngine? Find()
    {
        if (Engine.GetVariable(EndpointVariable) is not { } endpoint) return null;
        return new SwiftEngine(
            new S3Access(endpoint, GetRequiredVariable("ACCESS_KEY"), GetRequiredVariable("SECRET_KEY"), GetRequiredVariable("REGION")),
            GetRequiredVariable("VHOST_SUFFIX"));
    }

    public static SwiftEngine Require() => Engine.Require(Find(), "OpenStack Swift", EndpointVariable);

    private static string GetRequiredVariable(string name) => Engine.GetVariable($"DIRECTUPLOAD_SWIFT_{name}")
        ?? throw new InvalidOperationException($"{EndpointVariable} is set but DIRECTUPLOAD_SWIFT_{name} is not: see tests/engines/up");
}
