using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using DirectUpload.Signing.Checks;
using DirectUpload.Uploads;

namespace DirectUpload.Signing;

/// <summary>Writes a POST policy and, beside every condition, the form field that satisfies it.</summary>
/// <remarks>
/// Each field gets its own condition, for S3 refuses fields without one; and each condition its own field, <c>bucket</c> included, for
/// Garage refuses conditions without one. Names are ours and need no escapes; values are escaped as JSON wants them.
/// </remarks>
internal ref struct PostPolicyDocument
{
    // What JSON takes as it is and every encoder leaves so. The others go the long way.
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 !#$%()*,-./:;=?@[]^_{|}~");

    private Utf8Buffer _json;

    /// <param name="room">On the caller's stack; a document that outgrows it moves to the array pool.</param>
    /// <param name="expiresAt">When the policy ends; a fraction of a second is dropped.</param>
    public PostPolicyDocument(Span<byte> room, DateTimeOffset expiresAt)
    {
        _json = new Utf8Buffer(room);
        _json.Append("{\"expiration\":\""u8);
        Span<byte> expiration = stackalloc byte[19];
        expiresAt.UtcDateTime.TryFormat(expiration, out _, "s", CultureInfo.InvariantCulture);
        _json.Append(expiration);
        _json.Append(".000Z\",\"conditions\":["u8);
    }

    /// <summary>The form, in sending order.</summary>
    public FieldList Fields { get; } = new();

    public void Exactly(string field, string? value)
    {
        if (value is null)
            return;
        _json.Append("{\""u8);
        _json.AppendAscii(field);
        _json.Append("\":\""u8);
        AppendText(value);
        _json.Append("\"},"u8);
        Fields.Add(field, value);
    }

    public void StartsWith(string field, string prefix, string value)
    {
        _json.Append("[\"starts-with\",\"$"u8);
        _json.AppendAscii(field);
        _json.Append("\",\""u8);
        AppendText(prefix);
        _json.Append("\"],"u8);
        Fields.Add(field, value);
    }

    public void ContentLengthRange(long min, long max)
    {
        _json.Append("[\"content-length-range\","u8);
        _json.Append(min);
        _json.Append((byte)',');
        _json.Append(max);
        _json.Append("],"u8);
    }

    public void Settings(ObjectSettings settings)
    {
        Exactly("acl", settings.Acl);
        Exactly("Cache-Control", settings.CacheControl);
        Exactly("Content-Disposition", settings.ContentDisposition);
        Exactly("Content-Encoding", settings.ContentEncoding);
        Exactly("x-amz-server-side-encryption", settings.ServerSideEncryption);
        Exactly("x-amz-server-side-encryption-aws-kms-key-id", settings.KmsKeyId);
        Exactly("tagging", settings.Tags.Count == 0 ? null : ObjectTags.AsXml(settings.Tags));
        if (settings.Metadata.Count > 0)
            Metadata(settings.Metadata);
    }

    /// <summary>Ends the document and signs its base64: adds the fields <c>policy</c> and <c>x-amz-signature</c>.</summary>
    public void Sign(SigningScope scope)
    {
        _json.Truncate(_json.Length - 1);
        _json.Append("]}"u8);
        PostFormCheck.ThrowIfTooLong(Fields.Span, Base64.GetMaxEncodedToUtf8Length(_json.Length));

        var base64 = new Utf8Buffer(stackalloc byte[1536]);
        base64.AppendBase64(_json.Written);
        Span<byte> signature = stackalloc byte[SHA256.HashSizeInBytes];
        SigV4.SignPolicy(base64.Written, scope, signature);
        Fields.Add("policy", Encoding.Latin1.GetString(base64.Written));
        Fields.Add("x-amz-signature", Convert.ToHexStringLower(signature));
        base64.Dispose();
    }

    public void Dispose() => _json.Dispose();

    private void Metadata(IDictionary<string, string> metadata)
    {
        foreach (var (name, value) in metadata)
            Exactly(MetadataName.AsHeader(name), value);
    }

    private void AppendText(string value)
    {
        if (value.AsSpan().ContainsAnyExcept(Plain))
            value = JavaScriptEncoder.Default.Encode(value);
        _json.AppendAscii(value);
    }
}
