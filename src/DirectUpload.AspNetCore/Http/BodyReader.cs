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
    public static async Task<(ReceivedBody? Body, BodyError? Fault)> ReadAsync(
        HttpRequest request, int largest, BodyMemoryBudget budget, CancellationToken cancellationToken)
    {
        if (request.ContentLength > largest)
            return (null, BodyError.TooLarge(largest));

        var limit = largest > DefaultMaxSize ? LargeBodyTimeout : SmallBodyTimeout;
        using var late = new CancellationTokenSource(
            limit, request.HttpContext.RequestServices.GetService<TimeProvider>() ?? TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        var body = new ReceivedBody(budget);
        var fault = BodyError.Unreadable;
        try
        {
            fault = await FillAsync(body, request, largest, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            fault = BodyError.TimedOut(limit);
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException or OperationCanceledException)
        {
            // The body is incomplete, not framed as HTTP, slower than the server allows, or not compressed as declared.
        }

        if (fault is null)
            return (body, null);
        body.Dispose();
        return (null, fault);
    }

    private static async Task<BodyError?> FillAsync(
        ReceivedBody body, HttpRequest request, int largest, CancellationToken cancellationToken)
    {
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            BodyError? fault = null;
            if (body.Length + read.Buffer.Length > largest)
                fault = BodyError.TooLarge(largest);
            else if (!body.TryAppend(read.Buffer))
                fault = BodyError.ServerBusy;
            reader.AdvanceTo(read.Buffer.End);
            if (fault is not null || read.IsCompleted)
                return fault;
        }
    }
}
