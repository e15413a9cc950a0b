using System.Globalization;
using Microsoft.AspNetCore.Components.Rendering;

namespace DirectUpload.Blazor;

public sealed partial class DirectUpload
{
    private const string ElementScript = "_content/DirectUpload.Blazor/direct-upload.js";

    // While an interactive component is prerendered, an upload would be lost with the markup that the interactive one replaces.
    private bool IsPrerendered => AssignedRenderMode is not null && !_isConnected;

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "direct-upload");
        builder.AddMultipleAttributes(1, AdditionalAttributes);
        builder.AddAttribute(2, "profile", Profile);
        builder.AddAttribute(3, "name", FormFieldName);
        builder.AddAttribute(4, "class", CssClass);
        builder.AddAttribute(5, "multiple", Multiple);
        builder.AddAttribute(6, "accept", Accept);
        builder.AddAttribute(7, "max-size", MaxSize?.ToString(CultureInfo.InvariantCulture));
        builder.AddAttribute(8, "max-files", MaxFiles?.ToString(CultureInfo.InvariantCulture));
        builder.AddAttribute(9, "required", Required);
        builder.AddAttribute(10, "disabled", Disabled || IsPrerendered);
        builder.AddAttribute(11, "block-submit", BlockSubmit);
        builder.AddAttribute(12, "endpoint", Endpoint);
        builder.AddAttribute(13, "language", NonEmpty(Language ?? CultureInfo.CurrentUICulture.Name));
        // The attribute is the value to which a form is reset; later changes go to the property.
        builder.AddAttribute(14, "value", NonEmpty(_initialValue));
        builder.AddElementReferenceCapture(15, element => _element = element);
        builder.AddContent(16, ChildContent);
        builder.CloseElement();
        if (AssignedRenderMode is null)
            BuildScript(builder);
    }

    // Static rendering runs no code in the browser that could load the element.
    private void BuildScript(RenderTreeBuilder builder)
    {
        builder.OpenElement(17, "script");
        builder.AddAttribute(18, "type", "module");
        builder.AddAttribute(19, "src", Assets[ElementScript]);
        builder.CloseElement();
    }

    private string? CssClass =>
        NonEmpty(string.Join(' ', new[] { AdditionalAttributes?.GetValueOrDefault("class")?.ToString(), FieldCssClass }.Where(HasText)));

    private static string? NonEmpty(string? text) => HasText(text) ? text : null;

    private static bool HasText(string? text) => !string.IsNullOrEmpty(text);
}
