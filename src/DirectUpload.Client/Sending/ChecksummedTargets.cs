using System.Collections.Concurrent;
using System.Security.Cryptography;
using DirectUpload.Client.Application;
using DirectUpload.Client.Reading;

namespace DirectUpload.Client.Sending;

/// <summary>The targets of parts that go with the SHA-256 of their bytes: each is read once beforehand, and signed by itself.</summary>
internal sealed class ChecksummedTargets(UploadApi api, UploadState state, TimeProvider clock) : ITargets
{
    private readonly ConcurrentDictionary<int, SendTarget> _signed = new();
    private readonly ConcurrentDictionary<int, string> _checksums = new();

    public async ValueTask<SendTarget> GetAsync(Piece piece, CancellationToken cancellationToken)
    {
        if (_signed.GetValueOrDefault(piece.Number) is { Freshness.IsOver: false } good)
            return good;
        if (!_checksums.TryGetValue(piece.Number, out var checksum))
            _checksums[piece.Number] = checksum = await HashAsync(piece, cancellationToken).ConfigureAwait(false);
        var wanted = new SignPartsBody([piece.Number]) { ChecksumsSha256 = new() { [piece.Number] = checksum } };
        var signed = await api.SignPartsAsync(state, wanted, cancellationToken).ConfigureAwait(false);
        var part = signed.Body.Parts.FirstOrDefault(part => part.PartNumber == piece.Number)
            ?? throw new DirectUploadException(UploadErrorCodes.UnexpectedAnswer, $"The application was asked to sign part {piece.Number}, and has not.");
        return _signed[piece.Number] = SendTarget.Of(part, new Freshness(signed.Body.ExpiresAt, signed.At, clock));
    }

    public void Forget(int number, SendTarget refused) => _signed.TryRemove(new KeyValuePair<int, SendTarget>(number, refused));

    private static async Task<string> HashAsync(Piece piece, CancellationToken cancellationToken)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[PieceReading.BufferSize];
        for (var at = 0L; at < piece.Length;)
        {
            var next = buffer.AsMemory(0, (int)Math.Min(buffer.Length, piece.Length - at));
            await piece.ReadExactlyAsync(at, next, cancellationToken).ConfigureAwait(false);
            sha256.AppendData(next.Span);
            at += next.Length;
        }

        return Convert.ToBase64String(sha256.GetHashAndReset());
    }
}
