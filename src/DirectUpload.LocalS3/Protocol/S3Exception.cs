namespace DirectUpload.LocalS3.Protocol;

/// <summary>Represents an S3 error that the client receives; it is not a failure of this server.</summary>
internal sealed class S3Exception(int status, string code, string message) : Exception(message)
{
    private readonly List<KeyValuePair<string, string>> _details = [];

    public int Status => status;

    public string Code => code;

    /// <summary>Additional elements of the error document, such as <c>BucketName</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Details => _details;

    /// <summary>Additional headers of the response, such as <c>x-amz-delete-marker</c>.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    public S3Exception WithHeader(string name, string value)
    {
        Headers[name] = value;
        return this;
    }

    public S3Exception WithDetail(string name, string value)
    {
        _details.Add(new(name, value));
        return this;
    }
}
