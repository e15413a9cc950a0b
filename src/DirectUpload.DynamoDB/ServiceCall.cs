using System.Net;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using DirectUpload.Records;

namespace DirectUpload.DynamoDB;

/// <summary>Runs one verb within a time limit, and translates what DynamoDB or the SDK throws when the service is unavailable.</summary>
internal static class ServiceCall
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    // The SDK's own client waits for an answer without end; a call that ignores its cancellation is left behind.
    private static readonly TimeSpan LastResort = TimeSpan.FromSeconds(22);

    /// <exception cref="RecordStoreUnavailableException">DynamoDB is unavailable, throttles, or did not answer in time.</exception>
    public static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await call(ending.Token).WaitAsync(LastResort, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested && fault is OperationCanceledException)
        {
            throw new RecordStoreUnavailableException($"DynamoDB did not answer within {Limit.TotalSeconds:0} seconds.", fault);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested && IsUnavailable(fault))
        {
            throw new RecordStoreUnavailableException($"DynamoDB is unavailable: {fault.Message}", fault);
        }
    }

    private static bool IsUnavailable(Exception fault) => fault switch
    {
        RecordStoreUnavailableException => false,
        ProvisionedThroughputExceededException or RequestLimitExceededException or InternalServerErrorException or LimitExceededException => true,
        AmazonServiceException service => IsUnavailable(service),
        AmazonClientException or HttpRequestException or IOException or TimeoutException => true,
        _ => false,
    };

    // Without a status there was no answer: no connection, no credentials. What is refused for good (403, a table that is missing) is no outage of the service, but the records can't be reached either.
    private static bool IsUnavailable(AmazonServiceException service) =>
        service.StatusCode is 0 or >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests or HttpStatusCode.Forbidden
        || service.Retryable is { Throttling: true }
        || service.ErrorCode is "ThrottlingException" or "Throttling" or "RequestLimitExceeded" or "ResourceNotFoundException" or "ExpiredTokenException" or "UnrecognizedClientException"
            or "InvalidSignatureException" or "TransactionInProgressException" or "ReplicatedWriteConflictException";
}
