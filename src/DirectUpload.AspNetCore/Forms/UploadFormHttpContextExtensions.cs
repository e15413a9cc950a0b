using DirectUpload;
using DirectUpload.AspNetCore;
using DirectUpload.AspNetCore.Authorization;
using DirectUpload.AspNetCore.Forms;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Http;

/// <summary>Requests uploads for HTML forms, which work without JavaScript.</summary>
public static class UploadFormHttpContextExtensions
{
    /// <summary>Requests an upload for an HTML form on the page that is being rendered.</summary>
    /// <remarks>
    /// <para>
    /// When storage has accepted the file, it redirects the browser to an endpoint of <c>MapDirectUploads</c>, which confirms the upload.
    /// That endpoint redirects the browser to <paramref name="returnTo"/>, with <c>upload</c> (the id) and <c>status</c> or <c>error</c> (a
    /// code) in the query. No address contains a token.
    /// </para>
    /// <para>Each call creates an upload, which expires if the form is not sent.</para>
    /// </remarks>
    /// <param name="context">
    /// The page's request. The first <c>MapDirectUploads</c> that serves the profile finds the owner from it; the page authorizes the user.
    /// A visitor without an account receives a session cookie.
    /// </param>
    /// <param name="request">
    /// The file to upload. Its profile must use POST. The page chooses the name and the type, because the form is signed before the user
    /// chooses a file. The size is null: storage enforces the profile's limits.
    /// </param>
    /// <param name="returnTo">A path of this site, such as <c>/gallery</c>, optionally with a query; at most 1,000 characters.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The form, or the error that refused it, such as too many pending uploads of the user.</returns>
    /// <exception cref="ArgumentException"><paramref name="returnTo"/> is not a path of this site.</exception>
    /// <exception cref="InvalidOperationException">
    /// The application has not called <c>MapDirectUploads</c> for this profile; or the request's Host is not known to be the application's
    /// (see <see cref="DirectUploadEndpointOptions.PublicBaseAddress"/>); or the response has started, and the visitor has neither an
    /// account nor the cookie that identifies the browser.
    /// </exception>
    public static async Task<UploadResult<UploadForm>> RequestUploadFormAsync(
        this HttpContext context, UploadRequest request, string returnTo, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(returnTo);
        if (!LocalPath.IsValid(returnTo))
            throw new ArgumentException("The page to return to must be a path of this site, such as /gallery.", nameof(returnTo));

        var services = context.RequestServices;
        var endpoint = FormCallbackEndpoint.Find(services, request.Profile)
            ?? throw new InvalidOperationException(
                $"Call app.MapDirectUploads(…), with \"{request.Profile}\" in its Profiles if that is not empty: its endpoint confirms " +
                "the upload of a form.");
        var back = endpoint.Metadata.GetRequiredMetadata<FormCallbackEndpoint>();
        // A link may come from any page; an image or a frame on a page of another origin would use up the user's quota.
        if (CrossSiteCheck.IsCrossOrigin(context.Request, back.Options.PublicBaseAddress)
            && (context.Request.Headers["Sec-Fetch-Mode"], context.Request.Headers["Sec-Fetch-Dest"]) is not (["navigate"], ["document"])
            && context.Request.Headers.ContainsKey("Sec-Fetch-Mode"))
            return new UploadError(
                UploadErrorCodes.NotAuthorized, "A page of another site requested this form in the background. Open the page itself.");

        var id = UploadId.Create((services.GetService<TimeProvider>() ?? TimeProvider.System).GetUtcNow());
        var redirect = back.CreateAddress(context, endpoint, id, returnTo);
        var caller = CallerFactory.Create(context, back.Options);
        UploadToken? writeToken = caller.Owner is null ? VisitorCookie.GetOrCreateWriteToken(context, id) : null;
        var granted = await services.GetRequiredService<IDirectUploadService>()
            .RequestAsync(request, caller, new()
            {
                Id = id,
                SuccessRedirect = redirect,
                WriteToken = writeToken,
            }, cancellationToken).ConfigureAwait(false);
        if (!granted.Succeeded)
            return granted.Error;
        var form = granted.Value.Instructions;
        return new UploadForm(id, form.Url, form.Fields, form.ExpiresAt);
    }
}
