using System.Collections.Concurrent;
using System.Security.Cryptography;
using DirectUpload.Client.Api;
using DirectUpload.Client.Reading;

namespace DirectUpload.Client.Sending;

/// <summary>Provides the targets of parts with a SHA-256; each part is read once to hash it, and presigned individually.</summary>
internal sealed class ChecksummedPartTargetProvider(UploadApi api, FileUploadState state, TimeProvider clock) : IUploadTargetProvider
{
    private readonly ConcurrentDictionary<int, UploadTarget> _signed = new();
    private readonly ConcurrentDictionary<int, string> _checksums = new();

    public async ValueTask<UploadTarget> GetAsync(PartReader piece, CancellationToken cancellationToken)
    {
        if (_signed.GetValueOrDefault(piece.Number) is { Lifetime.IsExpiring: false } good)
            return good;
        if (!_checksums.TryGetValue(piece.Number, out var checksum))
            _checksums[piece.Number] = checksum = await ComputeChecksumAsync(piece, cancellationToken).ConfigureAwait(false);
        var wanted = new SignPartsBody([piece.Number]) { ChecksumsSha256 = new() { [piece.Number] = checksum } };
        var signed = await api.SignPartsAsync(state, wanted, cancellationToken).ConfigureAwait(false);
        var part = signed.Body.Parts.FirstOrDefault(part => part.PartNumber == piece.Number)
            ?? throw new DirectUploadException(
                FileUploadErrorCodes.UnexpectedResponse, $"The application did not sign part {piece.Number}, which the client requested.");
        return _signed[piece.Number] = UploadTarget.From(part, new SignedUrlLifetime(signed.Body.ExpiresAt, signed.ServerTime, clock));
    }

    public void Invalidate(int number, UploadTarget refused) => _signed.TryRemove(new KeyValuePair<int, UploadTarget>(number, refused));

    private static async Task<string> ComputeChecksumAsync(PartReader piece, CancellationToken cancellationToken)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[ReadDefaults.BufferSize];
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
