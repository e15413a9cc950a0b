using DirectUpload.Processing;
using DirectUpload.Profiles;

namespace Snippets;

/// <summary>The application's own work on an upload that has arrived.</summary>
public sealed class PageCount(IPdfReader pdf) : IUploadProcessor
{
    public async Task<UploadVerdict> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
    {
        await using var content = await context.OpenReadAsync(cancellationToken);   // the frozen copy; nobody can change it any more
        if (await pdf.CountPagesAsync(content, cancellationToken) is not { } pages)
            return UploadVerdict.Reject("unreadable", "This PDF can't be read. Save it anew, and upload that.");

        context.Find("pages", $"{pages}");                                          // into the record's findings
        return UploadVerdict.Accept;
    }
}

public interface IPdfReader
{
    Task<int?> CountPagesAsync(Stream pdf, CancellationToken cancellationToken);
}

internal static class Processing
{
    public static void Add(UploadProfile invoice)
    {
        invoice.ProcessWith<PageCount>();
    }

    public static void InTheWebHost(UploadProfile invoice)
    {
        invoice.RequiredProcessors.Add("page-count");           // in the web host
    }

    public static void InTheWorkerHost(UploadProfile invoice)
    {
        invoice.ProcessWith<PageCount>("page-count");           // in the worker host
    }
}
