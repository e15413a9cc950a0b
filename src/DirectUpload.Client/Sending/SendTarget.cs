using System.Net.Http.Headers;
using DirectUpload.Client.Application;

namespace DirectUpload.Client.Sending;

/// <summary>Where a piece goes: headers for a PUT, fields for a form.</summary>
internal sealed record SendTarget(string Url, Freshness Freshness)
{
    private static readonly UriCreationOptions AsSigned = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    public IReadOnlyDictionary<string, string>? Fields { get; init; }

    public override string ToString() => "(presigned target)";

    public static SendTarget Of(InstructionsBody whole, Freshness freshness) =>
        new(whole.Url ?? throw Nonsense("no url"), freshness) { Headers = whole.Headers, Fields = whole.Method == "POST" ? whole.Fields ?? throw Nonsense("no fields") : null };

    public static SendTarget Of(SignedPartBody part, Freshness freshness) => new(part.Url, freshness) { Headers = part.Headers };

    public HttpRequestMessage Request(PieceContent body)
    {
        var request = new HttpRequestMessage(Fields is null ? HttpMethod.Put : HttpMethod.Post, new Uri(Url, AsSigned)) { Content = Fields is null ? body : Form(body, Fields) };
        foreach (var (name, value) in Headers ?? new Dictionary<string, string>())
        {
            // These two the handler writes itself, from the URL and from the body.
            if (name.Equals("host", StringComparison.OrdinalIgnoreCase) || name.Equals("content-length", StringComparison.OrdinalIgnoreCase))
                continue;
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content!.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    // As browsers write it: names quoted, the boundary not, no content type on fields; the file last, for S3 ignores what follows it.
    private static MultipartFormDataContent Form(PieceContent file, IReadOnlyDictionary<string, string> fields)
    {
        var boundary = $"----{Guid.NewGuid():N}";
        var form = new MultipartFormDataContent(boundary);
        form.Headers.ContentType = new MediaTypeHeaderValue("multipart/form-data") { Parameters = { new NameValueHeaderValue("boundary", boundary) } };
        foreach (var (name, value) in fields)
            form.Add(new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(value)), $"\"{name}\"");
        form.Add(file, "\"file\"", "\"file\"");
        return form;
    }

    private static DirectUploadException Nonsense(string what) => new(UploadErrorCodes.UnexpectedAnswer, $"The application's grant has {what}; is it a DirectUpload server?");
}
