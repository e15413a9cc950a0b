using DirectUpload.AspNetCore.Operations;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.Forms;

/// <summary>Uploads from pages without script.</summary>
public static class UploadFormHttpContextExtensions
{
    /// <summary>
    /// Grants an upload by a plain HTML form, for a page that is being rendered. Once storage has taken the file, the browser comes back through <c>MapDirectUploads</c>, which confirms
    /// the upload, and goes on to <paramref name="returnTo"/> with <c>upload</c> (the id) and <c>status</c> or <c>error</c> (a code) in its query. No token is in any address.
    /// </summary>
    /// <param name="context">
    /// The page's request: its user is the owner, as the first <c>MapDirectUploads</c> that serves the profile knows them. The page authorizes them. A visitor without an account gets a cookie of the session.
    /// </param>
    /// <param name="request">
    /// The kind of file. Its profile is by POST; name and type are what the page says, for a form can't tell those of the file that will be chosen; the size is null: storage holds it to the profile's limits.
    /// </param>
    /// <param name="returnTo">A path of this site, such as <c>/gallery</c>, with a query if you like: at most 1,000 characters.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The form, or why there is none, such as that the user has too many uploads pending. Each call makes an upload, which expires if the form is not sent.</returns>
    /// <exception cref="ArgumentException"><paramref name="returnTo"/> leads elsewhere.</exception>
    /// <exception cref="InvalidOperationException">
    /// The application has not called <c>MapDirectUploads</c> for this profile; or the request's Host is not known to be the application's (see <see cref="DirectUploadEndpointOptions.PublicBaseAddress"/>); or
    /// the response has begun, and the visitor has neither an account nor the cookie by which this browser is known again.
    /// </exception>
    public static async Task<UploadResult<UploadForm>> RequestUploadFormAsync(
        this HttpContext context, UploadRequest request, string returnTo, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(returnTo);
        if (!LocalPath.IsOne(returnTo))
            throw new ArgumentException("The page to return to must be a path of this site, such as /gallery.", nameof(returnTo));

        var services = context.RequestServices;
        var endpoint = services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .FirstOrDefault(it => it.Metadata.GetMetadata<FormReturn>()?.Options.Serves(request.Profile) == true)
            ?? throw new InvalidOperationException($"Call app.MapDirectUploads(…), with \"{request.Profile}\" among its profiles if it names any: a form's upload is confirmed there.");
        var back = endpoint.Metadata.GetRequiredMetadata<FormReturn>();
        // A link may come from anywhere; a picture or a frame of a foreign page would fill the user's quota.
        if (CrossSite.IsForeign(context.Request, back.Options.PublicBaseAddress) && (context.Request.Headers["Sec-Fetch-Mode"], context.Request.Headers["Sec-Fetch-Dest"]) is not (["navigate"], ["document"])
            && context.Request.Headers.ContainsKey("Sec-Fetch-Mode"))
            return new UploadError(UploadErrorReason.NotAuthorized, "A page of another site asks for this form in the background. Open the page itself.");

        var id = UploadId.New((services.GetService<TimeProvider>() ?? TimeProvider.System).GetUtcNow());
        var redirect = back.AddressOf(context, endpoint, id, returnTo);
        var caller = RequestUpload.Caller(context, back.Options);
        UploadToken? writeToken = caller.Owner is null ? VisitorCookie.WriteTokenFor(context, id) : null;
        var granted = await services.GetRequiredService<DirectUploadService>().RequestFormAsync(request, caller, id, redirect, writeToken, cancellationToken).ConfigureAwait(false);
        if (!granted.Succeeded)
            return granted.Error;
        var form = granted.Value.Instructions;
        return new UploadForm(id, form.Url, form.Fields, form.ExpiresAt);
    }
}
