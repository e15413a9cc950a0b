using System.Text;
using DirectUpload.AspNetCore.Http;
using DirectUpload.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.AspNetCore.StorageEvents;

/// <summary>Receives a posted message, authenticates its sender and passes it to the storage event processor.</summary>
internal sealed class StorageEventReceiver(SharedSecret? secret, SnsMessageVerifier? sns)
{
    // SNS accepts 256 KiB of text, which JSON escapes make longer.
    private const int MaxSnsMessageSize = 512 * 1024;

    public async Task<IResult> ReceiveAsync(HttpContext context, StorageEventProcessor intake)
    {
        var fromSns = sns is not null && context.Request.Headers.ContainsKey(SnsMessage.TypeHeader);
        if (!fromSns && secret?.Matches(context.Request) != true)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Problems.SecretMissing();
        }

        // A message of SNS names its topic in a header, which proves nothing. So the body uses the budget of unauthenticated callers.
        var topic = context.Request.Headers[SnsMessage.TopicHeader];
        if (fromSns && !(topic is [{ } named] && sns!.IsAllowedTopic(named)))
            return Problems.Forbidden("The message's topic is not in SnsTopics.");

        var (received, fault) = await BodyReader.ReadAsync(
            context.Request, fromSns ? MaxSnsMessageSize : StorageEventProcessor.MaxMessageSize,
            fromSns ? BodyMemoryBudget.Unauthenticated : BodyMemoryBudget.Authenticated, context.RequestAborted).ConfigureAwait(false);
        if (received is null)
            return Problems.From(fault!);
        using (received)
        {
            return fromSns
                ? await ReceiveFromSnsAsync(context, intake, received.Bytes).ConfigureAwait(false)
                : await HandleAsync(context, intake, received.Bytes).ConfigureAwait(false);
        }
    }

    private async Task<IResult> ReceiveFromSnsAsync(HttpContext context, StorageEventProcessor intake, ReadOnlyMemory<byte> body)
    {
        var logger = CreateLogger(context);
        if (SnsMessage.TryParse(body.Span) is not { } message || message.TopicArn != context.Request.Headers[SnsMessage.TopicHeader])
            return Problems.InvalidRequest("The message is not a signed message of Amazon SNS for the topic in its header.");
        if (await sns!.FindErrorAsync(message, context.RequestAborted).ConfigureAwait(false) is { } fault)
        {
            logger.SnsRefused(LogText.Sanitize(message.MessageId), fault);
            return Problems.Forbidden(fault);
        }

        switch (message.Type)
        {
            case SnsMessage.Notification:
                return await HandleAsync(context, intake, Encoding.UTF8.GetBytes(message.Text)).ConfigureAwait(false);
            case SnsMessage.SubscriptionConfirmation:
                await sns.ConfirmSubscriptionAsync(message, context.RequestAborted).ConfigureAwait(false);
                logger.SnsSubscribed(message.TopicArn);
                return Results.Ok();
            default:
                logger.SnsUnsubscribed(message.TopicArn);
                return Results.Ok();
        }
    }

    private static async Task<IResult> HandleAsync(HttpContext context, StorageEventProcessor intake, ReadOnlyMemory<byte> message)
    {
        var outcome = await intake.ProcessAsync(message, context.RequestAborted).ConfigureAwait(false);
        if (outcome.Error is not { } error)
            return Results.Ok();
        CreateLogger(context).EventUnreadable(LogText.Sanitize(error.Message));
        return Problems.InvalidRequest(error.Message);
    }

    private static ILogger CreateLogger(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("DirectUpload.AspNetCore.StorageEvents");
}
