using System.Text;
using DirectUpload.Processing;
using Microsoft.Extensions.Options;

namespace DirectUpload.ClamAv.Tests;

/// <summary>The sample's INSTREAM, against what speaks like clamd and can be told to misbehave.</summary>
public sealed class ClamAvTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(200_001)]
    public async Task Find_CleanContent_ReturnsNull(int size)
    {
        await using var clamd = new FakeClamd();

        (await FindAsync(clamd, new byte[size])).Should().BeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65_536 - 10)] // across the border of two chunks
    [InlineData(131_072)]
    public async Task Find_InfectedContent_ReturnsTheSignature(int offset)
    {
        await using var clamd = new FakeClamd();

        (await FindAsync(clamd, CreateInfected(offset))).Should().Be("Eicar-Test-Signature");
    }

    [Fact]
    public async Task Find_ContentAboveClamdLimit_ThrowsWithInstructions()
    {
        await using var clamd = new FakeClamd(limit: 100_000);

        var find = () => FindAsync(clamd, new byte[5_000_000]);

        (await find.Should().ThrowAsync<InvalidOperationException>()).WithMessage("*size limit exceeded*StreamMaxLength*");
    }

    [Fact]
    public async Task Find_ConnectionClosed_ThrowsUnavailable()
    {
        await using var clamd = new FakeClamd { ClosesConnections = true };

        var find = () => FindAsync(clamd, new byte[100_000]);

        await find.Should().ThrowAsync<ProcessorUnavailableException>();
    }

    [Fact]
    public async Task Find_ClamdUnresponsive_ThrowsUnavailable()
    {
        await using var clamd = new FakeClamd { IsUnresponsive = true };

        var find = () => FindAsync(clamd, new byte[1], TimeSpan.FromMilliseconds(200));

        await find.Should().ThrowAsync<ProcessorUnavailableException>();
    }

    [Fact]
    public async Task Find_ClamdNotRunning_ThrowsUnavailable()
    {
        var scanner = new VirusScan.ClamAvClient(Options.Create(new ClamAvOptions { Port = 1 }));

        var find = () => scanner.ScanAsync(new MemoryStream([1]), CancellationToken.None);

        (await find.Should().ThrowAsync<ProcessorUnavailableException>()).WithMessage("*127.0.0.1:1*");
    }

    [Fact]
    public async Task Find_Canceled_ThrowsOperationCanceled()
    {
        await using var clamd = new FakeClamd { IsUnresponsive = true };
        using var enough = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        var find = () => FindAsync(clamd, new byte[1], TimeSpan.FromMinutes(1), enough.Token);

        await find.Should().ThrowAsync<OperationCanceledException>();
    }

    private static byte[] CreateInfected(int offset) =>
        [.. new byte[offset], .. Encoding.ASCII.GetBytes(FakeClamd.Eicar), .. new byte[100]];

    private static Task<string?> FindAsync(
        FakeClamd clamd, byte[] content, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        new VirusScan.ClamAvClient(Options.Create(new ClamAvOptions { Port = clamd.Port, Timeout = timeout ?? TimeSpan.FromSeconds(30) }))
            .ScanAsync(new MemoryStream(content), cancellationToken);
}
