using System.Net.Http.Headers;
using DirectUpload.Client.Api;

namespace DirectUpload.Client.Sending;

/// <summary>Describes the target of a part: headers for a PUT request, fields for a form.</summary>
internal sealed record UploadTarget(string Url, SignedUrlLifetime Lifetime)
{
    private static readonly UriCreationOptions SignedUriOptions = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    public IReadOnlyDictionary<string, string>? Fields { get; init; }

    public override string ToString() => "(presigned target)";

    public static UploadTarget From(InstructionsBody whole, SignedUrlLifetime freshness) =>
        new(whole.Url ?? throw UnexpectedResponse("no url"), freshness)
        {
            Headers = whole.Headers,
            Fields = whole.Method == "POST" ? whole.Fields ?? throw UnexpectedResponse("no fields") : null,
        };

    public static UploadTarget From(SignedPartBody part, SignedUrlLifetime freshness) =>
        new(part.Url, freshness) { Headers = part.Headers };

    public HttpRequestMessage CreateRequest(PartContent body)
    {
        var request = new HttpRequestMessage(Fields is null ? HttpMethod.Put : HttpMethod.Post, new Uri(Url, SignedUriOptions))
        {
            Content = Fields is null ? body : CreateForm(body, Fields),
        };
        foreach (var (name, value) in Headers ?? new Dictionary<string, string>())
        {
            // The handler writes these two headers itself, from the URL and the body.
            if (name.Equals("host", StringComparison.OrdinalIgnoreCase)
                || name.Equals("content-length", StringComparison.OrdinalIgnoreCase))
                continue;
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content!.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    // The form is written as browsers do: quoted names, an unquoted boundary, no content type on fields. The file is last, because S3
    // ignores the fields after it.
    private static MultipartFormDataContent CreateForm(PartContent file, IReadOnlyDictionary<string, string> fields)
    {
        var boundary = $"----{Guid.NewGuid():N}";
        var form = new MultipartFormDataContent(boundary);
        form.Headers.ContentType = new MediaTypeHeaderValue("multipart/form-data")
        {
            Parameters = { new NameValueHeaderValue("boundary", boundary) },
        };
        foreach (var (name, value) in fields)
            form.Add(new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(value)), $"\"{name}\"");
        form.Add(file, "\"file\"", "\"file\"");
        return form;
    }

    private static DirectUploadException UnexpectedResponse(string what) => new(
        FileUploadErrorCodes.UnexpectedResponse,
        $"The application's grant has {what}; verify that ServerAddress is a DirectUpload server.");
}
