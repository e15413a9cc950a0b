using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Processing.Inspection.Corpus;

/// <summary>Uploads pairs through the whole service: requested, stored with the signed headers, confirmed.</summary>
internal sealed class CorpusUploader : IAsyncDisposable
{
    // What S3 stores for a PUT without a type.
    private const string S3DefaultType = "binary/octet-stream";

    private readonly UploadHost _host;
    private readonly string[] _profiles;
    private int _uploads;

    public CorpusUploader(IEnumerable<CorpusPair> pairs)
    {
        _profiles = [.. pairs.Select(pair => pair.Profile).Distinct(StringComparer.Ordinal)];
        _host = new UploadHost(options: options =>
        {
            for (var i = 0; i < _profiles.Length; i++)
            {
                var types = _profiles[i].Split(',');
                options.AddProfile(NameOf(i), profile =>
                {
                    foreach (var type in types)
                        profile.ContentTypes.Add(type);
                });
            }
        });
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>Returns why the service refuses an upload; null when it becomes ready.</summary>
    public async Task<string?> FindRefusalAsync(CorpusPair pair)
    {
        var content = ContentCorpus.Current.Files[pair.File].Content;
        var granted = await _host.Service.RequestAsync(
            new UploadRequest
            {
                Profile = NameOf(Array.IndexOf(_profiles, pair.Profile)),
                FileName = pair.Name,
                ContentType = pair.DeclaredType,
                Size = content.Length,
            },
            // One owner's requests are limited in number.
            new UploadCaller { Owner = $"user-{_uploads++}" });
        if (granted.Error is { } refusal)
            return ReadReason(refusal, pair);

        var grant = granted.Value!;
        _host.Bucket.Put(grant.Record.StagingKey, content, grant.Instructions.Headers.GetValueOrDefault("content-type", S3DefaultType));
        var confirmed = await _host.ConfirmAsync(grant);
        var upload = (await _host.GetRecordAsync(grant))!;
        if (upload.Status == UploadStatus.Ready)
            return null;
        upload.Status.Should().Be(UploadStatus.Rejected, "the upload of {0} ends: {1}", pair, confirmed.Error);
        return ReadReason(upload.Error!, pair);
    }

    // Another reason than the file's type is a fault of the test: it would count every disguise as refused.
    private static string ReadReason(UploadError error, CorpusPair pair)
    {
        error.Code.Should().BeOneOf(
            [UploadErrorCodes.InvalidRequest, UploadErrorCodes.TypeNotAllowed, UploadErrorCodes.Mismatch], "{0}: {1}", pair, error.Message);
        return error.Message;
    }

    private static string NameOf(int index) => $"corpus-{index}";
}
