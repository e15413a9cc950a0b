using DirectUpload.Client.Api;
using DirectUpload.Client.Resilience;

namespace DirectUpload.Client.Sending;

/// <summary>Holds the services that all uploads of one client share.</summary>
internal sealed record ClientContext(
    UploadApi Api, StorageSender Storage, RetryPipeline Retries, DirectUploadClientOptions Options, TimeProvider Clock)
{
    public static ClientContext Create(HttpClient application, HttpClient storage, DirectUploadClientOptions options, TimeProvider clock)
    {
        var retries = new RetryPipeline(options, clock);
        return new(
            new UploadApi(new ApiClient(application, options, retries, clock)), new StorageSender(storage, options, clock), retries,
            options, clock);
    }
}
