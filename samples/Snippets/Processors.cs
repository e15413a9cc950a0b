using DirectUpload;
using DirectUpload.Processing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

/// <summary>Counts the pages of a PDF, and rejects unreadable files.</summary>
public sealed class PageCount(IPdfReader pdf) : IUploadProcessor
{
    public async Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
    {
        await using var content = await context.OpenReadAsync(cancellationToken);   // the final object; no client can change it
        if (await pdf.CountPagesAsync(content, cancellationToken) is not { } pages)
            return ProcessingResult.Reject("unreadable", "This PDF cannot be read. Save it again, and upload the new file.");

        context.SetProperty("pages", $"{pages}");                                   // stored with the upload
        return ProcessingResult.Accept;
    }
}

public interface IPdfReader
{
    Task<int?> CountPagesAsync(Stream pdf, CancellationToken cancellationToken);
}

/// <summary>Stores a small image next to the content.</summary>
public sealed class Thumbnail(IImages images) : IUploadProcessor
{
    public async Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
    {
        await using var content = await context.OpenReadAsync(cancellationToken);
        await using var thumbnail = await images.ShrinkAsync(content, width: 320, cancellationToken);

        await context.PutVariantAsync("thumbnail.webp", "image/webp", thumbnail, cancellationToken);

        return ProcessingResult.Accept;
    }
}

/// <summary>Reports its progress.</summary>
public sealed class Thumbnails(IImages images) : IUploadProcessor
{
    private static readonly int[] Widths = [160, 320, 640, 1280];

    public async Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
    {
        for (var number = 1; number <= Widths.Length; number++)
        {
            context.ReportProgress($"thumbnails {number} of {Widths.Length}");

            var width = Widths[number - 1];
            await using var content = await context.OpenReadAsync(cancellationToken);
            await using var thumbnail = await images.ShrinkAsync(content, width, cancellationToken);
            await context.PutVariantAsync($"{width}.webp", "image/webp", thumbnail, cancellationToken);
        }

        return ProcessingResult.Accept;
    }
}

public interface IImages
{
    Task<Stream> ShrinkAsync(Stream image, int width, CancellationToken cancellationToken);
}

internal static class Processors
{
    public static void Register(WebApplicationBuilder builder)
    {
        builder.Services.AddDirectUploads().AddProcessor<PageCount>("invoice");
    }

    public static void ShowToClients(UploadProfile invoice)
    {
        invoice.ClientProperties.Add("pages");
    }

    public static void InTheWebHost(UploadProfile invoice)
    {
        invoice.RequiredProcessors.Add("page-count");           // in the web host
    }

    public static void InTheWorkerHost(UploadProfile invoice)
    {
        invoice.AddProcessor<PageCount>("page-count");          // in the worker host
    }

    public static void Configure(UploadProfile invoice)
    {
        invoice.AddProcessor<PageCount>("page-count", processor =>
        {
            processor.Order = 10;                               // after those of a lower order
            processor.Timeout = TimeSpan.FromMinutes(2);        // instead of ProcessingTimeout
            processor.ReadsWholeFile = true;                    // from a temporary copy, whose streams can seek
        });
    }

    public static async Task RetryAsync(IDirectUploadService uploads, UploadId id)
    {
        var retried = await uploads.RetryAsync(id);

        _ = retried.Succeeded;
    }
}
