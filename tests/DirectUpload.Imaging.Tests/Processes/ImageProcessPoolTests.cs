using System.Diagnostics;
using DirectUpload.Imaging.Processes;
using DirectUpload.Imaging.Protocol;
using DirectUpload.Imaging.Tests.Images;
using DirectUpload.Processing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using static DirectUpload.Imaging.Tests.Images.DecoderFixture;

namespace DirectUpload.Imaging.Tests.Processes;

public sealed class ImageProcessPoolTests : IDisposable
{
    private const string SecretName = "DIRECTUPLOAD_IMAGING_TEST_SECRET";
    private const int Kill = 9;
    private const int TimeLimitExceeded = 24;

    private readonly byte[] _image = TestImage.CreateFile(".png");
    private readonly ImageProcessPool _pool = CreatePool(new ImagingOptions());

    public void Dispose() => _pool.Dispose();

    [Fact]
    public async Task DecodeAsync_NextImage_UsesTheSameProcess()
    {
        await DecodeAsync(_pool, _image, CreateJob());
        var first = _pool.IdleProcessIds;

        await DecodeAsync(_pool, _image, CreateJob());

        _pool.IdleProcessIds.Should().Equal(first).And.ContainSingle();
    }

    [Fact]
    public async Task DecodeAsync_BrokenImages_LeaveTheProcessAlive()
    {
        await DecodeAsync(_pool, _image, CreateJob());
        var first = _pool.IdleProcessIds;

        (await DecodeAsync(_pool, _image[..200], CreateJob())).Reply.Failure.Should().Be(ImageFailure.Unreadable);

        _pool.IdleProcessIds.Should().Equal(first);
    }

    [Fact]
    public async Task DecodeAsync_ParallelImages_UseAtMostTheAllowedProcesses()
    {
        var images = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => DecodeAsync(_pool, _image, CreateJob())));

        images.Should().OnlyContain(image => image.Reply.Failure == ImageFailure.None);
        _pool.IdleProcessIds.Should().HaveCountLessThanOrEqualTo(new ImagingOptions().MaxProcesses);
    }

    [Fact]
    public async Task DecodeAsync_IdleProcessKilled_StartsAnother()
    {
        await DecodeAsync(_pool, _image, CreateJob());
        using (var process = Process.GetProcessById(_pool.IdleProcessIds.Single()))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        (await DecodeAsync(_pool, _image, CreateJob())).Reply.Failure.Should().Be(ImageFailure.None);
    }

    [Theory]
    [InlineData(Kill)]
    [InlineData(TimeLimitExceeded)]
    public async Task DecodeAsync_ProcessDiesOnce_DecodesInAnother(int signal)
    {
        await DecodeAsync(_pool, _image, CreateJob());
        var first = _pool.IdleProcessIds.Single();
        var attempts = 0;

        var image = await _pool.DecodeAsync(
            CreateJob(), _ => Task.FromResult<Stream>(new SignalingStream(_image, () => attempts++ == 0 ? first : null, signal)),
            _image.Length, CancellationToken.None);

        image.Reply.Failure.Should().Be(ImageFailure.None);
        attempts.Should().Be(2);
        _pool.IdleProcessIds.Should().NotContain(first);
    }

    [Theory]
    [InlineData(Kill, false)]
    [InlineData(TimeLimitExceeded, true)]
    public async Task DecodeAsync_ProcessDiesTwice_BlamesTheImageForCrashesOnly(int signal, bool isCausedByImage)
    {
        var decode = () => _pool.DecodeAsync(
            CreateJob(), _ => Task.FromResult<Stream>(new SignalingStream(_image, () => _pool.BusyProcessIds.Single(), signal)),
            _image.Length, CancellationToken.None);

        (await decode.Should().ThrowAsync<DecoderDiedException>()).Which.IsCausedByImage.Should().Be(isCausedByImage);
        (await DecodeAsync(_pool, _image, CreateJob())).Reply.Failure.Should().Be(ImageFailure.None);
    }

    [Fact]
    public async Task DecodeAsync_MemoryBeyondTheLimit_BlamesTheImage()
    {
        using var pool = CreatePool(new ImagingOptions { MemoryLimit = 256L << 20 });
        // Interlaced: the whole image of 300 MB is in memory before the first line is known.
        var image = TestImage.CreateFile(".png[interlace=true,compression=1]", 10_000, 10_000);

        var failure = await FindFailureAsync(pool, image);

        failure.Should().Be(ImageFailure.OutOfMemory);
        (await DecodeAsync(pool, _image, CreateJob())).Reply.Failure.Should().Be(ImageFailure.None);
    }

    [Fact]
    public async Task DecodeAsync_ContentCannotBeRead_ThrowsItsException()
    {
        var decode = () => _pool.DecodeAsync(
            CreateJob(), _ => Task.FromResult<Stream>(new MemoryStream(_image[..1_000])), _image.Length, CancellationToken.None);

        await decode.Should().ThrowAsync<IOException>().WithMessage("The content ended*");
        (await DecodeAsync(_pool, _image, CreateJob())).Reply.Failure.Should().Be(ImageFailure.None);
    }

    [Fact]
    public async Task DecodeAsync_ProcessCannotStart_IsUnavailable()
    {
        // No runtime starts in this memory.
        using var pool = CreatePool(new ImagingOptions { MemoryLimit = 1 << 20 });
        var decode = () => DecodeAsync(pool, _image, CreateJob());

        await decode.Should().ThrowAsync<ProcessorUnavailableException>();
    }

    [Fact]
    public async Task DecodeAsync_Canceled_Throws()
    {
        using var canceled = new CancellationTokenSource();
        var decode = () => _pool.DecodeAsync(
            CreateJob(), _ => Task.FromResult<Stream>(new SignalingStream(_image, () => { canceled.Cancel(); return null; }, 0)),
            _image.Length, canceled.Token);

        await decode.Should().ThrowAsync<OperationCanceledException>();
        (await DecodeAsync(_pool, _image, CreateJob())).Reply.Failure.Should().Be(ImageFailure.None);
    }

    [Fact]
    public async Task DecodeAsync_ProcessIdleForAMinute_Ends()
    {
        var clock = new FakeTimeProvider();
        using var pool = new ImageProcessPool(new ImagingOptions(), clock, NullLogger.Instance);
        await DecodeAsync(pool, _image, CreateJob());
        using var process = Process.GetProcessById(pool.IdleProcessIds.Single());

        clock.Advance(ImageProcessPool.IdleTimeout);

        await process.WaitForExitAsync();
        pool.IdleProcessIds.Should().BeEmpty();
    }

    [Fact]
    public async Task DecodeAsync_AfterDispose_Throws()
    {
        _pool.Dispose();
        var decode = () => DecodeAsync(_pool, _image, CreateJob());

        await decode.Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task Dispose_IdleProcess_Ends()
    {
        await DecodeAsync(_pool, _image, CreateJob());
        using var process = Process.GetProcessById(_pool.IdleProcessIds.Single());

        _pool.Dispose();

        await process.WaitForExitAsync();
    }

    [Fact]
    public async Task Process_Environment_HasNoSecret()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The environment of a process is read from /proc.");
        Environment.SetEnvironmentVariable(SecretName, "secret");
        try
        {
            await DecodeAsync(_pool, _image, CreateJob());

            var environment = await File.ReadAllTextAsync($"/proc/{_pool.IdleProcessIds.Single()}/environ");
            environment.Should().Contain("VIPS_CONCURRENCY").And.NotContain(SecretName);
            environment.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(variable => variable.Split('=')[0]).Should().OnlyContain(
                name => name.StartsWith("DOTNET_", StringComparison.Ordinal) || name.StartsWith("VIPS_", StringComparison.Ordinal)
                    || name.StartsWith("DIRECTUPLOAD_IMAGE_PROCESS_", StringComparison.Ordinal) || name == "MALLOC_ARENA_MAX"
                    || name == "LD_LIBRARY_PATH" || name == "TMPDIR");
        }
        finally
        {
            Environment.SetEnvironmentVariable(SecretName, null);
        }
    }

    [Fact]
    public async Task Process_Limits_AreSetInTheKernel()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux enforces the limits.");
        await DecodeAsync(_pool, _image, CreateJob());

        var limits = await File.ReadAllLinesAsync($"/proc/{_pool.IdleProcessIds.Single()}/limits");

        Find("Max data size").Should().Be($"{1 << 30} {1 << 30} bytes");
        Find("Max file size").Should().Be("0 0 bytes");
        Find("Max core file size").Should().Be("0 0 bytes");

        string Find(string name) => string.Join(' ', limits.Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static async Task<ImageFailure> FindFailureAsync(ImageProcessPool pool, byte[] image)
    {
        try
        {
            return (await DecodeAsync(pool, image, CreateJob())).Reply.Failure;
        }
        catch (DecoderDiedException exception) when (exception.IsCausedByImage)
        {
            return ImageFailure.OutOfMemory;
        }
    }
}
