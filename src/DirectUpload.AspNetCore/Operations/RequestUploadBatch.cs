using System.Buffers;
using System.Text.Json;
using DirectUpload.AspNetCore.Authorization;
using DirectUpload.AspNetCore.Contract;
using DirectUpload.AspNetCore.Filters;
using DirectUpload.AspNetCore.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.AspNetCore.Operations;

/// <summary>Handles <c>POST /uploads/batch</c>: decides about each request by itself.</summary>
/// <remarks>
/// The requests are handled in order, one after the other. Concurrent requests of one owner at the limit of a quota can refuse each other,
/// so that fewer are granted than the quota allows.
/// </remarks>
internal static partial class RequestUploadBatch
{
    /// <summary>The maximum number of requests.</summary>
    public const int MaxCount = 100;

    /// <summary>
    /// The maximum size of the body, in KiB: that many requests of the size that one may have alone, and what separates them.
    /// </summary>
    public const int MaxKiB = (MaxCount + 1) * JsonBodyReader.DefaultMaxKiB;

    // Each call to a hanging server takes until its timeout.
    private static readonly TimeSpan MaxTimeWithUnavailableStorage = TimeSpan.FromSeconds(10);

    public static async Task<IResult> HandleAsync(HttpContext context, IDirectUploadService uploads, DirectUploadEndpointOptions options)
    {
        var budget = context.User.Identity?.IsAuthenticated == true ? BodyMemoryBudget.Authenticated : BodyMemoryBudget.Unauthenticated;
        var (received, fault) = await JsonBodyReader.ReceiveAsync(
            context.Request, MaxKiB, budget, context.RequestAborted).ConfigureAwait(false);
        if (received is null)
            return Problems.From(fault!);
        // Each request is parsed when its turn comes, so that the budget of the body bounds the memory.
        using (received)
        {
            var (requests, error) = Split(received.Sequence);
            if (requests is null)
                return Problems.From(error!);
            var answers = await AnswerAsync(context, requests, uploads, options).ConfigureAwait(false);
            context.Response.Headers.CacheControl = "no-store";
            return Results.Json(new UploadBatchBody(answers), ContractJson.Default.UploadBatchBody, statusCode: HttpStatus.Ok);
        }
    }

    private static (IReadOnlyList<ReadOnlySequence<byte>>? Requests, BodyError? Fault) Split(in ReadOnlySequence<byte> body)
    {
        try
        {
            return JsonArrayReader.Split(body, "uploads") switch
            {
                null => (null, BodyError.Invalid($"uploads is missing: send a list of 1 to {MaxCount} requests.")),
                { Count: 0 } => (null, BodyError.Invalid($"uploads is empty: send 1 to {MaxCount} requests.")),
                { Count: > MaxCount } many => (null, BodyError.Invalid(
                    $"uploads has {many.Count} requests: send at most {MaxCount} at once, and the others after them.")),
                var requests => (requests, null),
            };
        }
        catch (JsonException broken)
        {
            return (null, JsonBodyReader.CreateError(broken));
        }
    }

    private static async Task<UploadBatchItemBody[]> AnswerAsync(
        HttpContext context, IReadOnlyList<ReadOnlySequence<byte>> requests, IDirectUploadService uploads,
        DirectUploadEndpointOptions options)
    {
        var caller = CallerFactory.Create(context, options);
        var clock = context.RequestServices.GetService<TimeProvider>() ?? TimeProvider.System;
        var (started, answers) = (clock.GetTimestamp(), new UploadBatchItemBody[requests.Count]);
        ProblemResult? unavailable = null;
        for (var at = 0; at < answers.Length; at++)
        {
            if (unavailable is not null && clock.GetElapsedTime(started) > MaxTimeWithUnavailableStorage)
            {
                answers[at] = new(Problem: unavailable.Body);
                continue;
            }

            try
            {
                answers[at] = await AnswerAsync(requests[at], caller, uploads, options, context.RequestAborted).ConfigureAwait(false);
            }
            catch (Exception exception) when (StorageUnavailableFilter.CanHandle(exception, context))
            {
                unavailable = (ProblemResult)StorageUnavailableFilter.CreateResponse(
                    exception, context, Problems.StorageUnavailable, Problems.StorageMisconfigured);
                answers[at] = new(Problem: unavailable.Body);
            }
            catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
            {
                // The client must get the grants of the others.
                context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("DirectUpload.AspNetCore")
                    .BatchRequestFailed(exception, at + 1, answers.Length);
                answers[at] = new(Problem: Problems.ServerError().Body);
            }
        }

        return answers;
    }

    private static async Task<UploadBatchItemBody> AnswerAsync(
        ReadOnlySequence<byte> request, UploadCaller caller, IDirectUploadService uploads, DirectUploadEndpointOptions options,
        CancellationToken cancellationToken)
    {
        if (request.Length > BodyReader.DefaultMaxSize)
            return Refuse(BodyError.TooLarge(BodyReader.DefaultMaxSize));
        var (body, fault) = JsonBodyReader.Parse(request, ContractJson.Default.UploadRequestBody);
        if (fault is not null)
            return Refuse(fault);
        var granted = await RequestUpload.GrantAsync(body!, caller, uploads, options, cancellationToken).ConfigureAwait(false);
        return granted.Succeeded ? new(UploadGrantBody.From(granted.Value)) : new(Problem: Problems.From(granted.Error).Body);
    }

    private static UploadBatchItemBody Refuse(BodyError fault) => new(Problem: Problems.From(fault).Body);

    [LoggerMessage(32, LogLevel.Error, "Request {Number} of {Count} in a batch failed; the client received 500 server-error for it")]
    private static partial void BatchRequestFailed(this ILogger logger, Exception exception, int number, int count);
}
