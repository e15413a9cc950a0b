using System.Buffers;
using System.Text;
using DirectUpload.Events;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.AspNetCore.StorageEvents;

/// <summary>Takes a message that was posted: makes sure who sent it, then hands it to the intake.</summary>
internal sealed class StorageEventReceiver(SharedSecret? secret, SnsSender? sns)
{
    public async Task<IResult> ReceiveAsync(HttpContext context, StorageEventIntake intake)
    {
        var fromSns = sns is not null && context.Request.Headers.ContainsKey(SnsMessage.TypeHeader);
        if (!fromSns && secret?.IsShownBy(context.Request) != true)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Problems.SecretMissing();
        }

        var body = ArrayPool<byte>.Shared.Rent(StorageEventParser.Largest + 1);
        try
        {
            var length = await ReadAsync(context.Request, body).ConfigureAwait(false);
            if (length is null or > StorageEventParser.Largest)
                return Problems.InvalidRequest("The message could not be read, or has more than 1 MiB.");
            var message = body.AsMemory(0, length.Value);
            return fromSns ? await ReceiveFromSnsAsync(context, intake, message).ConfigureAwait(false) : await HandleAsync(context, intake, message).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(body);
        }
    }

    private async Task<IResult> ReceiveFromSnsAsync(HttpContext context, StorageEventIntake intake, ReadOnlyMemory<byte> body)
    {
        var logger = Logger(context);
        if (SnsMessage.Read(body.Span) is not { } message)
            return Problems.InvalidRequest("The message is not one of Amazon SNS, with its signature.");
        if (await sns!.FindFaultAsync(message, context.RequestAborted).ConfigureAwait(false) is { } fault)
        {
            logger.SnsRefused(message.MessageId, fault);
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
        Logger(context).EventUnreadable(fault);
        return Problems.InvalidRequest(fault);
    }

    // Null when the connection was too slow, or the server has a limit of its own: the sender's matter, no outage.
    private static async Task<int?> ReadAsync(HttpRequest request, byte[] buffer)
    {
        if (request.ContentLength > StorageEventParser.Largest)
            return null;
        try
        {
            return await request.Body.ReadAtLeastAsync(buffer.AsMemory(0, StorageEventParser.Largest + 1), StorageEventParser.Largest + 1, throwOnEndOfStream: false, request.HttpContext.RequestAborted)
                .ConfigureAwait(false);
        }
        catch (BadHttpRequestException)
        {
            return null;
        }
    }

    private static ILogger Logger(HttpContext context) => context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("DirectUpload.AspNetCore.StorageEvents");
}
