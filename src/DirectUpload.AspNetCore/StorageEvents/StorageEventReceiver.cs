using System.Text;
using DirectUpload.AspNetCore.Bodies;
using DirectUpload.Diagnostics;
using DirectUpload.Events;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.AspNetCore.StorageEvents;

/// <summary>Takes a message that was posted: makes sure who sent it, then hands it to the intake.</summary>
internal sealed class StorageEventReceiver(SharedSecret? secret, SnsSender? sns)
{
    // SNS takes 256 KiB of text, which JSON's escapes make longer.
    private const int LargestOfSns = 512 * 1024;

    public async Task<IResult> ReceiveAsync(HttpContext context, StorageEventIntake intake)
    {
        var fromSns = sns is not null && context.Request.Headers.ContainsKey(SnsMessage.TypeHeader);
        if (!fromSns && secret?.IsShownBy(context.Request) != true)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Problems.SecretMissing();
        }

        // Before the body: a message of SNS names its topic in a header. That proves nothing yet, so it is read on the budget of callers without proof.
        var topic = context.Request.Headers[SnsMessage.TopicHeader];
        if (fromSns && !(topic is [{ } named] && sns!.Takes(named)))
            return Problems.NotAuthorised("The message is of a topic that is none of SnsTopics.");

        var (received, fault) = await BodyReader.ReadAsync(
            context.Request, fromSns ? LargestOfSns : StorageEventParser.Largest, fromSns ? BodyBudget.Unproven : BodyBudget.Proven, context.RequestAborted).ConfigureAwait(false);
        if (received is null)
            return Problems.From(fault!);
        using (received)
        {
            return fromSns
                ? await ReceiveFromSnsAsync(context, intake, received.Bytes).ConfigureAwait(false)
                : await HandleAsync(context, intake, received.Bytes).ConfigureAwait(false);
        }
    }

    private async Task<IResult> ReceiveFromSnsAsync(HttpContext context, StorageEventIntake intake, ReadOnlyMemory<byte> body)
    {
        var logger = Logger(context);
        if (SnsMessage.Read(body.Span) is not { } message || message.TopicArn != context.Request.Headers[SnsMessage.TopicHeader])
            return Problems.InvalidRequest("The message is not one of Amazon SNS, with its signature and the topic of its header.");
        if (await sns!.FindFaultAsync(message, context.RequestAborted).ConfigureAwait(false) is { } fault)
        {
            logger.SnsRefused(LogText.Sanitize(message.MessageId), fault);
            return Problems.NotAuthorised(fault);
        }

        switch (message.Type)
        {
            case SnsMessage.Notification:
                return await HandleAsync(context, intake, Encoding.UTF8.GetBytes(message.Text)).ConfigureAwait(false);
            case SnsMessage.Subscription:
                await sns.ConfirmAsync(message, context.RequestAborted).ConfigureAwait(false);
                logger.SnsSubscribed(message.TopicArn);
                return Results.Ok();
            default:
                logger.SnsUnsubscribed(message.TopicArn);
                return Results.Ok();
        }
    }

    private static async Task<IResult> HandleAsync(HttpContext context, StorageEventIntake intake, ReadOnlyMemory<byte> message)
    {
        var outcome = await intake.HandleAsync(message, context.RequestAborted).ConfigureAwait(false);
        if (outcome.Fault is not { } fault)
            return Results.Ok();
        Logger(context).EventUnreadable(LogText.Sanitize(fault));
        return Problems.InvalidRequest(fault);
    }

    private static ILogger Logger(HttpContext context) => context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("DirectUpload.AspNetCore.StorageEvents");
}
