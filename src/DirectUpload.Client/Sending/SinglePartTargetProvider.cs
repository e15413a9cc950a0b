using DirectUpload.Client.Api;
using DirectUpload.Client.Reading;

namespace DirectUpload.Client.Sending;

/// <summary>Provides the target of an upload without parts.</summary>
internal sealed class SinglePartTargetProvider(
    UploadApi api, FileUploadState state, UploadTarget? granted, TimeProvider clock) : IUploadTargetProvider
{
    private UploadTarget? _current = granted;

    public async ValueTask<UploadTarget> GetAsync(PartReader piece, CancellationToken cancellationToken)
    {
        if (_current is { Lifetime.IsExpiring: false } good)
            return good;
        var renewed = await api.RenewAsync(state, cancellationToken).ConfigureAwait(false);
        return _current = UploadTarget.From(renewed.Body.Upload, new SignedUrlLifetime(renewed.Body.ExpiresAt, renewed.ServerTime, clock));
    }

    public void Invalidate(int number, UploadTarget refused) => _current = null;
}
