using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.Http;

/// <summary>
/// Reads every request body of this package. A failure while a body is read is a client error: an aborted connection or a malformed chunk
/// raises an <see cref="IOException"/>, just as unavailable storage does, so the two must not reach the same handler.
/// </summary>
internal static class BodyReader
{
    /// <summary>The largest body that is read within <see cref="SmallBodyTimeout"/>, in bytes.</summary>
    public const int DefaultMaxSize = 64 * 1024;

    private static readonly TimeSpan SmallBodyTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LargeBodyTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Reads the body to its end.</summary>
    /// <param name="request">The request.</param>
    /// <param name="largest">The maximum size of the body, in bytes.</param>
    /// <param name="budget">The budget that provides the memory.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The body, which the caller disposes, or the error.</returns>
    public static async ValueTask<(ReceivedBody? Body, BodyError? Fault)> ReadAsync(
        HttpRequest request, int largest, BodyMemoryBudget budget, CancellationToken cancellationToken)
    {
        if (request.ContentLength > largest)
            return (null, BodyError.TooLarge(largest));

        var body = new ReceivedBody(budget);
        var reader = request.BodyReader;
        BodyError? fault;
        try
        {
            // A small body usually arrives with the headers: then there is nothing to wait for, and no time to limit.
            if (!reader.TryRead(out var arrived) || !Take(body, reader, arrived, largest, out fault))
                fault = await FillInTimeAsync(body, request, largest, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException or OperationCanceledException)
        {
            // The body is incomplete, not framed as HTTP, slower than the server allows, or not compressed as declared.
            fault = BodyError.Unreadable;
        }

        if (fault is null)
            return (body, null);
        body.Dispose();
        return (null, fault);
    }

    private static async Task<BodyError?> FillInTimeAsync(
        ReceivedBody body, HttpRequest request, int largest, CancellationToken cancellationToken)
    {
        var limit = largest > DefaultMaxSize ? LargeBodyTimeout : SmallBodyTimeout;
        using var late = new CancellationTokenSource(
            limit, request.HttpContext.RequestServices.GetService<TimeProvider>() ?? TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        var reader = request.BodyReader;
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(either.Token).ConfigureAwait(false);
                if (Take(body, reader, read, largest, out var fault))
                    return fault;
            }
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return BodyError.TimedOut(limit);
        }
    }

    /// <summary>Appends what has arrived to the body.</summary>
    /// <returns>True if reading ends here: the body is complete, or refused with an error.</returns>
    private static bool Take(ReceivedBody body, PipeReader reader, in ReadResult read, int largest, out BodyError? fault)
    {
        fault = null;
        if (body.Length + read.Buffer.Length > largest)
            fault = BodyError.TooLarge(largest);
        else if (!body.TryAppend(read.Buffer))
            fault = BodyError.ServerBusy;
        reader.AdvanceTo(read.Buffer.End);
        return fault is not null || read.IsCompleted;
    }
}
