using System.Collections.Concurrent;
using DirectUpload.Client.Api;
using DirectUpload.Client.Reading;

namespace DirectUpload.Client.Sending;

/// <summary>Provides the targets of parts: those of the grant, then more in batches of up to a hundred.</summary>
internal sealed class PartTargetProvider(
    UploadApi api, FileUploadState state, IReadOnlyList<int> missing, TimeProvider clock) : IUploadTargetProvider, IDisposable
{
    private const int BatchSize = 100;

    private readonly ConcurrentDictionary<int, UploadTarget> _signed = new();
    private readonly SemaphoreSlim _signing = new(1);

    public void Add(IEnumerable<SignedPartBody> parts, SignedUrlLifetime freshness)
    {
        foreach (var part in parts)
            _signed[part.PartNumber] = UploadTarget.From(part, freshness);
    }

    public async ValueTask<UploadTarget> GetAsync(PartReader piece, CancellationToken cancellationToken)
    {
        var number = piece.Number;
        if (Find(number) is { } good)
            return good;
        await _signing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Find(number) is { } justCome)
                return justCome;
            var signed = await api.SignPartsAsync(state, new(GetPartsToSign(number)), cancellationToken).ConfigureAwait(false);
            Add(signed.Body.Parts, new SignedUrlLifetime(signed.Body.ExpiresAt, signed.ServerTime, clock));
            return _signed.GetValueOrDefault(number)
                ?? throw new DirectUploadException(
                    FileUploadErrorCodes.UnexpectedResponse, $"The application did not sign part {number}, which the client requested.");
        }
        finally
        {
            _signing.Release();
        }
    }

    // Another sender may have stored a newer target; only the refused one is removed.
    public void Invalidate(int number, UploadTarget refused) => _signed.TryRemove(new KeyValuePair<int, UploadTarget>(number, refused));

    public void Dispose() => _signing.Dispose();

    private UploadTarget? Find(int number) => _signed.GetValueOrDefault(number) is { Lifetime.IsExpiring: false } good ? good : null;

    // Requests this part and the next missing ones.
    private int[] GetPartsToSign(int number) =>
        [number, .. missing.Where(later => later > number && Find(later) is null).Take(BatchSize - 1)];
}
