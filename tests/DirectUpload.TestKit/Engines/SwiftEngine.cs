namespace DirectUpload.TestKit;

/// <summary>
/// OpenStack Swift with its S3 API, a second S3 server that is independent of Ceph and of AWS. Found through DIRECTUPLOAD_SWIFT_ENDPOINT,
/// _ACCESS_KEY, _SECRET_KEY, _REGION and _VHOST_SUFFIX.
/// </summary>
public sealed record SwiftEngine(S3Access Access, string VirtualHostSuffix)
{
    private const string EndpointVariable = "DIRECTUPLOAD_SWIFT_ENDPOINT";

    public static SwiftEngine? Find()
    {
        if (Engine.Variable(EndpointVariable) is not { } endpoint) return null;
        return new SwiftEngine(
            new S3Access(endpoint, Variable("ACCESS_KEY"), Variable("SECRET_KEY"), Variable("REGION")), Variable("VHOST_SUFFIX"));
    }

    public static SwiftEngine Require() => Engine.Require(Find(), "OpenStack Swift", EndpointVariable);

    private static string Variable(string name) => Engine.Variable($"DIRECTUPLOAD_SWIFT_{name}")
        ?? throw new InvalidOperationException($"{EndpointVariable} is set but DIRECTUPLOAD_SWIFT_{name} is not: see tests/engines/up");
}
