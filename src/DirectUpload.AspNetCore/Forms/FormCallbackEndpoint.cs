using DirectUpload.AspNetCore.Authorization;
using DirectUpload.AspNetCore.Contract;
using DirectUpload.AspNetCore.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.Forms;

/// <summary>
/// The endpoint that storage redirects a browser to after an HTML form upload. It confirms the upload for its owner and redirects the
/// browser to the application's page.
/// </summary>
/// <remarks>
/// The address contains no token and grants no access by itself. The host identifies an owner as on every page; <see cref="VisitorCookie"/>
/// identifies a visitor without an account.
/// </remarks>
internal sealed class FormCallbackEndpoint(DirectUploadEndpointOptions options)
{
    // Each mapping needs its own name, because the application may map several.
    private readonly string _endpointName = $"DirectUpload.FormReturn.{Guid.NewGuid():N}";

    public DirectUploadEndpointOptions Options => options;

    public static void Map(RouteGroupBuilder group, DirectUploadEndpointOptions options)
    {
        var form = new FormCallbackEndpoint(options);
        group.MapGet("/{id}/return/{to}", form.HandleAsync).WithName(form._endpointName).WithMetadata(form).ExcludeFromDescription();
    }

    /// <summary>Finds the endpoint of the first mapping that serves a profile.</summary>
    public static RouteEndpoint? Find(IServiceProvider services, string? profile) =>
        services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .FirstOrDefault(it => it.Metadata.GetMetadata<FormCallbackEndpoint>()?.Options.Serves(profile) == true);

    /// <summary>
    /// Creates the redirect address for storage. Further parameters of the endpoint's pattern, such as a tenant, come from the page's
    /// address.
    /// </summary>
    public Uri CreateAddress(HttpContext page, RouteEndpoint endpoint, UploadId id, string returnTo)
    {
        var path = CreatePath(page, endpoint, id.ToString(), LocalPath.Encode(returnTo), PathString.Empty);
        return new(PublicAddress.GetBaseAddress(page, options.PublicBaseAddress) is { } address
            ? address + path
            : throw new InvalidOperationException(
                "Storage redirects the browser to an absolute address, and the request's Host is not known to be this application's. " +
                $"{PublicAddress.ConfigurationHint}"));
    }

    /// <summary>Creates the path of the mapping's endpoints for a page, with the request's path base.</summary>
    public string CreateMappingPath(HttpContext page, RouteEndpoint endpoint)
    {
        const string Placeholder = "0";
        var path = CreatePath(page, endpoint, Placeholder, Placeholder, page.Request.PathBase).TrimEnd('/');
        return path[..^$"/{Placeholder}/return/{Placeholder}".Length] is { Length: > 0 } prefix ? prefix : "/";
    }

    private string CreatePath(HttpContext page, RouteEndpoint endpoint, string id, string to, PathString pathBase)
    {
        var values = new RouteValueDictionary();
        foreach (var parameter in endpoint.RoutePattern.Parameters)
            values[parameter.Name] = page.Request.RouteValues.GetValueOrDefault(parameter.Name);
        (values["id"], values["to"]) = (id, to);
        return page.RequestServices.GetRequiredService<LinkGenerator>().GetPathByName(page, _endpointName, values, pathBase: pathBase)
            ?? throw new InvalidOperationException(
                $"The address {endpoint.RoutePattern.RawText} could not be created: the page's address must have the same route " +
                "parameters.");
    }

    private async Task<IResult> HandleAsync(HttpContext context, string id, string to, IDirectUploadService uploads)
    {
        // Storage redirects here by navigation. A background request of a page of another origin is something else.
        if (CrossSiteCheck.IsCrossOrigin(context.Request, options.PublicBaseAddress)
            && context.Request.Headers["Sec-Fetch-Mode"].ToString() is not ("" or "navigate"))
            return Problems.NotFound();
        if (LocalPath.TryDecode(to) is not { } page || !UploadId.TryParse(id, out var uploadId))
            return Problems.NotFound();
        var known = UploadAccess.Application.WithKnownUpload(context);
        var found = await uploads.GetAsync(uploadId, known, context.RequestAborted).ConfigureAwait(false);
        if (!found.Succeeded || !await IsRequestedByAsync(found.Value, context, uploads).ConfigureAwait(false))
            return Problems.NotFound();
        var access = UploadAccess.Application.For(found.Value);
        var confirmed = await uploads.ConfirmAsync(uploadId, access, cancellationToken: context.RequestAborted).ConfigureAwait(false);
        context.Response.Headers.CacheControl = "no-store";
        return Results.LocalRedirect(QueryHelpers.AddQueryString(LocalPath.ToAscii(page), new Dictionary<string, string?>
        {
            ["upload"] = id,
            ["status"] = confirmed.Succeeded ? confirmed.Value.Status.ToJson() : null,
            ["error"] = confirmed.Succeeded ? null : confirmed.Error.Code,
        }));
    }

    // Two callers without an owner are not the same caller, so an anonymous upload needs the cookie.
    private async Task<bool> IsRequestedByAsync(Upload upload, HttpContext context, IDirectUploadService uploads)
    {
        if (upload.Owner is { } owner)
            return owner == options.OwnerResolver(context);
        if (VisitorCookie.FindWriteToken(context, upload.Id) is not { } token)
            return false;
        var access = UploadAccess.WriteToken(token).For(upload);
        return (await uploads.GetAsync(upload.Id, access, context.RequestAborted).ConfigureAwait(false)).Succeeded;
    }
}
