using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Http;

/// <summary>Writes a small JSON body in one piece, with its <c>Content-Length</c>.</summary>
/// <remarks>
/// <c>Results.Json</c> sends chunks, because it does not know the length before it writes, and creates a service scope for its logger. It is
/// used for lists, which it does not keep in memory.
/// </remarks>
internal static class JsonResponse
{
    /// <summary>The content type of a body that is no problem details.</summary>
    public const string Json = "application/json; charset=utf-8";

    /// <summary>Creates the result that writes a body.</summary>
    public static IResult Create<T>(T body, JsonTypeInfo<T> type, int status = HttpStatus.Ok, string contentType = Json) =>
        new Result<T>(body, type, status, contentType);

    /// <summary>Writes a body.</summary>
    public static Task WriteAsync<T>(HttpResponse response, T body, JsonTypeInfo<T> type, int status, string contentType)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(body, type);
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = json.Length;
        return response.Body.WriteAsync(json, response.HttpContext.RequestAborted).AsTask();
    }

    private sealed class Result<T>(T body, JsonTypeInfo<T> type, int status, string contentType)
        : IResult, IStatusCodeHttpResult, IContentTypeHttpResult
    {
        public int? StatusCode => status;

        public string? ContentType => contentType;

        public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext.Response, body, type, status, contentType);
    }
}
