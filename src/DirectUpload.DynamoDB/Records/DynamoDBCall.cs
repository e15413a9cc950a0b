using System.Net;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using DirectUpload.Stores;

namespace DirectUpload.DynamoDB.Records;

/// <summary>Runs one call within a time limit, and translates the exceptions of an unavailable service.</summary>
internal static class DynamoDBCall
{
    // The SDK's client has no time limit of its own; a call that ignores its cancellation is abandoned.
    private static readonly StoreCall Call = new("DynamoDB", TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(22), ExplainUnavailable);

    /// <exception cref="RecordStoreUnavailableException">DynamoDB is unavailable, throttles, or did not respond in time.</exception>
    public static Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        Call.RunAsync(call, cancellationToken);

    private static string? ExplainUnavailable(Exception fault) => IsUnavailable(fault) ? fault.Message : null;

    private static bool IsUnavailable(Exception fault) => fault switch
    {
        ProvisionedThroughputExceededException or RequestLimitExceededException or InternalServerErrorException
        or LimitExceededException => true,
        AmazonServiceException service => IsUnavailable(service),
        AmazonClientException or HttpRequestException or IOException or TimeoutException => true,
        // The SDK's own time limit.
        OperationCanceledException => true,
        _ => false,
    };

    // Without a status there was no response: no connection, or no credentials. A permanent refusal (403, a missing table) also leaves the
    // records unavailable.
    private static bool IsUnavailable(AmazonServiceException service) =>
        service.StatusCode is 0 or >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests or HttpStatusCode.Forbidden
        || service.Retryable is { Throttling: true }
        || service.ErrorCode is "ThrottlingException" or "Throttling" or "RequestLimitExceeded" or "ResourceNotFoundException"
            or "ExpiredTokenException" or "UnrecognizedClientException"
            or "InvalidSignatureException" or "TransactionInProgressException" or "ReplicatedWriteConflictException";
}
