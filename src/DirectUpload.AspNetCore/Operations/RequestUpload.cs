using DirectUpload.AspNetCore.Contract;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Operations;

/// <summary><c>POST /uploads</c></summary>
internal static class RequestUpload
{
    public static async Task<IResult> HandleAsync(HttpContext context, DirectUploadService uploads, DirectUploadEndpointOptions options)
    {
        var (body, fault) = await JsonBody.ReadAsync(context.Request, ContractJson.Default.UploadRequestBody, context.RequestAborted).ConfigureAwait(false);
        if (fault is not null)
            return Problems.From(fault);
        if (FindMissing(body!) is { } missing)
            return Problems.InvalidRequest(missing);
        if (!TryParseMethod(body!.Method, out var method))
            return Problems.InvalidRequest("method must be \"put\", \"post\" or \"multipart\", or be left out.");

        if (!options.Serves(body.Profile))
            return Problems.From(new UploadError(UploadErrorReason.UnknownProfile, $"There is no such profile here; there are: {string.Join(", ", options.Profiles.Order())}."));

        var request = new UploadRequest
        {
            Profile = body.Profile!,
            FileName = body.FileName!,
            ContentType = body.ContentType!,
            Size = body.Size!.Value,
            ChecksumSha256 = body.ChecksumSha256,
            PartChecksums = body.PartChecksums,
            Metadata = body.Metadata,
            Association = body.Association is { } association ? new(association.Type ?? string.Empty, association.Id ?? string.Empty) : null,
            Method = method,
        };
        var granted = await uploads.RequestAsync(request, Caller(context, options), context.RequestAborted).ConfigureAwait(false);
        if (!granted.Succeeded)
            return Problems.From(granted.Error);

        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Location = $"{(context.Request.PathBase + context.Request.Path).ToUriComponent().TrimEnd('/')}/{granted.Value.Record.Id}";
        return Results.Json(UploadGrantBody.From(granted.Value), ContractJson.Default.UploadGrantBody, statusCode: Status.Created);
    }

    private static string? FindMissing(UploadRequestBody body)
    {
        if (string.IsNullOrEmpty(body.Profile))
            return "profile is missing: the name of one of the application's kinds of upload.";
        if (string.IsNullOrEmpty(body.FileName))
            return "fileName is missing: the file's own name.";
        if (string.IsNullOrEmpty(body.ContentType))
            return "contentType is missing: the file's media type, or \"application/octet-stream\" when it is unknown.";
        return body.Size is null ? "size is missing: the file's length in bytes." : null;
    }

    private static bool TryParseMethod(string? text, out UploadMethod? method)
    {
        method = text?.ToLowerInvariant() switch
        {
            "put" => UploadMethod.Put,
            "post" => UploadMethod.Post,
            "multipart" => UploadMethod.Multipart,
            _ => null,
        };
        return text is null || method is not null;
    }

    public static UploadCaller Caller(HttpContext context, DirectUploadEndpointOptions options) => Traced(context, options.Owner(context), context.User.Identity?.Name);

    public static UploadCaller Traced(HttpContext context, string? owner, string? actor) => new()
    {
        Owner = owner,
        User = context.User,
        Actor = actor,
        RemoteAddress = context.Connection.RemoteIpAddress?.ToString(),
        UserAgent = context.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent ? agent : null,
    };
}
