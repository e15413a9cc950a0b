using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace DirectUpload.AspNetCore.TagHelpers;

/// <summary>Renders an uploaded image in several widths, of which the browser loads the one that fits (<c>srcset</c>).</summary>
/// <remarks>
/// <para>
/// The page decides who may see the image: the URLs are those of <see cref="IDirectUploadService.CreateDownloadUrlAsync"/>, so
/// everyone who has them can load the image until they expire. Do not cache the page longer.
/// </para>
/// <para>
/// An upload that is not ready renders nothing, and neither does one that has none of the variants. An attribute that the page sets is
/// kept.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// &lt;img upload="picture" variants="small picture" sizes="(max-width: 600px) 100vw, 300px" alt="@picture.FileName"&gt;
/// </code>
/// </example>
/// <param name="uploads">The service that creates the URLs.</param>
[HtmlTargetElement("img", Attributes = UploadAttribute, TagStructure = TagStructure.WithoutEndTag)]
public sealed class UploadImageTagHelper(IDirectUploadService uploads) : TagHelper
{
    private const string UploadAttribute = "upload";

    private static readonly char[] Separators = [' ', ','];

    /// <summary>Gets or sets the upload.</summary>
    /// <value>
    /// An upload with variants whose widths are in its properties, as <c>AddImageVariants</c> stores them; null renders nothing.
    /// </value>
    [HtmlAttributeName(UploadAttribute)]
    public Upload? Upload { get; set; }

    /// <summary>Gets or sets the names of the variants, which show the same image in different widths.</summary>
    /// <value>Names, separated by spaces or commas. Null, the default, for every variant with a width.</value>
    [HtmlAttributeName("variants")]
    public string? Variants { get; set; }

    /// <summary>Gets or sets the context of the view.</summary>
    /// <value>The context, which MVC sets.</value>
    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary>Renders the element.</summary>
    /// <param name="context">The context of the tag.</param>
    /// <param name="output">The element.</param>
    /// <returns>A task that represents the operation.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="output"/> is null.</exception>
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var images = new List<(int Width, string Url)>();
        foreach (var (name, width) in FindVariants())
        {
            var presigned = await uploads.CreateDownloadUrlAsync(
                Upload!.Id, UploadAccess.Application.For(Upload), name, ViewContext.HttpContext.RequestAborted).ConfigureAwait(false);
            if (presigned.Succeeded)
                images.Add((width, presigned.Value.Url));
        }

        if (images.Count == 0)
        {
            output.SuppressOutput();
            return;
        }

        // Of an image that was never enlarged, several variants may have the same width.
        images = [.. images.DistinctBy(static image => image.Width).OrderBy(static image => image.Width)];
        SetUnlessSet(output, "src", images[^1].Url);
        if (images.Count > 1)
            SetUnlessSet(output, "srcset", string.Join(
                ", ", images.Select(image => string.Create(CultureInfo.InvariantCulture, $"{image.Url} {image.Width}w"))));
    }

    private IEnumerable<(string Name, int Width)> FindVariants()
    {
        if (Upload is not { Status: UploadStatus.Ready })
            yield break;
        var names = Variants?.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        foreach (var variant in Upload.Variants)
        {
            if ((names is null || names.Contains(variant.Name, StringComparer.Ordinal))
                && Upload.Properties.TryGetValue($"{variant.Name}.width", out var text)
                && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var width) && width > 0)
                yield return (variant.Name, width);
        }
    }

    private static void SetUnlessSet(TagHelperOutput output, string name, string value)
    {
        if (!output.Attributes.ContainsName(name))
            output.Attributes.SetAttribute(name, value);
    }
}
