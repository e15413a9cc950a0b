using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.TagHelpers;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DirectUpload.AspNetCore.TagHelpers;

/// <summary>Renders the upload element for a property that holds upload ids.</summary>
/// <remarks>
/// <para>
/// The element gets its name, id, values and validation from the property, its endpoint from <c>MapDirectUploads</c>, its limits from the
/// profile, and its language from the current UI culture. An attribute that the page sets is kept.
/// </para>
/// <para>
/// Uploads of the signed-in user are shown with their name. Other ids are submitted again without a name. Without script, hidden fields
/// submit the ids.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// &lt;direct-upload asp-for="AvatarId" profile="avatar" aria-label="Picture" block-submit&gt;
/// </code>
/// </example>
/// <param name="generator">The generator of MVC, which defines how ids are made from names.</param>
[HtmlTargetElement("direct-upload")]
public sealed class DirectUploadTagHelper(IHtmlGenerator generator) : TagHelper
{
    private const string InvalidClass = "input-validation-error";

    /// <summary>Gets or sets the property that holds the upload ids.</summary>
    /// <value>
    /// A property of type <see cref="UploadId"/>, or a collection of ids for an element with <c>multiple</c>; a string instead of an id is
    /// accepted too. Null, the default, for an element without a model; it then needs the attribute <c>name</c>.
    /// </value>
    [HtmlAttributeName("asp-for")]
    public ModelExpression? For { get; set; }

    /// <summary>Gets or sets the name of the profile.</summary>
    /// <value>The name of a profile that a <c>MapDirectUploads</c> of the application serves. It is required.</value>
    [HtmlAttributeName("profile")]
    public string? Profile { get; set; }

    /// <summary>Gets or sets the name of the file field for browsers without script.</summary>
    /// <value>
    /// The name of an <c>IFormFile</c> of the form's handler, which stores it with <see cref="IDirectUploadService.StoreAsync"/>; the form
    /// needs <c>enctype="multipart/form-data"</c>. Null, the default, renders no file field.
    /// </value>
    [HtmlAttributeName("fallback-name")]
    public string? FallbackName { get; set; }

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
    /// <exception cref="InvalidOperationException">
    /// The attribute <c>profile</c> is missing, the application has no such profile, no <c>MapDirectUploads</c> serves it, or the type of
    /// the property cannot hold upload ids. With an <c>endpoint</c> attribute, the profile is not checked.
    /// </exception>
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (string.IsNullOrEmpty(Profile))
        {
            throw new InvalidOperationException(
                "<direct-upload> has no profile: add the attribute profile=\"…\" with the name of one of the application's profiles.");
        }

        var services = ViewContext.HttpContext.RequestServices;
        var name = For is null
            ? output.Attributes["name"]?.Value.ToString()
            : ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
        var mapping = output.Attributes.ContainsName("endpoint") ? null : UploadMapping.Find(ViewContext.HttpContext, Profile);
        var field = UploadField.Create(For, name, ViewContext);

        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("profile", Profile);
        AddField(output, field, name);
        if (mapping is not null)
            Add(output, "endpoint", mapping.Path);
        ProfileAttributes.Add(output, services.GetRequiredService<IOptions<DirectUploadOptions>>().Value, Profile);
        if (CultureInfo.CurrentUICulture.Name is { Length: > 0 } language)
            Add(output, "language", language);

        // The name that the page wrote takes precedence for the fields without script, too.
        var submitted = output.Attributes["name"]?.Value.ToString();
        await ExistingUploads.RenderAsync(output.PreContent, field.Ids, submitted, mapping, ViewContext.HttpContext).ConfigureAwait(false);
        if (FallbackName is not null)
            output.PreContent.AppendHtml(CreateFallback(output, FallbackName));
    }

    internal static void Add(TagHelperOutput output, string name, string value)
    {
        if (!output.Attributes.ContainsName(name))
            output.Attributes.Add(name, value);
    }

    private void AddField(TagHelperOutput output, UploadField field, string? name)
    {
        if (For is not null)
        {
            Add(output, "id", TagBuilder.CreateSanitizedId(name, generator.IdAttributeDotReplacement));
            Add(output, "name", name!);
            var validation = new Dictionary<string, string>();
            ViewContext.HttpContext.RequestServices.GetService<ValidationHtmlAttributeProvider>()
                ?.AddAndTrackValidationAttributes(ViewContext, For.ModelExplorer, For.Name, validation);
            foreach (var (attribute, value) in validation)
                Add(output, attribute, value);
            if (ViewContext.ViewData.ModelState.TryGetValue(name!, out var entry) && entry.Errors.Count > 0)
                output.AddClass(InvalidClass, System.Text.Encodings.Web.HtmlEncoder.Default);
        }

        if (field.Ids.Count > 0)
            Add(output, "value", string.Join(',', field.Ids));
        if (field.IsMultiple)
            AddFlag(output, "multiple");
        if (field.IsRequired)
            AddFlag(output, "required");
        if (field.MaxCount is { } most)
            Add(output, "max-files", most.ToString(CultureInfo.InvariantCulture));
    }

    private static void AddFlag(TagHelperOutput output, string name)
    {
        if (!output.Attributes.ContainsName(name))
            output.Attributes.Add(new TagHelperAttribute(name));
    }

    private static TagBuilder CreateFallback(TagHelperOutput output, string name)
    {
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.StartTag };
        (input.Attributes["type"], input.Attributes["name"]) = ("file", name);
        if (output.Attributes["accept"]?.Value.ToString() is { Length: > 0 } accept)
            input.Attributes["accept"] = accept;
        if (output.Attributes.ContainsName("multiple"))
            input.Attributes["multiple"] = "multiple";
        return input;
    }
}
