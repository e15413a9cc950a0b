using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Microsoft.AspNetCore.Components;

namespace DirectUpload.Blazor;

/// <summary>Uploads files from the browser to S3 and binds the ids of the uploads.</summary>
/// <remarks>
/// It renders the custom element <c>&lt;direct-upload&gt;</c>. In static server rendering, the element submits the ids with its form. In
/// interactive render modes, the ids are bound; the files never pass through the circuit or through .NET in the browser.
/// </remarks>
[SuppressMessage("Naming", "CA1724", Justification = "The component is named for the element that it renders.")]
public sealed partial class DirectUpload : ComponentBase, IAsyncDisposable
{
    /// <summary>Gets or sets the name of the profile, which is required.</summary>
    [Parameter, EditorRequired]
    public string Profile { get; set; } = "";

    /// <summary>Gets or sets the id of the ready upload; null while there is no ready upload.</summary>
    /// <remarks>With <see cref="Multiple"/>, it is the first of <see cref="UploadIds"/>.</remarks>
    [Parameter]
    public string? UploadId { get; set; }

    /// <summary>Gets or sets the callback for a change of <see cref="UploadId"/>.</summary>
    [Parameter]
    public EventCallback<string?> UploadIdChanged { get; set; }

    /// <summary>Gets or sets the expression that names the bound value.</summary>
    [Parameter]
    public Expression<Func<string?>>? UploadIdExpression { get; set; }

    /// <summary>Gets or sets the ids of the ready uploads, in the order of the list; null or empty while there are none.</summary>
    [Parameter]
    public IReadOnlyList<string>? UploadIds { get; set; }

    /// <summary>Gets or sets the callback for a change of <see cref="UploadIds"/>.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<string>> UploadIdsChanged { get; set; }

    /// <summary>Gets or sets the expression that names the bound list.</summary>
    [Parameter]
    public Expression<Func<IReadOnlyList<string>>>? UploadIdsExpression { get; set; }

    /// <summary>Gets or sets the field of the form that is validated; by default the bound one.</summary>
    [Parameter]
    public Expression<Func<object?>>? For { get; set; }

    /// <summary>Gets or sets the callback for each upload that becomes ready.</summary>
    [Parameter]
    public EventCallback<DirectUploadReadyEventArgs> OnReady { get; set; }

    /// <summary>Gets or sets the callback for progress: at most four calls per second, about a hundred for each file.</summary>
    [Parameter]
    public EventCallback<DirectUploadProgressEventArgs> OnProgress { get; set; }

    /// <summary>Gets or sets the callback for each file that cannot be uploaded.</summary>
    /// <remarks>The element shows the error also without it.</remarks>
    [Parameter]
    public EventCallback<DirectUploadErrorEventArgs> OnError { get; set; }

    /// <summary>Gets or sets whether the user can choose several files; by default false.</summary>
    [Parameter]
    public bool Multiple { get; set; }

    /// <summary>Gets or sets the types that the user can choose, as in <c>accept</c> of a file input; by default all.</summary>
    [Parameter]
    public string? Accept { get; set; }

    /// <summary>Gets or sets the largest size of a file, in bytes, from 1.</summary>
    /// <remarks>The profile's own limit applies in any case.</remarks>
    [Parameter]
    public long? MaxSize { get; set; }

    /// <summary>Gets or sets the largest number of files with <see cref="Multiple"/>, from 1; by default not limited.</summary>
    [Parameter]
    public int? MaxFiles { get; set; }

    /// <summary>Gets or sets whether the browser submits the form only with a ready upload; by default false.</summary>
    [Parameter]
    public bool Required { get; set; }

    /// <summary>Gets or sets whether the user can change nothing; by default false.</summary>
    [Parameter]
    public bool Disabled { get; set; }

    /// <summary>Gets or sets whether the browser submits the form only after running uploads have ended; by default true.</summary>
    [Parameter]
    public bool BlockSubmit { get; set; } = true;

    /// <summary>Gets or sets the path or address of <c>MapDirectUploads</c>; by default <c>/uploads</c>.</summary>
    [Parameter]
    public string? Endpoint { get; set; }

    /// <summary>Gets or sets the name of the form field that contains the ids; by default that of the bound value.</summary>
    [Parameter]
    public string? Name { get; set; }

    /// <summary>Gets or sets the language of the texts, such as <c>de</c>; by default the current UI culture.</summary>
    [Parameter]
    public string? Language { get; set; }

    /// <summary>Gets or sets the content of the element, which browsers show while they have not run its script.</summary>
    /// <remarks>A <c>&lt;data value="ID"&gt;</c> describes an existing upload: its text is the name, its image the thumbnail.</remarks>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>Gets or sets further attributes of the element, such as <c>class</c>, <c>directory</c> or <c>metadata-album</c>.</summary>
    [Parameter(CaptureUnmatchedValues = true)]
    public IReadOnlyDictionary<string, object>? AdditionalAttributes { get; set; }
}
