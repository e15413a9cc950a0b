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
/// <remarks>
/// No token is in the address, and the address alone opens nothing: an owner is known as on every page of the host, a visitor without an account by <see cref="VisitorCookie"/>.
/// </remarks>
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
        var path = page.RequestServices.GetRequiredService<LinkGenerator>().GetPathByName(page, _name, values, pathBase: PathString.Empty)
            ?? throw new InvalidOperationException($"The address {endpoint.RoutePattern.RawText} could not be made: its parameters must be in the page's address, too.");
        return new(PublicAddress.Of(page, options.PublicBaseAddress) is { } address
            ? address + path
            : throw new InvalidOperationException($"Storage sends the browser back to an absolute address, and the request's Host is not known to be this application's. {PublicAddress.Cure}"));
    }

    private async Task<IResult> HandleAsync(HttpContext context, string id, string to, DirectUploadService uploads, IUploadRecordStore store)
    {
        // Storage sends the browser here as a whole; what a foreign page asks in the background is not that.
        if (CrossSite.IsForeign(context.Request, options.PublicBaseAddress) && context.Request.Headers["Sec-Fetch-Mode"].ToString() is not ("" or "navigate"))
            return Problems.NotFound();
        if (LocalPath.Read(to) is not { } page || !UploadId.TryParse(id, out var uploadId)
            || await store.FindAsync(uploadId, context.RequestAborted).ConfigureAwait(false) is not { } record || !IsRequestedBy(record, context))
            return Problems.NotFound();
        var confirmed = await uploads.ConfirmAsHostAsync(uploadId, context.RequestAborted).ConfigureAwait(false);
        context.Response.Headers.CacheControl = "no-store";
        return Results.LocalRedirect(QueryHelpers.AddQueryString(LocalPath.ToAscii(page), new Dictionary<string, string?>
        {
            ["upload"] = id,
            ["status"] = confirmed.Succeeded ? confirmed.Value.Status.ToJson() : null,
            ["error"] = confirmed.Succeeded ? null : Problems.CodeOf(confirmed.Error.Reason),
        }));
    }

    // Two callers without an owner are not the same one.
    private bool IsRequestedBy(UploadRecord record, HttpContext context) =>
        record.Owner is { } owner ? owner == options.Owner(context) : VisitorCookie.Opens(context, record);
}
