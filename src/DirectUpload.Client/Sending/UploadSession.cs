using DirectUpload.Client.Api;
using DirectUpload.Client.Reading;

namespace DirectUpload.Client.Sending;

/// <summary>Runs one upload after its grant: sends the missing parts, confirms, and waits for the result.</summary>
internal sealed class UploadSession(ClientContext connection, FileUploadState state, SourceReader source, FileUploadOptions transfer)
{
    // The maximum number of confirmations that may find a part missing that storage had accepted.
    private const int MaxRounds = 3;
    private const long MaxBufferedPartSize = 64L * 1024 * 1024;

    private readonly PartLayout _layout = new(state.Size, state.PartSize);
    private readonly TransferMeter _meter = new(state.Size, transfer.Progress, connection.Clock);

    /// <summary>Starts the upload with the signatures of the grant.</summary>
    public async Task<FileUploadResult> StartAsync(
        InstructionsBody granted, SignedUrlLifetime freshness, CancellationToken cancellationToken)
    {
        int[] all = [.. Enumerable.Range(1, _layout.Count)];
        SourceChecksums checksums;
        if (state.PartSize == 0)
        {
            checksums = await SendAsync(
                all, new SinglePartTargetProvider(connection.Api, state, UploadTarget.From(granted, freshness), connection.Clock),
                cancellationToken).ConfigureAwait(false);
        }
        else
        {
            checksums = await SendPartsAsync(
                all, targets => targets.Add(granted.Parts ?? [], freshness), cancellationToken).ConfigureAwait(false);
        }

        return await FinishAsync(checksums, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Resumes the upload with the parts that storage has.</summary>
    public Task<FileUploadResult> ResumeAsync(CancellationToken cancellationToken) => FinishAsync(null, cancellationToken);

    /// <param name="checksums">The checksums of the source, or null if it was not read yet.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    private async Task<FileUploadResult> FinishAsync(SourceChecksums? checksums, CancellationToken cancellationToken)
    {
        for (var round = 1; ; round++)
        {
            if (source.HasChanged())
                throw SourceReader.SourceChanged("The file was written while it was uploaded.");
            var (hasArrived, ended) = await UploadCompletion.TryConfirmAsync(
                connection, state, checksums, transfer.WaitUntilReady, isLast: round > MaxRounds || !CanResend(checksums),
                cancellationToken).ConfigureAwait(false);
            if (!hasArrived)
            {
                checksums = await SendMissingAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (checksums is null)
            {
                checksums = await SendAsync([], null, cancellationToken).ConfigureAwait(false);
                // All bytes had arrived before the upload was resumed. The application compares them now.
                if (checksums.Crc64Nvme is not null)
                    continue;
            }

            _meter.Complete();
            return CreateResult(ended!, checksums.Sha256);
        }
    }

    // A stream that can't seek is consumed.
    private bool CanResend(SourceChecksums? checksums) => source.CanSeek || checksums is null;

    private async Task<SourceChecksums> SendMissingAsync(CancellationToken cancellationToken)
    {
        _meter.StartFrom(0);
        if (state.PartSize == 0)
            return await SendAsync(
                [1], new SinglePartTargetProvider(connection.Api, state, null, connection.Clock), cancellationToken).ConfigureAwait(false);

        var listed = await connection.Api.ListPartsAsync(state, cancellationToken).ConfigureAwait(false);
        // A part of a wrong size counts as missing; the application would refuse it.
        var there = listed.Body.Parts
            .Where(part => part.PartNumber <= _layout.Count && part.Size == _layout.GetSize(part.PartNumber)).ToList();
        _meter.StartFrom(there.Sum(part => part.Size));
        int[] missing = [.. Enumerable.Range(1, _layout.Count).Except(there.Select(part => part.PartNumber))];
        return await SendPartsAsync(missing, _ => { }, cancellationToken).ConfigureAwait(false);
    }

    private async Task<SourceChecksums> SendPartsAsync(int[] missing, Action<PartTargetProvider> begin, CancellationToken cancellationToken)
    {
        if (state.PartChecksums)
            return await SendAsync(missing, new ChecksummedPartTargetProvider(
                connection.Api, state, connection.Clock), cancellationToken).ConfigureAwait(false);
        using var targets = new PartTargetProvider(connection.Api, state, missing, connection.Clock);
        begin(targets);
        return await SendAsync(missing, targets, cancellationToken).ConfigureAwait(false);
    }

    /// <returns>The checksums of the whole source.</returns>
    private async Task<SourceChecksums> SendAsync(int[] missing, IUploadTargetProvider? targets, CancellationToken cancellationToken)
    {
        await using var spooled = source is SequentialStreamReader once && state.PartSize is 0 or > MaxBufferedPartSize
            ? await once.SpoolAsync(cancellationToken).ConfigureAwait(false)
            : null;
        await using var pieces = CreateParts(spooled ?? source, missing);
        try
        {
            var sender = new PartSender(connection.Storage, connection.Retries, targets!, _meter, transfer.Pause);
            await ParallelPartSender.SendAsync(
                pieces, sender, Math.Min(connection.Options.PartsInFlight, _layout.Count), cancellationToken).ConfigureAwait(false);
        }
        catch (DirectUploadException closed) when (closed.Code == "conflict")
        {
            // The application signs no more parts, because the upload was confirmed or ended elsewhere. Confirmation returns the reason.
        }

        var checksums = await pieces.GetChecksumsAsync(cancellationToken).ConfigureAwait(false);
        return state.ChecksumSha256 is null || state.ChecksumSha256 == checksums.Sha256
            ? checksums
            : throw SourceReader.SourceChanged($"The source's SHA-256 is {checksums.Sha256}; {state.ChecksumSha256} was declared.");
    }

    private IPartSource CreateParts(SourceReader bytes, int[] missing) =>
        bytes.CanSeek
            ? new SeekablePartSource(bytes, _layout, missing, state.PartSize == 0 ? state.ChecksumSha256 : null)
            : new SequentialPartSource(bytes, _layout, missing);

    private FileUploadResult CreateResult(StatusBody ended, string checksum) => new()
    {
        Id = state.Id,
        ReadToken = state.ReadToken,
        Status = ended.GetStatus(),
        Size = state.Size,
        ChecksumSha256 = checksum,
        ContentUrl = ended.ToInfo(connection.Options.ServerAddress!).ContentUrl,
    };
}
