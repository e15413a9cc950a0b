using Amazon.SQS.Model;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Sqs;

/// <summary>What becomes of a request about up to ten messages: it may fail as a whole, or for some of them. Neither is thrown; the messages just come again.</summary>
internal sealed class Refusals(Outage outage, ILogger logger)
{
    /// <param name="request">Answers what SQS refused.</param>
    /// <param name="at">The message at a place of the request.</param>
    /// <returns>The messages that were refused; none when the request failed as a whole.</returns>
    public async Task<IReadOnlyList<HeldMessage>> TryAsync(Func<Task<IReadOnlyList<BatchResultErrorEntry>>> request, Func<int, HeldMessage> at)
    {
        try
        {
            var refused = await request().ConfigureAwait(false);
            outage.Succeeded();
            foreach (var entry in refused)
                logger.Refused(at(PlaceOf(entry)).Id, entry.Code);
            return [.. refused.Select(entry => at(PlaceOf(entry)))];
        }
        catch (Exception failure)
        {
            outage.Failed(failure);
            return [];
        }
    }

    private static int PlaceOf(BatchResultErrorEntry entry) => int.Parse(entry.Id, System.Globalization.CultureInfo.InvariantCulture);
}
