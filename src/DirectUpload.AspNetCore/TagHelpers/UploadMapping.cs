using DirectUpload.AspNetCore.Authorization;
using DirectUpload.AspNetCore.Forms;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DirectUpload.AspNetCore.TagHelpers;

/// <summary>The <c>MapDirectUploads</c> that serves a profile to a page.</summary>
/// <param name="Path">The path of the endpoints, with the request's path base.</param>
/// <param name="Options">The options of the mapping.</param>
/// <param name="ServesOwners">Whether the content endpoint serves the signed-in owner without a token.</param>
internal sealed record UploadMapping(string Path, DirectUploadEndpointOptions Options, bool ServesOwners)
{
    /// <summary>Finds the first mapping that serves a profile.</summary>
    /// <exception cref="InvalidOperationException">There is no such profile, or no mapping serves it.</exception>
    public static UploadMapping Find(HttpContext page, string profile)
    {
        var services = page.RequestServices;
        var profiles = services.GetService<IOptions<DirectUploadOptions>>()?.Value.Profiles;
        if (profiles?.ContainsKey(profile) != true)
        {
            throw new InvalidOperationException(
                $"<direct-upload profile=\"{profile}\">: the application has no such profile; there are: "
                + $"{string.Join(", ", profiles?.Keys ?? [])}.");
        }

        var endpoint = FormCallbackEndpoint.Find(services, profile)
            ?? throw new InvalidOperationException(
                $"<direct-upload profile=\"{profile}\">: no endpoints serve this profile. Call app.MapDirectUploads(\"/uploads\"), with "
                + $"\"{profile}\" in its Profiles if that is not empty; or set the attribute endpoint, if another application has them.");
        var form = endpoint.Metadata.GetRequiredMetadata<FormCallbackEndpoint>();
        return new(form.CreateMappingPath(page, endpoint), form.Options, !HostAuthorization.AllowsAnonymous(endpoint));
    }
}
