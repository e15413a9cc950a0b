using DirectUpload.Client.Application;

namespace DirectUpload.Client.Sending;

/// <summary>Confirms an upload and waits for what becomes of it.</summary>
internal static class UploadEnd
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <returns>The outcome; null when something has not arrived, unless this was the last time.</returns>
    /// <exception cref="DirectUploadException">It was rejected, has failed, expired or was ended.</exception>
    public static async Task<StatusBody?> TryConfirmAsync(Connection connection, UploadState state, bool wait, bool isLast, CancellationToken cancellationToken)
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
            // The record itself says it better.
            var shown = await connection.Api.ShowAsync(state.Id, state.WriteToken, cancellationToken).ConfigureAwait(false);
            throw shown.Body.Failure() ?? ended;
        }
    }

    private static async Task<StatusBody> WaitAsync(Connection connection, UploadState state, ApplicationCalls.Answer<StatusBody> answer, bool wait, CancellationToken cancellationToken)
    {
        for (var pause = FirstWait; ; pause = pause * 1.5 < LongestWait ? pause * 1.5 : LongestWait)
        {
            if (answer.Body.Failure() is { } failure)
                throw failure;
            if (!wait || answer.Body.Status() == UploadStatus.Ready)
                return answer.Body;
            await Task.Delay(answer.RetryAfter ?? pause, connection.Clock, cancellationToken).ConfigureAwait(false);
            answer = await connection.Api.ShowAsync(state.Id, state.ReadToken, cancellationToken).ConfigureAwait(false);
        }
    }
}
