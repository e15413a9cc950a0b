using DirectUpload.AspNetCore.Http;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Filters;

/// <summary>
/// The endpoint filter that limits a mapping to its profiles. For an upload of another profile, it responds as for an unknown id.
/// </summary>
internal sealed class ProfileFilter(DirectUploadEndpointOptions options, IDirectUploadService uploads)
{
    // The id is the second argument of every endpoint that has one.
    private const int IdArgumentIndex = 1;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        if (options.Profiles.Count > 0 && invocation.Arguments.Count > IdArgumentIndex
            && invocation.Arguments[IdArgumentIndex] is string text && UploadId.TryParse(text, out var id))
        {
            var context = invocation.HttpContext;
            var found = await uploads.GetAsync(id, UploadAccess.Application, context.RequestAborted).ConfigureAwait(false);
            if (found.Succeeded && !options.Serves(found.Value.Profile))
                invocation.Arguments[IdArgumentIndex] = string.Empty;
            else if (found.Succeeded)
                context.SetUpload(found.Value);
        }

        return await next(invocation).ConfigureAwait(false);
    }
}
