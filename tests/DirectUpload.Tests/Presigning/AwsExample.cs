using System.Security.Cryptography;
using System.Text;
using DirectUpload.Presigning;

namespace DirectUpload.Tests.Presigning;

/// <summary>What the published vectors are signed with. AWS's own example keys.</summary>
internal static class AwsExample
{
    public const string AccessKey = "AKIAIOSFODNN7EXAMPLE";
    public const string SecretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    public static SigningCredentials Credentials { get; } = new(AccessKey, SecretKey, null, null);

    public static SigningTarget Target { get; } = new("examplebucket", "us-east-1", new Uri("https://examplebucket.s3.amazonaws.com/"));

    /// <summary>The signature of a policy's base64 text, by these keys.</summary>
    public static string SignPolicy(string base64, SigningTarget target, DateTimeOffset at)
    {
        Span<byte> signature = stackalloc byte[SHA256.HashSizeInBytes];
        SigV4.SignPolicy(Encoding.ASCII.GetBytes(base64), new SigningScope(target, Credentials, SigningTime.Get(at).Day), signature);
        return Convert.ToHexStringLower(signature);
    }

    public static KeyValuePair<string, string> Pair(string name, string value) => new(name, value);
}
