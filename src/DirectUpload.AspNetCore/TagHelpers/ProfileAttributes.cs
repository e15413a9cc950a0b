using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace DirectUpload.AspNetCore.TagHelpers;

/// <summary>Adds the limits of a profile, so that the element refuses a file before it is sent.</summary>
internal static class ProfileAttributes
{
    public static void Add(TagHelperOutput output, DirectUploadOptions options, string name)
    {
        if (!options.Profiles.TryGetValue(name, out var profile))
            return;
        // The attribute accepts a file that matches one of its entries; the profile needs both, of which the extension is narrower.
        var accepted = profile.Extensions.Count > 0 ? profile.Extensions : profile.ContentTypes;
        if (accepted.Count > 0 && !accepted.Contains("*/*"))
            DirectUploadTagHelper.Add(output, "accept", string.Join(',', accepted));
        DirectUploadTagHelper.Add(output, "max-size", profile.MaxSize.ToString(CultureInfo.InvariantCulture));
    }
}
