using DirectUpload.Client.Application;

namespace DirectUpload.Client.Sending;

/// <summary>What every upload of one client shares.</summary>
internal sealed record Connection(UploadApi Api, StorageSender Storage, Retries Retries, DirectUploadClientOptions Options, TimeProvider Clock)
{
    public static Connection Over(HttpClient application, HttpClient storage, DirectUploadClientOptions options, TimeProvider clock)
    {
        var retries = new Retries(options, clock);
        return new(new UploadApi(new ApplicationCalls(application, options, retries, clock)), new StorageSender(storage, options, clock), retries, options, clock);
    }
}
