using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.Bodies;

/// <summary>
/// Reads every request body of this package. Whatever fails while a body is read is the client's fault: a connection that is cut or a malformed chunk is an
/// <see cref="IOException"/> as much as storage that cannot be reached, so the two must not meet in one handler.
/// </summary>
internal static class BodyReader
{
    /// <summary>The largest body that is read within <see cref="ShortLimit"/>, in bytes.</summary>
    public const int Usual = 64 * 1024;

    private static readonly TimeSpan ShortLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongLimit = TimeSpan.FromSeconds(60);

    /// <summary>Reads the body to its end.</summary>
    /// <param name="request">The request.</param>
    /// <param name="largest">The largest body that is taken, in bytes.</param>
    /// <param name="budget">Where the memory comes from.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The body, to be disposed; or why it was not taken.</returns>
    public static async Task<(ReceivedBody? Body, BodyFault? Fault)> ReadAsync(HttpRequest request, int largest, BodyBudget budget, CancellationToken cancellationToken)
    {
        if (request.ContentLength > largest)
            return (null, BodyFault.TooLong(largest));

        var limit = largest > Usual ? LongLimit : ShortLimit;
        using var late = new CancellationTokenSource(limit, request.HttpContext.RequestServices.GetService<TimeProvider>() ?? TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        var body = new ReceivedBody(budget);
        var fault = BodyFault.Broken;
        try
        {
            fault = await FillAsync(body, request, largest, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            fault = BodyFault.TooSlow(limit);
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException or OperationCanceledException)
        {
            // Cut off, not framed as HTTP, slower than the server allows, or not compressed as it says.
        }

        if (fault is null)
            return (body, null);
        body.Dispose();
        return (null, fault);
    }

    private static async Task<BodyFault?> FillAsync(ReceivedBody body, HttpRequest request, int largest, CancellationToken cancellationToken)
    {
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            BodyFault? fault = null;
            if (body.Length + read.Buffer.Length > largest)
                fault = BodyFault.TooLong(largest);
            else if (!body.TryAppend(read.Buffer))
                fault = BodyFault.Busy;
            reader.AdvanceTo(read.Buffer.End);
            if (fault is not null || read.IsCompleted)
                return fault;
        }
    }
}
