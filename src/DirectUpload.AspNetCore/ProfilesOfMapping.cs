using DirectUpload.Records;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore;

/// <summary>Keeps a mapping to its profiles: an upload of another one is answered exactly as an id that no upload has.</summary>
internal sealed class ProfilesOfMapping(DirectUploadEndpointOptions options)
{
    // Every endpoint with an id has it as its second argument.
    private const int Id = 1;

    public async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        if (options.Profiles.Count > 0 && invocation.Arguments.Count > Id && invocation.Arguments[Id] is string text && UploadId.TryParse(text, out var id))
        {
            var context = invocation.HttpContext;
            var store = context.RequestServices.GetRequiredService<IUploadRecordStore>();
            if (await store.FindAsync(id, context.RequestAborted).ConfigureAwait(false) is { } record && !options.Serves(record.Profile))
                invocation.Arguments[Id] = string.Empty;
        }

        return await next(invocation).ConfigureAwait(false);
    }
}
