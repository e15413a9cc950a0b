using DirectUpload.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DirectUpload.Testing.Hosting;

/// <summary>Makes uploads in a given status, by the calls that an application and its clients make.</summary>
#pragma warning disable CA1001 // The semaphore has no wait handle, so there is nothing to dispose.
internal sealed class UploadMaker(IServiceProvider services)
#pragma warning restore CA1001
{
    private const string Unknown = "application/octet-stream";

    // The size differs, so that the checksum is not compared.
    private const string AnyChecksum = "AAAAAAAAAAA=";

    private readonly SemaphoreSlim _turn = new(1, 1);

    public TestObjects Objects { get; } = new(services);

    private IDirectUploadService Uploads => services.GetRequiredService<IDirectUploadService>();

    public async Task<Upload> CreateAsync(TestUpload wanted, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return wanted.Status switch
            {
                UploadStatus.Requested => await RequestAsync(wanted, cancellationToken).ConfigureAwait(false),
                UploadStatus.Uploaded => await StoreForWorkerAsync(wanted, cancellationToken).ConfigureAwait(false),
                UploadStatus.Ready => await CompleteAsync(wanted, cancellationToken).ConfigureAwait(false),
                UploadStatus.Rejected => await RejectAsync(wanted, cancellationToken).ConfigureAwait(false),
                _ => throw new ArgumentException(
                    $"A test upload cannot be created as {wanted.Status}. Create a ready one, and call DeleteAsync(), or advance the clock "
                    + "and call ProcessDueAsync().", nameof(wanted)),
            };
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<Upload> RequestAsync(TestUpload wanted, CancellationToken cancellationToken) =>
        GetValue(wanted, await Uploads.RequestAsync(
            CreateRequest(wanted), CreateCaller(wanted), cancellationToken: cancellationToken).ConfigureAwait(false)).Upload;

    private async Task<Upload> StoreAsync(TestUpload wanted, CancellationToken cancellationToken)
    {
        var content = new MemoryStream(wanted.Content, writable: false);
        return GetValue(wanted, await Uploads.StoreAsync(
            content, CreateRequest(wanted), CreateCaller(wanted), cancellationToken).ConfigureAwait(false));
    }

    // A confirm finishes small uploads without processors, unless their profile leaves that to the worker.
    private async Task<Upload> StoreForWorkerAsync(TestUpload wanted, CancellationToken cancellationToken)
    {
        if (!services.GetRequiredService<IOptions<DirectUploadOptions>>().Value.Profiles.TryGetValue(wanted.Profile, out var profile))
            return await StoreAsync(wanted, cancellationToken).ConfigureAwait(false);
        var configured = profile.ProcessInWorker;
        profile.ProcessInWorker = true;
        try
        {
            return await StoreAsync(wanted, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            profile.ProcessInWorker = configured;
        }
    }

    private async Task<Upload> CompleteAsync(TestUpload wanted, CancellationToken cancellationToken)
    {
        var upload = await StoreAsync(wanted, cancellationToken).ConfigureAwait(false);
        if (upload.Status != UploadStatus.Ready)
        {
            await services.GetRequiredService<UploadWorker>().RunOnceAsync(cancellationToken).ConfigureAwait(false);
            upload = GetValue(wanted, await Uploads.GetAsync(
                upload.Id, UploadAccess.Application, cancellationToken).ConfigureAwait(false));
        }

        if (upload.Status != UploadStatus.Ready)
            throw CreateException(wanted, $"it is {upload.Status}: {upload.Error?.Message ?? "see the log of its processors"}");
        if (wanted.Variants.Count > 0 || wanted.Properties.Count > 0)
            upload = await AddResultsAsync(upload.Id, wanted, cancellationToken).ConfigureAwait(false);
        return wanted.Association is { } entity && upload.AttachedAt is null
            ? GetValue(wanted, await Uploads.AttachAsync(
                upload.Id, UploadAccess.Application, entity, wanted.Profile, cancellationToken: cancellationToken).ConfigureAwait(false))
            : upload;
    }

    // The client sends a byte more than it has declared.
    private async Task<Upload> RejectAsync(TestUpload wanted, CancellationToken cancellationToken)
    {
        var upload = await RequestAsync(wanted, cancellationToken).ConfigureAwait(false);
        var record = await FindAsync(upload.Id, cancellationToken).ConfigureAwait(false);
        await Objects.PutAsync(
            record.Bucket, record.StagingKey, record.ContentType, [.. wanted.Content, 0], cancellationToken).ConfigureAwait(false);
        await Uploads.ConfirmAsync(
            upload.Id, UploadAccess.Application, checksumCrc64Nvme: AnyChecksum,
            cancellationToken: cancellationToken).ConfigureAwait(false);
        if (wanted.Rejection is { } reason)
            await ChangeAsync(upload.Id, rejected => rejected with { Error = reason }, cancellationToken).ConfigureAwait(false);
        return GetValue(wanted, await Uploads.GetAsync(
            upload.Id, UploadAccess.Application, cancellationToken).ConfigureAwait(false));
    }

    private async Task<Upload> AddResultsAsync(UploadId id, TestUpload wanted, CancellationToken cancellationToken)
    {
        var record = await FindAsync(id, cancellationToken).ConfigureAwait(false);
        var added = new List<UploadVariant>();
        foreach (var (name, content) in wanted.Variants)
        {
            // The key of a variant is the final key, in which the name replaces the extension.
            var key = $"{record.FinalKey[..^Path.GetExtension(record.FinalKey).Length]}.{name}";
            var type = VariantTypes.Get(name);
            await Objects.PutAsync(record.Bucket, key, type, content, cancellationToken).ConfigureAwait(false);
            added.Add(new UploadVariant(name, key, type, content.Length));
        }

        await ChangeAsync(
            id,
            ready => ready with
            {
                Variants = [.. ready.Variants.Where(variant => !wanted.Variants.ContainsKey(variant.Name)), .. added],
                Properties = ready.Properties.Concat(wanted.Properties).GroupBy(it => it.Key)
                    .ToDictionary(it => it.Key, it => it.Last().Value),
            },
            cancellationToken).ConfigureAwait(false);
        return GetValue(wanted, await Uploads.GetAsync(id, UploadAccess.Application, cancellationToken).ConfigureAwait(false));
    }

    private async Task<UploadRecord> FindAsync(UploadId id, CancellationToken cancellationToken) =>
        await services.GetRequiredService<IUploadRecordStore>().FindAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"Upload {id} was deleted while the test created it.");

    private async Task ChangeAsync(UploadId id, Func<UploadRecord, UploadRecord> change, CancellationToken cancellationToken)
    {
        var store = services.GetRequiredService<IUploadRecordStore>();
        while (await store.TryUpdateAsync(
            change(await FindAsync(id, cancellationToken).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false) is null)
        {
            // Another caller changed the record at the same moment.
        }
    }

    private static UploadRequest CreateRequest(TestUpload wanted) => new()
    {
        Profile = wanted.Profile,
        FileName = wanted.FileName,
        ContentType = wanted.ContentType ?? Unknown,
        Size = wanted.Content.Length,
        Association = wanted.Association,
        Metadata = wanted.Metadata.Count > 0 ? wanted.Metadata.ToDictionary() : null,
    };

    private static UploadCaller CreateCaller(TestUpload wanted) =>
        new() { Owner = wanted.Owner, User = wanted.User, MayAssociate = true };

    private static T GetValue<T>(TestUpload wanted, UploadResult<T> result) => result.TryGetValue(out var value, out var error)
        ? value
        : throw CreateException(wanted, $"{error.Code}: {error.Message}");

    private static InvalidOperationException CreateException(TestUpload wanted, string reason) => new(
        $"The application does not accept {wanted.FileName} under the profile \"{wanted.Profile}\": {reason}");
}
