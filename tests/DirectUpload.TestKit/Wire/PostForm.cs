using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DirectUpload.TestKit;

/// <summary>Builds the form that a browser posts to a bucket; tests change its policy, fields and file by <c>with</c>.</summary>
public sealed record PostForm(TestSigner Signer, string Bucket)
{
    public DateTimeOffset Expiration { get; init; } = DateTimeOffset.UtcNow.AddMinutes(15);

    /// <summary>The conditions of the policy: objects of one property, or arrays of three values.</summary>
    public ImmutableList<object> Conditions { get; init; } = [];

    /// <summary>The fields before the file.</summary>
    public ImmutableList<KeyValuePair<string, string>> Fields { get; init; } = [];

    /// <summary>The fields after the file, which S3 ignores.</summary>
    public ImmutableList<KeyValuePair<string, string>> FieldsAfterFile { get; init; } = [];

    public bool HasFile { get; init; } = true;
    public string FileName { get; init; } = "photo.png";
    public string File { get; init; } = "hello";

    /// <summary>Changes the text of the policy before it is signed.</summary>
    public Func<string, string> RewritePolicy { get; init; } = policy => policy;

    /// <summary>Changes the fields after signing.</summary>
    public Func<ImmutableList<KeyValuePair<string, string>>, ImmutableList<KeyValuePair<string, string>>> Tamper { get; init; } = fields =>
        fields;

    /// <summary>Adds a field with an exact-match condition in the policy.</summary>
    public PostForm With(string name, string value) => WithField(name, value).WithCondition(
        new Dictionary<string, string> { [name] = value });

    public PostForm WithStartsWith(string name, string prefix, string value) =>
        WithField(name, value).WithCondition(new[] { "starts-with", "$" + name, prefix });

    public PostForm WithSize(long least, long most) => WithCondition(new object[] { "content-length-range", least, most });

    public PostForm WithCondition(object condition) => this with { Conditions = Conditions.Add(condition) };

    public PostForm WithField(string name, string value) => this with { Fields = Fields.Add(KeyValuePair.Create(name, value)) };

    public PostForm WithTamperedField(string name, string value) => this with
    {
        Tamper = fields => fields.SetItem(fields.FindIndex(f => f.Key == name), KeyValuePair.Create(name, value)),
    };

    public PostForm WithoutField(string name) => this with { Tamper = fields => fields.RemoveAll(f => f.Key == name) };

    /// <summary>Builds the signed request as multipart/form-data.</summary>
    public WireRequest Build()
    {
        const string boundary = "----directupload-test-boundary";
        var body = new StringBuilder();
        foreach (var (name, value) in Tamper(CreateSignedFields())) Part(name, value);
        if (HasFile)
        {
            body.Append($"--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{FileName}\"\r\n");
            body.Append($"Content-Type: application/octet-stream\r\n\r\n{File}\r\n");
        }
        foreach (var (name, value) in FieldsAfterFile) Part(name, value);
        body.Append($"--{boundary}--\r\n");
        return WireRequest.ForObject("POST", Bucket).WithBody(body.ToString()).WithHeader("content-type",
            $"multipart/form-data; boundary={boundary}");

        void Part(string name, string value) =>
            body.Append($"--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }

    private ImmutableList<KeyValuePair<string, string>> CreateSignedFields()
    {
        var signed = With("x-amz-algorithm",
            "AWS4-HMAC-SHA256").With("x-amz-credential", Signer.Credential).With("x-amz-date", Signer.Timestamp)
            .WithCondition(new Dictionary<string, string> { ["bucket"] = Bucket });
        var policy = Convert.ToBase64String(Encoding.UTF8.GetBytes(RewritePolicy(JsonSerializer.Serialize(new
        {
            expiration = Expiration.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            conditions = signed.Conditions,
        }))));
        return signed.WithField("policy", policy).WithField("x-amz-signature", Signer.SignPolicy(policy)).Fields;
    }
}
