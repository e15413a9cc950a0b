using System.Buffers;
using System.Globalization;
using System.Text.Json;
using DirectUpload.Uploads;

namespace DirectUpload.Signing;

/// <summary>Writes a POST policy and, beside every condition, the form field that satisfies it.</summary>
/// <remarks>
/// Each field gets its own condition, for S3 refuses fields without one; and each condition its own field, <c>bucket</c> included, for
/// Garage refuses conditions without one. Buffer and writer are the thread's own and used again: one document at a time.
/// </remarks>
internal sealed class PostPolicyDocument
{
    // What a form usually has; more only costs another array.
    private const int UsualFields = 12;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? writer;

    private readonly ArrayBufferWriter<byte> _bytes = buffer ??= new ArrayBufferWriter<byte>(2048);
    private readonly Utf8JsonWriter _json;

    public PostPolicyDocument(DateTimeOffset expiresAt)
    {
        _bytes.ResetWrittenCount();
        _json = writer ??= new Utf8JsonWriter(_bytes);
        _json.Reset();
        _json.WriteStartObject();
        Span<char> expiration = stackalloc char[24];
        expiresAt.UtcDateTime.TryFormat(expiration, out _, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        _json.WriteString("expiration"u8, expiration);
        _json.WriteStartArray("conditions"u8);
    }

    /// <summary>The form, in sending order.</summary>
    public Dictionary<string, string> Fields { get; } = new(UsualFields);

    public void Exactly(string field, string? value)
    {
        if (value is null)
            return;
        _json.WriteStartObject();
        _json.WriteString(field, value);
        _json.WriteEndObject();
        Fields.Add(field, value);
    }

    public void StartsWith(string field, string prefix, string value)
    {
        _json.WriteStartArray();
        _json.WriteStringValue("starts-with"u8);
        _json.WriteStringValue("$" + field);
        _json.WriteStringValue(prefix);
        _json.WriteEndArray();
        Fields.Add(field, value);
    }

    public void ContentLengthRange(long min, long max)
    {
        _json.WriteStartArray();
        _json.WriteStringValue("content-length-range"u8);
        _json.WriteNumberValue(min);
        _json.WriteNumberValue(max);
        _json.WriteEndArray();
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
        foreach (var (name, value) in settings.Metadata)
            Exactly(MetadataName.AsHeader(name), value);
    }

    /// <summary>Ends the document and signs its base64: adds the fields <c>policy</c> and <c>x-amz-signature</c>.</summary>
    public void Sign(SigningScope scope)
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
        var policy = Convert.ToBase64String(_bytes.WrittenSpan);
        Fields.Add("policy", policy);
        Fields.Add("x-amz-signature", SigV4.SignPolicy(policy, scope));
    }
}
