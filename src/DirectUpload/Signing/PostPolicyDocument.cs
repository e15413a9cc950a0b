using System.Buffers;
using System.Globalization;
using System.Text.Json;
using DirectUpload.Uploads;

namespace DirectUpload.Signing;

/// <summary>Writes a POST policy and, beside every condition, the form field that satisfies it.</summary>
/// <remarks>
/// Each field gets its own condition, for S3 refuses fields without one; and each condition its own field, <c>bucket</c> included, for
/// Garage refuses conditions without one.
/// </remarks>
internal sealed class PostPolicyDocument : IDisposable
{
    private readonly ArrayBufferWriter<byte> _bytes = new(1024);
    private readonly Utf8JsonWriter _json;

    public PostPolicyDocument(DateTimeOffset expiresAt)
    {
        _json = new Utf8JsonWriter(_bytes);
        _json.WriteStartObject();
        _json.WriteString("expiration", expiresAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        _json.WriteStartArray("conditions");
    }

    /// <summary>The form, in sending order.</summary>
    public Dictionary<string, string> Fields { get; } = [];

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
        _json.WriteStringValue("starts-with");
        _json.WriteStringValue("$" + field);
        _json.WriteStringValue(prefix);
        _json.WriteEndArray();
        Fields.Add(field, value);
    }

    public void ContentLengthRange(long min, long max)
    {
        _json.WriteStartArray();
        _json.WriteStringValue("content-length-range");
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

    /// <summary>The finished document's base64, which is what is signed.</summary>
    public string ToBase64()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
        return Convert.ToBase64String(_bytes.WrittenSpan);
    }

    public void Dispose() => _json.Dispose();
}
