using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.TagHelpers;

/// <summary>Renders the script of the upload element, with the fingerprint or the version of the file in its address.</summary>
/// <remarks>
/// The host serves the file with <c>app.MapStaticAssets()</c> or <c>app.UseStaticFiles()</c>. Other attributes, such as <c>nonce</c>, are
/// kept.
/// </remarks>
/// <example>
/// <code>
/// &lt;direct-upload-script /&gt;
/// </code>
/// </example>
[HtmlTargetElement("direct-upload-script")]
public sealed class DirectUploadScriptTagHelper : TagHelper
{
    private const string Asset = "_content/DirectUpload.AspNetCore/direct-upload.js";

    /// <summary>Gets or sets the context of the view.</summary>
    /// <value>The context, which MVC sets.</value>
    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary>Renders the script.</summary>
    /// <param name="context">The context of the tag.</param>
    /// <param name="output">The script.</param>
    /// <exception cref="ArgumentNullException"><paramref name="output"/> is null.</exception>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        (output.TagName, output.TagMode) = ("script", TagMode.StartTagAndEndTag);
        DirectUploadTagHelper.Add(output, "type", "module");
        if (!output.Attributes.ContainsName("src"))
            output.Attributes.Add("src", CreateAddress(ViewContext.HttpContext));
    }

    private static string CreateAddress(HttpContext page)
    {
        var root = page.Request.PathBase.ToUriComponent();
        // The pages of a host with MapStaticAssets know the fingerprints by WithStaticAssets.
        if (page.GetEndpoint()?.Metadata.GetMetadata<ResourceAssetCollection>() is { } assets && assets[Asset] is var found
            && found != Asset)
            return $"{root}/{found.TrimStart('/')}";
        var path = $"{root}/{Asset}";
        return page.RequestServices.GetService<IFileVersionProvider>()?.AddFileVersionToPath(page.Request.PathBase, path) ?? path;
    }
}
