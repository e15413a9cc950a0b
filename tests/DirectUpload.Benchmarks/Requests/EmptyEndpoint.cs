using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.Benchmarks.Requests;

/// <summary>
/// The least that an endpoint of this contract can do, as the framework would have it done: bind the request, serialise an answer.
/// </summary>
internal sealed class EmptyEndpoint
{
    private Grant? _response;

    public static byte[] RequestJson { get; } = JsonSerializer.SerializeToUtf8Bytes(
        new Wish(
            BenchmarkApplication.Profile, BenchmarkApplication.FileName, BenchmarkApplication.ContentType, BenchmarkApplication.Size,
            BenchmarkApplication.ChecksumSha256), EmptyJson.Default.Wish);

    public static EmptyEndpoint MapTo(WebApplication app, string pattern)
    {
        var endpoint = new EmptyEndpoint();
        app.MapPost(pattern, async (HttpContext context) =>
        {
            var wish = await context.Request.ReadFromJsonAsync(EmptyJson.Default.Wish, context.RequestAborted);
            return wish?.Profile is null
                ? Results.BadRequest()
                : Results.Json(endpoint._response!, EmptyJson.Default.Grant, statusCode: StatusCodes.Status201Created);
        });
        return endpoint;
    }

    /// <summary>From now on it answers what the real endpoint has answered.</summary>
    public void SetResponse(HttpResponseBytes real) => _response = real.Status == StatusCodes.Status201Created
        ? JsonSerializer.Deserialize(real.Body, EmptyJson.Default.Grant)
        : throw new InvalidOperationException($"The real endpoint answered {real.Status}.");
}

internal sealed record Wish(string Profile, string FileName, string ContentType, long Size, string ChecksumSha256);

internal sealed record Grant(string Id, string Status, string WriteToken, string ReadToken, DateTime ExpiresAt, Instructions Upload);

internal sealed record Instructions(string Method, string Url, Dictionary<string, string> Headers);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Wish))]
[JsonSerializable(typeof(Grant))]
internal sealed partial class EmptyJson : JsonSerializerContext;
