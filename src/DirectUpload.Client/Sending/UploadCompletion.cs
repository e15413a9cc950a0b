using DirectUpload.Client.Api;
using DirectUpload.Client.Reading;

namespace DirectUpload.Client.Sending;

/// <summary>Confirms an upload and waits for its result.</summary>
internal static class UploadCompletion
{
    private static readonly TimeSpan InitialPollDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxPollDelay = TimeSpan.FromSeconds(10);

    /// <summary>Confirms an upload and waits for its result.</summary>
    /// <param name="connection">The services of the client.</param>
    /// <param name="state">The upload.</param>
    /// <param name="checksums">The checksums of the source; null if it was not read since the upload was resumed.</param>
    /// <param name="wait">Whether to wait until the upload is ready.</param>
    /// <param name="isLast">Whether missing bytes are an error.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>
    /// Whether storage has all bytes, and the result. The result is also null if the application requires checksums that are not known yet.
    /// </returns>
    /// <exception cref="DirectUploadException">The upload was rejected, failed, expired, or was aborted or deleted.</exception>
    public static async Task<(bool HasArrived, StatusBody? Ended)> TryConfirmAsync(
        ClientContext connection, FileUploadState state, SourceChecksums? checksums, bool wait, bool isLast,
        CancellationToken cancellationToken)
    {
        try
        {
            var confirmed = await connection.Api.ConfirmAsync(state, checksums?.Crc64Nvme, cancellationToken).ConfigureAwait(false);
            return (true, await WaitAsync(connection, state, confirmed, wait, cancellationToken).ConfigureAwait(false));
        }
        catch (DirectUploadException missing) when (missing.Code == "not-uploaded" && !isLast)
        {
            return (false, null);
        }
        catch (DirectUploadException missing) when (
            missing.Code == "checksum-missing" && checksums is null && state.ChecksumSha256 is null)
        {
            return (true, null);
        }
        catch (DirectUploadException ended) when (ended.Code is "conflict" or "mismatch" or "expired" or "checksum-not-reported"
            or FileUploadErrorCodes.ChecksumMismatch)
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
