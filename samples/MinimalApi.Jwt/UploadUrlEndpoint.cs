using System.Security.Claims;
using DirectUpload;

namespace MinimalApiJwt;

/// <summary>Maps the classic route "give me an upload URL".</summary>
internal static class UploadUrlEndpoint
{
    public static void MapUploadUrl(this IEndpointRouteBuilder endpoints, string pattern) =>
        endpoints.MapGet(pattern, async (
                string fileName, string contentType, long size, ClaimsPrincipal user, IDirectUploadService uploads, HttpResponse response,
                CancellationToken cancellationToken) =>
            {
                response.Headers.CacheControl = "no-store";
                var request = new UploadRequest { Profile = "document", FileName = fileName, ContentType = contentType, Size = size };
                var caller = new UploadCaller { Owner = user.GetSubject(), User = user };
                var granted = await uploads.RequestAsync(request, caller, cancellationToken: cancellationToken);
                return granted.TryGetValue(out var grant, out var error) ? Results.Ok(UploadUrl.From(grant)) : error.ToProblem();
            })
            .RequireAuthorization().Produces<UploadUrl>().ProducesProblem(StatusCodes.Status403Forbidden)
            .WithTags("Upload URL").WithSummary("Get an upload URL")
            .WithDescription("The client sends the file to this URL by PUT, with exactly these headers, and then calls confirmUrl.");

    /// <summary>The URL; afterwards the client calls confirm with the write token in the header Upload-Token.</summary>
    internal sealed record UploadUrl(
        UploadId Id, string Method, string Url, IReadOnlyDictionary<string, string> Headers, DateTimeOffset ExpiresAt, string ConfirmUrl,
        string WriteToken)
    {
        public static UploadUrl From(UploadGrant grant) => new(
            grant.Upload.Id, "PUT", grant.Instructions.Url, grant.Instructions.Headers, grant.Instructions.ExpiresAt,
            $"/uploads/{grant.Upload.Id}/confirm", grant.WriteToken.Value);
    }
}
