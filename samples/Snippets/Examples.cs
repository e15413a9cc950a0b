using DirectUpload;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

/// <summary>Contains the examples of the XML documentation that no other snippet contains.</summary>
internal static class Examples
{
    public static void Configure(WebApplicationBuilder builder)
    {
        builder.Services.AddDirectUploads(options =>
        {
            options.Bucket = "my-bucket";
            options.AddProfile("invoice", invoice =>
            {
                invoice.ContentTypes.Add("application/pdf");
                invoice.Extensions.Add(".pdf");
                invoice.MaxSize = 20 * 1024 * 1024;
                invoice.AddProcessor<PageCount>("page-count");
            });
        });
    }

    public static async Task RequestAsync(IDirectUploadService uploads, UploadRequest request)
    {
        var result = await uploads.RequestAsync(request, new UploadCaller { Owner = "ada" });
        if (result.TryGetValue(out var grant))
            Console.WriteLine($"Upload {grant.Upload.Id} expires at {grant.Instructions.ExpiresAt:u}");
    }

    public static async Task<IResult> ConfirmAsync(IDirectUploadService uploads, UploadId id, UploadToken writeToken)
    {
        var result = await uploads.ConfirmAsync(id, writeToken);
        if (!result.TryGetValue(out var upload))
            return Results.Problem(result.Error.Message);

        return Results.Ok(upload.Status);
    }

    public static Upload CreateForATest()
    {
        var upload = new Upload
        {
            Id = UploadId.Create(DateTimeOffset.UtcNow),
            Profile = "avatar",
            FileName = "me.png",
            ContentType = "image/png",
        };

        return upload;
    }
}
