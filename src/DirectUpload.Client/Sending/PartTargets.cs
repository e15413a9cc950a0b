using System.Collections.Concurrent;
using DirectUpload.Client.Application;
using DirectUpload.Client.Reading;

namespace DirectUpload.Client.Sending;

/// <summary>The targets of parts: those that came with the grant, and more by the hundred.</summary>
internal sealed class PartTargets(UploadApi api, UploadState state, IReadOnlyList<int> missing, TimeProvider clock) : ITargets, IDisposable
{
    private const int AtOnce = 100;

    private readonly ConcurrentDictionary<int, SendTarget> _signed = new();
    private readonly SemaphoreSlim _asking = new(1);

    public void Add(IEnumerable<SignedPartBody> parts, Freshness freshness)
    {
        foreach (var part in parts)
            _signed[part.PartNumber] = SendTarget.Of(part, freshness);
    }

    public async ValueTask<SendTarget> GetAsync(Piece piece, CancellationToken cancellationToken)
    {
        var number = piece.Number;
        if (Find(number) is { } good)
            return good;
        await _asking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Find(number) is { } justCome)
                return justCome;
            var signed = await api.SignPartsAsync(state, new(Wanted(number)), cancellationToken).ConfigureAwait(false);
            Add(signed.Body.Parts, new Freshness(signed.Body.ExpiresAt, signed.At, clock));
            return _signed.GetValueOrDefault(number)
                ?? throw new DirectUploadException(UploadErrorCodes.UnexpectedAnswer, $"The application was asked to sign part {number}, and has not.");
        }
        finally
        {
            _asking.Release();
        }
    }

    // Only if it is still that one: another sender may have got a better one meanwhile.
    public void Forget(int number, SendTarget refused) => _signed.TryRemove(new KeyValuePair<int, SendTarget>(number, refused));

    public void Dispose() => _asking.Dispose();

    private SendTarget? Find(int number) => _signed.GetValueOrDefault(number) is { Freshness.IsOver: false } good ? good : null;

    // This one, and the next that will be needed.
    private int[] Wanted(int number) => [number, .. missing.Where(later => later > number && Find(later) is null).Take(AtOnce - 1)];
}
