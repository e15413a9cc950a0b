using System.Linq.Expressions;
using DirectUpload.Blazor.Forms;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace DirectUpload.Blazor;

public sealed partial class DirectUpload
{
    private string[] _ids = [];
    private string[]? _idsOfApplication;
    private string? _initialValue;
    private EditContext? _observedContext;
    private FieldIdentifier? _field;

    [CascadingParameter]
    private EditContext? EditContext { get; set; }

    private LambdaExpression? FieldExpression => For ?? (LambdaExpression?)UploadIdsExpression ?? UploadIdExpression;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        Check();
        // Without a binding, the parameters never change, and the ids are those of the user.
        string[] ids = [.. ReadParameters()];
        if (_idsOfApplication is null || !ids.SequenceEqual(_idsOfApplication))
            _ids = _idsOfApplication = ids;
        _initialValue ??= string.Join(',', _ids);
        ObserveForm();
    }

    private void Check()
    {
        if (string.IsNullOrWhiteSpace(Profile))
            throw new InvalidOperationException("The component DirectUpload needs the name of a profile: set Profile=\"…\".");
        if (MaxSize < 1)
            throw new InvalidOperationException($"MaxSize of the component DirectUpload is {MaxSize}; set at least 1 byte.");
        if (MaxFiles < 1)
            throw new InvalidOperationException($"MaxFiles of the component DirectUpload is {MaxFiles}; set at least 1.");
    }

    private IEnumerable<string> ReadParameters() =>
        (UploadIds is { Count: > 0 } ids ? ids : [UploadId ?? ""]).Where(id => !string.IsNullOrEmpty(id));

    private void ObserveForm()
    {
        if (_observedContext == EditContext)
            return;
        StopObservingForm();
        _observedContext = EditContext;
        _field = For is not null ? FieldIdentifier.Create(For)
            : UploadIdsExpression is not null ? FieldIdentifier.Create(UploadIdsExpression)
            : UploadIdExpression is not null ? FieldIdentifier.Create(UploadIdExpression)
            : null;
        _observedContext?.OnValidationStateChanged += OnValidationStateChanged;
    }

    private void StopObservingForm() => _observedContext?.OnValidationStateChanged -= OnValidationStateChanged;

    private void OnValidationStateChanged(object? sender, ValidationStateChangedEventArgs e) => _ = InvokeAsync(StateHasChanged);

    private async Task ChangeIdsAsync(IReadOnlyList<string> ids)
    {
        string[] accepted = [.. Multiple ? ids : ids.TakeLast(1)];
        if (accepted.SequenceEqual(_ids))
            return;
        _ids = _idsOfBrowser = accepted;
        await UploadIdChanged.InvokeAsync(accepted.FirstOrDefault());
        await UploadIdsChanged.InvokeAsync(accepted);
        if (_field is { } bound)
            _observedContext?.NotifyFieldChanged(bound);
    }

    private string? FieldCssClass =>
        _field is { } bound && _observedContext?.FieldCssClass(bound) is { Length: > 0 } css ? css : null;

    private string? FormFieldName => Name ?? (FieldExpression is { } expression ? FieldName.From(expression) : null);
}
