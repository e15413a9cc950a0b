using System.Linq.Expressions;
using System.Security.Claims;
using System.Text.Encodings.Web;
using DirectUpload.AspNetCore.TagHelpers;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.Tests.TagHelpers;

/// <summary>A page that a test's host renders with its own services, and the tag helpers on it.</summary>
internal sealed class TagHelperPage
{
    public TagHelperPage(UploadApp app, string? user = null)
    {
        Http = new DefaultHttpContext { RequestServices = app.Services };
        if (user is not null)
            Http.User = new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user)], "Test"));
    }

    public DefaultHttpContext Http { get; }

    public ModelStateDictionary ModelState { get; } = new();

    public string? HtmlFieldPrefix { get; init; }

    /// <summary>Renders the element for a property of a model.</summary>
    public Task<string> RenderAsync<TModel>(
        TModel model, Expression<Func<TModel, object?>> property, string? profile, params (string Name, object? Value)[] attributes)
    {
        var services = Http.RequestServices;
        var metadata = services.GetRequiredService<IModelMetadataProvider>();
        var data = new ViewDataDictionary<TModel>(metadata, ModelState) { Model = model };
        if (HtmlFieldPrefix is not null)
            data.TemplateInfo.HtmlFieldPrefix = HtmlFieldPrefix;
        var body = property.Body is UnaryExpression { Operand: var boxed } ? boxed : property.Body;
        var explorer = data.ModelExplorer.GetExplorerForProperty(((MemberExpression)body).Member.Name);
        return RenderElementAsync(data, new ModelExpression(((MemberExpression)body).Member.Name, explorer), profile, attributes);
    }

    /// <summary>Renders the element without a model.</summary>
    public Task<string> RenderAsync(string? profile, params (string Name, object? Value)[] attributes) => RenderElementAsync(
        new ViewDataDictionary(Http.RequestServices.GetRequiredService<IModelMetadataProvider>(), ModelState), null, profile, attributes);

    public string RenderScript(params (string Name, object? Value)[] attributes)
    {
        var helper = new DirectUploadScriptTagHelper
        {
            ViewContext = CreateView(new ViewDataDictionary(new EmptyModelMetadataProvider(), ModelState)),
        };
        var output = CreateOutput("direct-upload-script", attributes);
        helper.Process(CreateContext(output), output);
        return Write(output);
    }

    /// <summary>Renders an image.</summary>
    public static async Task<string> RenderImageAsync(UploadImageTagHelper helper, params (string Name, object? Value)[] attributes)
    {
        helper.ViewContext = new ViewContext { HttpContext = new DefaultHttpContext() };
        var output = CreateOutput("img", attributes);
        output.TagMode = TagMode.StartTagOnly;
        await helper.ProcessAsync(CreateContext(output), output);
        return Write(output);
    }

    private async Task<string> RenderElementAsync(
        ViewDataDictionary data, ModelExpression? property, string? profile, (string Name, object? Value)[] attributes)
    {
        var helper = new DirectUploadTagHelper(Http.RequestServices.GetRequiredService<IHtmlGenerator>())
        {
            For = property,
            Profile = profile,
            FallbackName = attributes.FirstOrDefault(it => it.Name == "fallback-name").Value as string,
            ViewContext = CreateView(data),
        };
        var output = CreateOutput("direct-upload", [.. attributes.Where(it => it.Name != "fallback-name")]);
        await helper.ProcessAsync(CreateContext(output), output);
        return Write(output);
    }

    private ViewContext CreateView(ViewDataDictionary data) => new()
    {
        HttpContext = Http,
        RouteData = new RouteData(),
        ActionDescriptor = new ActionDescriptor(),
        ViewData = data,
        ClientValidationEnabled = true,
        FormContext = new FormContext(),
    };

    private static TagHelperOutput CreateOutput(string tag, (string Name, object? Value)[] attributes) => new(
        tag, [.. attributes.Select(it => it.Value is null ? new TagHelperAttribute(it.Name) : new TagHelperAttribute(it.Name, it.Value))],
        (_, _) => Task.FromResult<TagHelperContent>(new DefaultTagHelperContent()));

    private static TagHelperContext CreateContext(TagHelperOutput output) =>
        new([.. output.Attributes], new Dictionary<object, object>(), "test");

    private static string Write(TagHelperOutput output)
    {
        using var writer = new StringWriter();
        ((IHtmlContent)output).WriteTo(writer, HtmlEncoder.Default);
        return writer.ToString();
    }
}
