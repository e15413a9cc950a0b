using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using DirectUpload.Presigning.Checks;

namespace DirectUpload.Presigning;

/// <summary>Writes a POST policy and, for each condition, the form field that satisfies it.</summary>
/// <remarks>
/// Each field has a condition, because S3 refuses fields without one. Each condition has a field, including <c>bucket</c>, because Garage
/// refuses conditions without one. Values are escaped for JSON.
/// </remarks>
internal ref struct PostPolicyDocument
{
    // The characters that no JSON encoder escapes. Text with any other character is passed to the encoder.
    private static readonly SearchValues<char> UnescapedCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 !#$%()*,-./:;=?@[]^_{|}~");

    private Utf8Buffer _json;

    /// <param name="initial">The initial buffer on the caller's stack; a longer document moves to the array pool.</param>
    /// <param name="context">The bucket, the credentials and the time of the signature.</param>
    public PostPolicyDocument(Span<byte> initial, SigningContext context)
    {
        _json = new Utf8Buffer(initial);
        _json.Append(context.PolicyFrame.Start);
        Fields.Add("bucket", context.Target.Bucket);
    }

    /// <summary>Gets the fields of the form in the order in which to send them.</summary>
    public FormFields Fields { get; } = new();

    public void AddExactMatch(PolicyField field, string? value)
    {
        if (value is null)
            return;
        _json.Append(field.ExactMatch);
        AppendText(value);
        _json.Append("\"},"u8);
        Fields.Add(field.Name, value);
    }

    public void AddStartsWith(PolicyField field, string prefix, string value)
    {
        _json.Append(field.StartsWith);
        AppendText(prefix);
        _json.Append("\"],"u8);
        Fields.Add(field.Name, value);
    }

    public void AddContentLengthRange(long min, long max)
    {
        _json.Append("[\"content-length-range\","u8);
        _json.Append(min);
        _json.Append((byte)',');
        _json.Append(max);
        _json.Append("],"u8);
    }

    public void AddSettings(ObjectSettings settings)
    {
        AddExactMatch(PolicyField.Acl, settings.Acl);
        AddExactMatch(PolicyField.CacheControl, settings.CacheControl);
        AddExactMatch(PolicyField.ContentDisposition, settings.ContentDisposition);
        AddExactMatch(PolicyField.ContentEncoding, settings.ContentEncoding);
        AddExactMatch(PolicyField.ServerSideEncryption, settings.ServerSideEncryption);
        AddExactMatch(PolicyField.KmsKeyId, settings.KmsKeyId);
        AddExactMatch(PolicyField.Tagging, settings.Tags.Count == 0 ? null : ObjectTags.ToXml(settings.Tags));
        if (settings.Metadata.Count > 0)
            AddMetadata(settings.Metadata);
    }

    /// <summary>Completes the document, signs its base64, and adds the fields <c>policy</c> and <c>x-amz-signature</c>.</summary>
    public void Sign(SigningContext context)
    {
        _json.Append(context.PolicyFrame.End);
        foreach (var (name, value) in context.PolicyFrame.Fields)
            Fields.Add(name, value);
        PostFormCheck.ThrowIfTooLong(Fields.Span, Base64.GetMaxEncodedToUtf8Length(_json.Length));

        var policy = _json.AppendBase64();
        Span<byte> signature = stackalloc byte[SHA256.HashSizeInBytes];
        SigV4.SignPolicy(policy, context.Scope, signature);
        Fields.Add("policy", Encoding.Latin1.GetString(policy));
        Fields.Add("x-amz-signature", Convert.ToHexStringLower(signature));
    }

    public void Dispose() => _json.Dispose();

    private void AddMetadata(IDictionary<string, string> metadata)
    {
        foreach (var (name, value) in metadata)
            AddExactMatch(new PolicyField(MetadataName.ToHeaderName(name)), value);
    }

    private void AppendText(string value)
    {
        if (value.AsSpan().ContainsAnyExcept(UnescapedCharacters))
            value = JavaScriptEncoder.Default.Encode(value);
        _json.AppendAscii(value);
    }
}
