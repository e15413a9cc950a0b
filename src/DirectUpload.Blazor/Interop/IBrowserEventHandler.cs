namespace DirectUpload.Blazor.Interop;

/// <summary>Handles the events of one element, on the renderer's thread or another.</summary>
internal interface IBrowserEventHandler
{
    Task ChangeAsync(IReadOnlyList<string> ids);

    Task ReadyAsync(DirectUploadReadyEventArgs ready);

    Task ReportAsync(DirectUploadProgressEventArgs progress);

    Task FailAsync(DirectUploadErrorEventArgs error);
}
