using System.Net.Http.Headers;
using System.Text;
using DirectUpload.Presigning;
using DirectUpload.TestKit;

namespace DirectUpload.Tests.Presigning.Servers;

/// <summary>Sends what was issued, exactly as it was issued.</summary>
internal static class S3ServerFixtureExtensions
{
    public static async Task<HttpResponseMessage> SendPutAsync(
        this S3ServerFixture server, PresignedUrl put, string body, string method = "PUT")
    {
        using var message = new HttpRequestMessage(new HttpMethod(method), CreateUri(put.Url))
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };
        foreach (var (name, value) in put.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
                message.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return await server.Http.SendAsync(message);
    }

    public static async Task<HttpResponseMessage> SendGetAsync(this S3ServerFixture server, string url) =>
        await server.Http.GetAsync(CreateUri(url));

    public static async Task<HttpResponseMessage> SendPostAsync(
        this S3ServerFixture server, string url, IEnumerable<KeyValuePair<string, string>> fields, string file)
    {
        using var form = new MultipartFormDataContent("----directupload-issued");
        foreach (var (name, value) in fields)
            form.Add(CreateFormPart(name, value));
        var last = CreateFormPart("file", file);
        last.Headers.ContentDisposition!.FileName = "\"note.txt\"";
        form.Add(last);
        return await server.Http.PostAsync(CreateUri(url), form);
    }

    private static ByteArrayContent CreateFormPart(string name, string value)
    {
        var part = new ByteArrayContent(Encoding.UTF8.GetBytes(value));
        part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = $"\"{name}\"" };
        return part;
    }

    // The framework would rewrite the path; the signature is over it as it stands.
    private static Uri CreateUri(string url) => new(url, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
}
