using DirectUpload.Client.Application;
using DirectUpload.Client.Reading;

namespace DirectUpload.Client.Sending;

/// <summary>The one target of what goes in one piece.</summary>
internal sealed class WholeTarget(UploadApi api, UploadState state, SendTarget? granted, TimeProvider clock) : ITargets
{
    private SendTarget? _current = granted;

    public async ValueTask<SendTarget> GetAsync(Piece piece, CancellationToken cancellationToken)
    {
        if (_current is { Freshness.IsOver: false } good)
            return good;
        var renewed = await api.RenewAsync(state, cancellationToken).ConfigureAwait(false);
        return _current = SendTarget.Of(renewed.Body.Upload, new Freshness(renewed.Body.ExpiresAt, renewed.At, clock));
    }

    public void Forget(int number, SendTarget refused) => _current = null;
}
