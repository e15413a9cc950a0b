using DirectUpload.AspNetCore.Filters;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.AspNetCore.TagHelpers;

/// <summary>Renders the uploads that a field has already, with the names of those that belong to the user.</summary>
internal static partial class ExistingUploads
{
    // A form that an attacker fills must not cause more reads than an honest one.
    private const int MaxLookups = 100;

    /// <summary>Renders the uploads as children of the element, and hidden fields that submit them without script.</summary>
    public static async Task RenderAsync(
        IHtmlContentBuilder content, IReadOnlyList<string> ids, string? name, UploadMapping? mapping, HttpContext page)
    {
        var owner = mapping is null || ids.Count == 0 ? null : mapping.Options.OwnerResolver(page);
        foreach (var (at, id) in ids.Index())
        {
            if (name is not null)
                content.AppendHtml(CreateHidden(name, id));
            if (!string.IsNullOrEmpty(owner) && at < MaxLookups && UploadId.TryParse(id, out var uploadId)
                && await FindAsync(uploadId, owner, page).ConfigureAwait(false) is { } upload && mapping!.Options.Serves(upload.Profile))
                content.AppendHtml(CreateData(upload, mapping, page));
        }
    }

    private static TagBuilder CreateHidden(string name, string id)
    {
        var hidden = new TagBuilder("input") { TagRenderMode = TagRenderMode.StartTag };
        (hidden.Attributes["type"], hidden.Attributes["name"], hidden.Attributes["value"]) = ("hidden", name, id);
        // Firefox would restore the field's earlier value when the page is reloaded.
        hidden.Attributes["autocomplete"] = "off";
        return hidden;
    }

    private static TagBuilder CreateData(Upload upload, UploadMapping mapping, HttpContext page)
    {
        var data = new TagBuilder("data");
        data.Attributes["value"] = upload.Id.ToString();
        if (CreateContentUrl(upload, mapping, page) is { } url)
        {
            if (upload.ContentType.StartsWith("image/", StringComparison.Ordinal))
            {
                var image = new TagBuilder("img") { TagRenderMode = TagRenderMode.StartTag };
                (image.Attributes["src"], image.Attributes["alt"]) = (url, string.Empty);
                data.InnerHtml.AppendHtml(image);
            }
            else
            {
                var link = new TagBuilder("a");
                link.Attributes["href"] = url;
                link.InnerHtml.Append(upload.FileName);
                data.InnerHtml.AppendHtml(link);
                return data;
            }
        }

        data.InnerHtml.Append(upload.FileName);
        return data;
    }

    private static string? CreateContentUrl(Upload upload, UploadMapping mapping, HttpContext page)
    {
        if (upload.Status != UploadStatus.Ready)
            return null;
        return page.RequestServices.GetRequiredService<IDirectUploadService>().GetPublicUrl(upload)?.AbsoluteUri
            ?? (mapping.ServesOwners ? $"{mapping.Path.TrimEnd('/')}/{upload.Id}/content" : null);
    }

    private static async Task<Upload?> FindAsync(UploadId id, string owner, HttpContext page)
    {
        var uploads = page.RequestServices.GetRequiredService<IDirectUploadService>();
        try
        {
            return (await uploads.GetAsync(id, UploadAccess.Owner(owner), page.RequestAborted).ConfigureAwait(false)).Value;
        }
        catch (Exception exception) when (StorageUnavailableFilter.CanHandle(exception, page))
        {
            // The form works without the name.
            page.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("DirectUpload.AspNetCore")
                .UploadNameUnavailable(exception, id);
            return null;
        }
    }

    [LoggerMessage(33, LogLevel.Warning, "Upload {UploadId} could not be read; its form field was rendered without a file name")]
    private static partial void UploadNameUnavailable(this ILogger logger, Exception exception, UploadId uploadId);
}
