namespace DirectUpload.LocalS3.Protocol;

/// <summary>A refusal as S3 words it: what the client is answered, not a fault of this server.</summary>
internal sealed class S3Exception(int status, string code, string message) : Exception(message)
{
    private readonly List<KeyValuePair<string, string>> _details = [];

    public int Status => status;

    public string Code => code;

    /// <summary>Further elements of the error document, such as <c>BucketName</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Details => _details;

    /// <summary>Headers of the answer, such as <c>x-amz-delete-marker</c>.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    public S3Exception WithHeader(string name, string value)
    {
        Headers[name] = value;
        return this;
    }

    public S3Exception With(string name, string value)
    {
        _details.Add(new(name, value));
        return this;
    }
}
