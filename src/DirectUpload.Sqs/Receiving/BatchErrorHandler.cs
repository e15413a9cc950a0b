using Amazon.SQS.Model;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Sqs.Receiving;

/// <summary>
/// Handles the failure of a batch request, as a whole or for single messages; it logs instead of throwing, because SQS redelivers the
/// messages.
/// </summary>
internal sealed class BatchErrorHandler(AvailabilityTracker availability, ILogger logger)
{
    /// <summary>Sends a batch request and logs its failures.</summary>
    /// <param name="request">The request; it returns the entries that SQS refused.</param>
    /// <param name="at">Returns the message at an index of the request.</param>
    /// <returns>The messages that SQS refused; empty if the request failed as a whole.</returns>
    public async Task<IReadOnlyList<InFlightMessage>> TryAsync(
        Func<Task<IReadOnlyList<BatchResultErrorEntry>>> request, Func<int, InFlightMessage> at)
    {
        try
        {
            var refused = await request().ConfigureAwait(false);
            availability.ReportSuccess();
            foreach (var entry in refused)
                logger.BatchEntryFailed(at(GetIndex(entry)).Id, entry.Code);
            return [.. refused.Select(entry => at(GetIndex(entry)))];
        }
        catch (Exception failure)
        {
            availability.ReportFailure(failure);
            return [];
        }
    }

    private static int GetIndex(BatchResultErrorEntry entry) => int.Parse(entry.Id, System.Globalization.CultureInfo.InvariantCulture);
}
