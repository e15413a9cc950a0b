using DirectUpload;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Snippets;

/// <summary>Attaches an uploaded file to the invoice that it belongs to.</summary>
public sealed class AttachInvoiceScan(IInvoices invoices) : IUploadEventHandler
{
    public Task OnReadyAsync(Upload upload, CancellationToken cancellationToken) =>
        upload.Association is { Type: "invoice" } invoice
            ? invoices.AttachAsync(invoice.Id, upload.Id, cancellationToken)
            : Task.CompletedTask;
}

public interface IInvoices
{
    Task AttachAsync(string invoice, UploadId upload, CancellationToken cancellationToken);

    Task<bool> BelongsToAsync(string invoice, string? user, CancellationToken cancellationToken);
}

internal static class EventHandlers
{
    public static void Register(WebApplicationBuilder builder)
    {
        builder.Services.AddDirectUploads().AddEventHandler<AttachInvoiceScan>();
    }

    public static async Task WatchAsync(
        IDirectUploadService uploads, UploadId id, string userId, ILogger logger, CancellationToken cancellationToken)
    {
        await foreach (var upload in uploads.WatchAsync(id, UploadAccess.Owner(userId), cancellationToken: cancellationToken))
            logger.LogInformation("Upload {UploadId} is {Status}", upload.Id, upload.Status);
    }
}
