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
        string checksum;
        if (state.PartSize == 0)
        {
            checksum = await SendAsync(
                all, new SinglePartTargetProvider(connection.Api, state, UploadTarget.From(granted, freshness), connection.Clock),
                cancellationToken).ConfigureAwait(false);
        }
        else
        {
            checksum = await SendPartsAsync(
                all, targets => targets.Add(granted.Parts ?? [], freshness), cancellationToken).ConfigureAwait(false);
        }

        return await FinishAsync(checksum, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Resumes the upload with the parts that storage has.</summary>
    public Task<FileUploadResult> ResumeAsync(CancellationToken cancellationToken) => FinishAsync(null, cancellationToken);

    /// <param name="checksum">The SHA-256 of the bytes that were sent, or null if none were sent.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    private async Task<FileUploadResult> FinishAsync(string? checksum, CancellationToken cancellationToken)
    {
        for (var round = 1; ; round++)
        {
            if (source.HasChanged())
                throw SourceReader.SourceChanged("The file was written while it was uploaded.");
            if (await UploadCompletion.TryConfirmAsync(connection, state, transfer.WaitUntilReady, isLast: round > MaxRounds
                || !CanResend(checksum), cancellationToken).ConfigureAwait(false) is { } ended)
            {
                checksum ??= await SendAsync([], null, cancellationToken).ConfigureAwait(false);
                _meter.Complete();
                return CreateResult(ended, checksum);
            }

            checksum = await SendMissingAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // A stream that can't seek is consumed.
    private bool CanResend(string? checksum) => source.CanSeek || checksum is null;

    private async Task<string> SendMissingAsync(CancellationToken cancellationToken)
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

    private async Task<string> SendPartsAsync(int[] missing, Action<PartTargetProvider> begin, CancellationToken cancellationToken)
    {
        if (state.PartChecksums)
            return await SendAsync(missing, new ChecksummedPartTargetProvider(
                connection.Api, state, connection.Clock), cancellationToken).ConfigureAwait(false);
        using var targets = new PartTargetProvider(connection.Api, state, missing, connection.Clock);
        begin(targets);
        return await SendAsync(missing, targets, cancellationToken).ConfigureAwait(false);
    }

    /// <returns>The SHA-256 of the whole source.</returns>
    private async Task<string> SendAsync(int[] missing, IUploadTargetProvider? targets, CancellationToken cancellationToken)
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

        var checksum = await pieces.GetChecksumAsync(cancellationToken).ConfigureAwait(false);
        return state.ChecksumSha256 is null || state.ChecksumSha256 == checksum
            ? checksum
            : throw SourceReader.SourceChanged($"The source's SHA-256 is {checksum}; {state.ChecksumSha256} was declared.");
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
