using DirectUpload.AspNetCore.Contract;
using DirectUpload.Records;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.Forms;

/// <summary>Where storage sends a browser on to after a form without script: confirms the upload for its owner, and sends the browser on to the application's page.</summary>
/// <remarks>No token is in the address: the owner is known as on every page of the host. A confirm changes nothing that is not so, so that a link to here does no harm.</remarks>
internal sealed class FormReturn(DirectUploadEndpointOptions options)
{
    // Each mapping has a name of its own, for the application may map several.
    private readonly string _name = $"DirectUpload.FormReturn.{Guid.NewGuid():N}";

    public DirectUploadEndpointOptions Options => options;

    public static void MapTo(RouteGroupBuilder group, DirectUploadEndpointOptions options)
    {
        var form = new FormReturn(options);
        group.MapGet("/{id}/return/{to}", form.HandleAsync).WithName(form._name).WithMetadata(form).ExcludeFromDescription();
    }

    /// <summary>The address to give to storage. What parameters its pattern has beside its own, such as a tenant, come from the page's address.</summary>
    public Uri AddressOf(HttpContext page, RouteEndpoint endpoint, UploadId id, string returnTo)
    {
        var values = new RouteValueDictionary();
        foreach (var parameter in endpoint.RoutePattern.Parameters)
            values[parameter.Name] = page.Request.RouteValues.GetValueOrDefault(parameter.Name);
        (values["id"], values["to"]) = (id.ToString(), LocalPath.Write(returnTo));
        var address = page.RequestServices.GetRequiredService<LinkGenerator>().GetUriByName(page, _name, values);
        return new(address ?? throw new InvalidOperationException($"The address {endpoint.RoutePattern.RawText} could not be made: its parameters must be in the page's address, too."));
    }

    private async Task<IResult> HandleAsync(HttpContext context, string id, string to, DirectUploadService uploads, IUploadRecordStore store)
    {
        if (LocalPath.Read(to) is not { } page || !UploadId.TryParse(id, out var uploadId)
            || await store.FindAsync(uploadId, context.RequestAborted).ConfigureAwait(false) is not { } record || record.Owner != options.Owner(context))
            return Problems.NotFound();
        var confirmed = await uploads.ConfirmAsHostAsync(uploadId, context.RequestAborted).ConfigureAwait(false);
        context.Response.Headers.CacheControl = "no-store";
        return Results.LocalRedirect(QueryHelpers.AddQueryString(page, new Dictionary<string, string?>
        {
            ["upload"] = id,
            ["status"] = confirmed.Succeeded ? confirmed.Value.Status.ToJson() : null,
            ["error"] = confirmed.Succeeded ? null : Problems.CodeOf(confirmed.Error.Reason),
        }));
    }
}
