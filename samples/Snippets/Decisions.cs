using DirectUpload;
using DirectUpload.Processing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

/// <summary>Lets an upload wait for the decision of a person.</summary>
public sealed class Moderation(TimeProvider clock) : IUploadProcessor
{
    public Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken) =>
        Task.FromResult(ProcessingResult.Pending(clock.GetUtcNow() + TimeSpan.FromDays(2)));   // the deadline
}

internal static class Decisions
{
    public static void Register(WebApplicationBuilder builder)
    {
        builder.Services.AddDirectUploads().AddProcessor<Moderation>("picture", "moderation");
    }

    public static async Task ListAsync(IDirectUploadService uploads)
    {
        var waiting = UploadFilter.ForAll() with { AwaitedProcessor = "moderation" };

        await foreach (var upload in uploads.ListAsync(waiting))
        {
            var deadline = upload.Decisions.First(decision => decision.IsAwaited).Deadline;
            Console.WriteLine($"{upload.Id} {upload.FileName} of {upload.Owner}: decide before {deadline:u}");
        }
    }

    public static async Task DecideAsync(IDirectUploadService uploads, UploadId id, bool isAllowed, string moderator)
    {
        var preview = await uploads.CreateDownloadUrlAsync(id, UploadAccess.Reviewer);   // for the moderator's page only

        var decided = await uploads.CompleteProcessingAsync(id, "moderation", isAllowed
            ? ProcessingResult.Accept
            : ProcessingResult.Reject("nudity", "Pictures with nudity are not allowed here."), decidedBy: moderator);

        _ = (preview, decided.Succeeded);
    }

    public static void Receive(WebApplication app, IConfiguration configuration)
    {
        // WebhookSecret.Create() creates a secret.
        app.MapUploadDecisions("/decisions/moderation", "moderation", configuration["ModerationSecret"]!);
    }

    public static void ScanWithGuardDuty(UploadProfile document)
    {
        document.AddGuardDutyScan(timeout: TimeSpan.FromMinutes(30));
    }

    public static void AcceptAtTheDeadline(UploadProfile avatar)
    {
        avatar.AcceptWithoutDecision = true;
    }
}
