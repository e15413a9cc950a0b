using BenchmarkDotNet.Attributes;
using DirectUpload.Benchmarks.Presigning;
using DirectUpload.Presigning;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Benchmarks.Requests;

/// <summary>
/// A whole request (rules, quota, tokens, record, grant) beside the one PUT URL in it, with a thousand records in memory and with many. The
/// store begins each iteration empty and ends it with as many as there are invocations; so there are many short iterations, for the
/// compiler to be done before they count.
/// </summary>
[InvocationCount(1_024), WarmupCount(300), IterationCount(200)]
public class RequestAmongAThousand : Request;

/// <inheritdoc cref="RequestAmongAThousand"/>
[InvocationCount(16_384), WarmupCount(40), IterationCount(20)]
public class RequestAmongManyThousands : Request;

[MemoryDiagnoser]
public abstract class Request
{
    private static readonly PutUrlRequest Put = new()
    {
        Key = Signers.Key,
        ContentType = BenchmarkApplication.ContentType,
        ContentLength = BenchmarkApplication.Size,
        ChecksumSha256 = BenchmarkApplication.ChecksumSha256,
    };

    private static readonly UploadRequest Upload = new()
    {
        Profile = BenchmarkApplication.Profile,
        FileName = BenchmarkApplication.FileName,
        ContentType = BenchmarkApplication.ContentType,
        Size = BenchmarkApplication.Size,
        ChecksumSha256 = BenchmarkApplication.ChecksumSha256,
    };

    private ServiceProvider _services = null!;
    private IDirectUploadService _uploads = null!;
    private IPresignedUploadIssuer _issuer = null!;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        var services = new ServiceCollection();
        BenchmarkApplication.AddTo(services);
        _services = services.BuildServiceProvider();
        _uploads = _services.GetRequiredService<IDirectUploadService>();
        _issuer = _services.GetRequiredService<IPresignedUploadIssuer>();
        if (!(await RequestAsync()).Succeeded)
            throw new InvalidOperationException("The request is refused.");
    }

    [IterationSetup]
    public void DeleteRecords() => BenchmarkApplication.DeleteRecordsAsync(_services).GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup() => _services.Dispose();

    [Benchmark(Baseline = true)]
    public ValueTask<PresignedUrl> PutUrl() => _issuer.PresignAsync(Put);

    [Benchmark]
    public Task<UploadResult<UploadGrant>> RequestAsync() =>
        _uploads.RequestAsync(Upload, new UploadCaller { Owner = BenchmarkApplication.NextUser() });
}
