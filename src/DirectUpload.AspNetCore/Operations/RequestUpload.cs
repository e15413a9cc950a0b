using DirectUpload.AspNetCore.Authorization;
using DirectUpload.AspNetCore.Contract;
using DirectUpload.AspNetCore.Http;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Operations;

/// <summary>Handles <c>POST /uploads</c>.</summary>
internal static class RequestUpload
{
    public static async Task<IResult> HandleAsync(HttpContext context, IDirectUploadService uploads, DirectUploadEndpointOptions options)
    {
        var (body, fault) = await JsonBodyReader.ReadAsync(
            context.Request, ContractJson.Default.UploadRequestBody, context.RequestAborted).ConfigureAwait(false);
        if (fault is not null)
            return Problems.From(fault);
        var granted = await GrantAsync(
            body!, CallerFactory.Create(context, options), uploads, options, context.RequestAborted).ConfigureAwait(false);
        if (!granted.Succeeded)
            return Problems.From(granted.Error);

        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Location =
            $"{(context.Request.PathBase + context.Request.Path).ToUriComponent().TrimEnd('/')}/{granted.Value.Upload.Id}";
        return JsonResponse.Create(UploadGrantBody.From(granted.Value), ContractJson.Default.UploadGrantBody, HttpStatus.Created);
    }

    /// <summary>Decides about one request, which came alone or in a batch.</summary>
    public static Task<UploadResult<UploadGrant>> GrantAsync(
        UploadRequestBody body, UploadCaller caller, IDirectUploadService uploads, DirectUploadEndpointOptions options,
        CancellationToken cancellationToken)
    {
        if (FindMissingField(body) is { } missing)
            return Refuse(UploadErrorCodes.InvalidRequest, missing);
        if (!TryParseMethod(body.Method, out var method))
        {
            return Refuse(
                UploadErrorCodes.InvalidRequest, "method must be \"put\", \"post\" or \"multipart\"; omit it to use the profile's method.");
        }

        if (!options.Serves(body.Profile))
        {
            return Refuse(
                UploadErrorCodes.UnknownProfile,
                $"These endpoints do not serve this profile; they serve: {string.Join(", ", options.Profiles.Order())}.");
        }

        var request = new UploadRequest
        {
            Profile = body.Profile!,
            FileName = body.FileName!,
            ContentType = body.ContentType ?? string.Empty,
            Size = body.Size!.Value,
            ChecksumSha256 = body.ChecksumSha256,
            ChecksumCrc64Nvme = body.Checksums?.Crc64nvme,
            UsePartChecksums = body.PartChecksums,
            Metadata = body.Metadata,
            Association = body.Association is { } association
                ? new(association.Type ?? string.Empty, association.Id ?? string.Empty, association.Kind)
                : null,
            Method = method,
        };
        return uploads.RequestAsync(request, caller, cancellationToken: cancellationToken);
    }

    private static Task<UploadResult<UploadGrant>> Refuse(string code, string message) =>
        Task.FromResult<UploadResult<UploadGrant>>(new UploadError(code, message));

    private static string? FindMissingField(UploadRequestBody body)
    {
        if (string.IsNullOrEmpty(body.Profile))
            return "profile is missing: send the name of one of the application's profiles.";
        if (string.IsNullOrEmpty(body.FileName))
            return "fileName is missing: send the file's name.";
        return body.Size is null ? "size is missing: send the file's length in bytes." : null;
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
}
