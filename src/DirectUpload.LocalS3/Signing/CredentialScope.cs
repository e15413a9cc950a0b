using System.Diagnostics.CodeAnalysis;

namespace DirectUpload.LocalS3.Signing;

/// <summary>Contains the parts of <c>ACCESSKEY/20130524/us-east-1/s3/aws4_request</c>.</summary>
internal sealed record CredentialScope(string AccessKey, string Date, string Region, string Service)
{
    public static bool TryParse(string? credential, [NotNullWhen(true)] out CredentialScope? result)
    {
        result = null;
        if (credential?.Split('/') is not [var key, { Length: 8 } date, var region, var service, "aws4_request"] ||
            key.Length == 0 || region.Length == 0 || service.Length == 0)
            return false;
        result = new(key, date, region, service);
        return true;
    }

    /// <summary>Returns the scope in a string to sign: all parts except the access key.</summary>
    public override string ToString() => $"{Date}/{Region}/{Service}/aws4_request";
}
