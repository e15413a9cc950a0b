using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Http;

/// <summary>Writes a small JSON body in one piece, with its <c>Content-Length</c>.</summary>
/// <remarks>
/// <c>Results.Json</c> does not know the length before it writes, so it sends chunks, and it creates a service scope for its logger. Lists
/// use it, because it does not keep them in memory.
/// </remarks>
internal static class JsonResponse
{
    private const string Json = "application/json; charset=utf-8";

    /// <summary>Creates the result that writes a body.</summary>
    public static IResult Create<T>(T body, JsonTypeInfo<T> type, int status = HttpStatus.Ok, string contentType = Json) =>
        new Result<T>(body, type, status, contentType);

    /// <summary>Writes a body.</summary>
    public static Task WriteAsync<T>(HttpResponse response, T body, JsonTypeInfo<T> type, int status, string contentType)
    {
        response.StatusCode = status;
        response.ContentType = contentType;
        var output = response.BodyWriter;
        using var json = new Utf8JsonWriter(output);
        JsonSerializer.Serialize(json, body, type);
        // The text is only buffered so far, so the headers can still say how long it is.
        json.Flush();
        response.ContentLength = json.BytesCommitted;
        var sent = output.FlushAsync();
        return sent.IsCompletedSuccessfully ? Task.CompletedTask : sent.AsTask();
    }

    private sealed class Result<T>(T body, JsonTypeInfo<T> type, int status, string contentType)
        : IResult, IStatusCodeHttpResult, IContentTypeHttpResult
    {
        public int? StatusCode => status;

        public string? ContentType => contentType;

        public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext.Response, body, type, status, contentType);
    }
}
