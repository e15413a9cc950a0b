using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace DirectUpload.Presigning;

/// <summary>Represents the start and the end of a POST policy, which all forms of one signing context share.</summary>
internal sealed class PostPolicyFrame
{
    public PostPolicyFrame(SigningContext context)
    {
        var expiration = context.ExpiresAt.UtcDateTime.ToString("s", CultureInfo.InvariantCulture);
        Start = Encoding.ASCII.GetBytes(
            $"{{\"expiration\":\"{expiration}.000Z\",\"conditions\":[{CreateCondition("bucket", context.Target.Bucket)},");
        Fields = CreateFields(context);
        End = Encoding.ASCII.GetBytes($"{string.Join(',', Fields.Select(field => CreateCondition(field.Key, field.Value)))}]}}");
    }

    /// <summary>Gets the document up to the conditions of a request.</summary>
    public byte[] Start { get; }

    /// <summary>Gets the fields of the signature, whose conditions are in <see cref="End"/>.</summary>
    public KeyValuePair<string, string>[] Fields { get; }

    /// <summary>Gets the document after the conditions of a request.</summary>
    public byte[] End { get; }

    private static KeyValuePair<string, string>[] CreateFields(SigningContext context)
    {
        KeyValuePair<string, string>[] fields =
        [
            new("x-amz-algorithm", SigV4.Algorithm),
            new("x-amz-credential", context.Scope.Credential),
            new("x-amz-date", context.Time.Text),
        ];
        return context.Credentials.SessionToken is { Length: > 0 } token ? [.. fields, new("x-amz-security-token", token)] : fields;
    }

    private static string CreateCondition(string field, string value) =>
        $"{{\"{field}\":\"{JavaScriptEncoder.Default.Encode(value)}\"}}";
}
