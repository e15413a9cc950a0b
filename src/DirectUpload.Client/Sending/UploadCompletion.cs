using DirectUpload.Client.Api;

namespace DirectUpload.Client.Sending;

/// <summary>Confirms an upload and waits for its result.</summary>
internal static class UploadCompletion
{
    private static readonly TimeSpan InitialPollDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxPollDelay = TimeSpan.FromSeconds(10);

    /// <summary>Confirms an upload and waits for its result.</summary>
    /// <returns>The result, or null if bytes are missing and this was not the last round.</returns>
    /// <exception cref="DirectUploadException">The upload was rejected, failed, expired, or was aborted or deleted.</exception>
    public static async Task<StatusBody?> TryConfirmAsync(
        ClientContext connection, FileUploadState state, bool wait, bool isLast, CancellationToken cancellationToken)
    {
        try
        {
            var confirmed = await connection.Api.ConfirmAsync(state, cancellationToken).ConfigureAwait(false);
            return await WaitAsync(connection, state, confirmed, wait, cancellationToken).ConfigureAwait(false);
        }
        catch (DirectUploadException missing) when (missing.Code == "not-uploaded" && !isLast)
        {
            return null;
        }
        catch (DirectUploadException ended) when (ended.Code is "conflict" or "mismatch" or "expired")
        {
            // The record describes the error more precisely.
            var shown = await connection.Api.GetAsync(state.Id, state.WriteToken, cancellationToken).ConfigureAwait(false);
            throw shown.Body.ToException() ?? ended;
        }
    }

    private static async Task<StatusBody> WaitAsync(
        ClientContext connection, FileUploadState state, ApiClient.ApiResponse<StatusBody> answer, bool wait,
        CancellationToken cancellationToken)
    {
        for (var pause = InitialPollDelay; ; pause = pause * 1.5 < MaxPollDelay ? pause * 1.5 : MaxPollDelay)
        {
            if (answer.Body.ToException() is { } failure)
                throw failure;
            if (!wait || answer.Body.GetStatus() == FileUploadStatus.Ready)
                return answer.Body;
            await Task.Delay(answer.RetryAfter ?? pause, connection.Clock, cancellationToken).ConfigureAwait(false);
            answer = await connection.Api.GetAsync(state.Id, state.ReadToken, cancellationToken).ConfigureAwait(false);
        }
    }
}
