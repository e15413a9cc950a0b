using DirectUpload.Client.Application;
using DirectUpload.Client.Reading;

namespace DirectUpload.Client.Sending;

/// <summary>One upload from its grant to its end: send what is missing, confirm, and wait for the outcome.</summary>
internal sealed class UploadRun(Connection connection, UploadState state, SourceBytes source, TransferOptions transfer)
{
    // As often as confirming may find something missing that storage had taken.
    private const int MostRounds = 3;
    private const long LargestBuffered = 64L * 1024 * 1024;

    private readonly Cut _cut = new(state.Size, state.PartSize);
    private readonly TransferMeter _meter = new(state.Size, transfer.Progress, connection.Clock);

    /// <summary>From the beginning, by the signatures that came with the grant.</summary>
    public async Task<UploadResult> StartAsync(InstructionsBody granted, Freshness freshness, CancellationToken cancellationToken)
    {
        int[] all = [.. Enumerable.Range(1, _cut.Count)];
        string checksum;
        if (state.PartSize == 0)
        {
            checksum = await SendAsync(all, new WholeTarget(connection.Api, state, SendTarget.Of(granted, freshness), connection.Clock), cancellationToken).ConfigureAwait(false);
        }
        else
        {
            checksum = await SendPartsAsync(all, targets => targets.Add(granted.Parts ?? [], freshness), cancellationToken).ConfigureAwait(false);
        }

        return await FinishAsync(checksum, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>From whatever storage has.</summary>
    public Task<UploadResult> ResumeAsync(CancellationToken cancellationToken) => FinishAsync(null, cancellationToken);

    /// <param name="checksum">Of what was sent; null when nothing was.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    private async Task<UploadResult> FinishAsync(string? checksum, CancellationToken cancellationToken)
    {
        for (var round = 1; ; round++)
        {
            if (source.HaveChanged())
                throw SourceBytes.Changed("The file was written while it was uploaded.");
            if (await UploadEnd.TryConfirmAsync(connection, state, transfer.WaitUntilReady, isLast: round > MostRounds || !CanSendAgain(checksum), cancellationToken).ConfigureAwait(false) is { } ended)
            {
                checksum ??= await SendAsync([], null, cancellationToken).ConfigureAwait(false);
                _meter.Complete();
                return Result(ended, checksum);
            }

            checksum = await SendMissingAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // What came from a stream that can't seek is gone.
    private bool CanSendAgain(string? checksum) => source.CanSeek || checksum is null;

    private async Task<string> SendMissingAsync(CancellationToken cancellationToken)
    {
        _meter.StartFrom(0);
        if (state.PartSize == 0)
            return await SendAsync([1], new WholeTarget(connection.Api, state, null, connection.Clock), cancellationToken).ConfigureAwait(false);

        var listed = await connection.Api.ListPartsAsync(state, cancellationToken).ConfigureAwait(false);
        // One of another size than it must have is none; the application would refuse it.
        var there = listed.Body.Parts.Where(part => part.PartNumber <= _cut.Count && part.Size == _cut.SizeOf(part.PartNumber)).ToList();
        _meter.StartFrom(there.Sum(part => part.Size));
        int[] missing = [.. Enumerable.Range(1, _cut.Count).Except(there.Select(part => part.PartNumber))];
        return await SendPartsAsync(missing, _ => { }, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> SendPartsAsync(int[] missing, Action<PartTargets> begin, CancellationToken cancellationToken)
    {
        if (state.PartChecksums)
            return await SendAsync(missing, new ChecksummedTargets(connection.Api, state, connection.Clock), cancellationToken).ConfigureAwait(false);
        using var targets = new PartTargets(connection.Api, state, missing, connection.Clock);
        begin(targets);
        return await SendAsync(missing, targets, cancellationToken).ConfigureAwait(false);
    }

    /// <returns>The whole source's SHA-256.</returns>
    private async Task<string> SendAsync(int[] missing, ITargets? targets, CancellationToken cancellationToken)
    {
        await using var spooled = source is SequentialBytes once && state.PartSize is 0 or > LargestBuffered ? await once.SpoolAsync(cancellationToken).ConfigureAwait(false) : null;
        await using var pieces = Cut(spooled ?? source, missing);
        try
        {
            var sender = new PieceSender(connection.Storage, connection.Retries, targets!, _meter, transfer.Pause);
            await PartsInParallel.SendAsync(pieces, sender, Math.Min(connection.Options.PartsInFlight, _cut.Count), cancellationToken).ConfigureAwait(false);
        }
        catch (DirectUploadException closed) when (closed.Code == "conflict")
        {
            // It takes no more signatures: somebody else has confirmed, or ended, it. Confirming tells.
        }

        var checksum = await pieces.ChecksumAsync(cancellationToken).ConfigureAwait(false);
        return state.ChecksumSha256 is null || state.ChecksumSha256 == checksum
            ? checksum
            : throw SourceBytes.Changed($"The source's SHA-256 is {checksum}; {state.ChecksumSha256} was promised.");
    }

    private IPieces Cut(SourceBytes bytes, int[] missing) =>
        bytes.CanSeek ? new SeekablePieces(bytes, _cut, missing, state.PartSize == 0 ? state.ChecksumSha256 : null) : new SequentialPieces(bytes, _cut, missing);

    private UploadResult Result(StatusBody ended, string checksum) => new()
    {
        Id = state.Id,
        ReadToken = state.ReadToken,
        Status = ended.Status(),
        Size = state.Size,
        ChecksumSha256 = checksum,
        ContentUrl = ended.ToInfo(connection.Options.ServerAddress!).ContentUrl,
    };
}
