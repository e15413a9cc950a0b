using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Signing;

namespace DirectUpload.LocalS3.Forms;

/// <summary>
/// Verifies that the policy of a form was signed with a valid key; the signature covers the policy's unchanged base64 text.
/// </summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html</remarks>
internal static class FormAuthorization
{
    public static PostPolicy Authorize(FormFields fields, Authenticator authenticator)
    {
        if (fields["AWSAccessKeyId"] is not null)
            throw SignatureErrors.UnsupportedMechanism();
        if (fields["policy"] is not { Length: > 0 } policy)
            throw S3Errors.AccessDenied();

        var algorithm = GetRequired(fields, "x-amz-algorithm");
        var credential = GetRequired(fields, "x-amz-credential");
        var date = GetRequired(fields, "x-amz-date");
        var signature = GetRequired(fields, "x-amz-signature");
        if (algorithm != "AWS4-HMAC-SHA256")
            throw S3Errors.InvalidArgument("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"", "x-amz-algorithm", algorithm);
        if (!CredentialScope.TryParse(credential, out var scope))
            throw Malformed("the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
        if (!S3DateTime.TryParseAmz(date, out _) || !date.StartsWith(scope.Date, StringComparison.Ordinal))
            throw S3Errors.InvalidArgument("X-Amz-Date must be in the ISO8601 Long Format and on the day of the credential",
                "x-amz-date", date);

        if (!authenticator.GetSigningKey(scope, fields["x-amz-security-token"], Malformed).Verify(policy, signature))
            throw SignatureErrors.SignatureDoesNotMatch(new(scope, date, [], signature, PayloadHash.Unsigned), policy, "");
        return PostPolicyParser.Parse(policy);

        S3Exception Malformed(string reason) =>
            S3Errors.InvalidArgument($"Error parsing the X-Amz-Credential parameter; {reason}", "x-amz-credential", credential);
    }

    public static string GetRequired(FormFields fields, string name) => fields[name] is { } value ? value : throw S3Errors.InvalidArgument(
        $"Bucket POST must contain a field named '{name}'.  If it is specified, please check the order of the fields.", name, "");
}
