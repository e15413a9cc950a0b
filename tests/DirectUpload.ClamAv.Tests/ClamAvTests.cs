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
    public async Task It_finds_nothing_in_what_is_clean(int size)
    {
        await using var clamd = new FakeClamd();

        (await FindAsync(clamd, new byte[size])).Should().BeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65_536 - 10)] // across the border of two chunks
    [InlineData(131_072)]
    public async Task It_names_the_virus_wherever_it_is(int offset)
    {
        await using var clamd = new FakeClamd();

        (await FindAsync(clamd, Infected(offset))).Should().Be("Eicar-Test-Signature");
    }

    [Fact]
    public async Task What_is_too_large_for_clamd_is_an_error_that_says_what_to_do()
    {
        await using var clamd = new FakeClamd(limit: 100_000);

        var find = () => FindAsync(clamd, new byte[5_000_000]);

        (await find.Should().ThrowAsync<InvalidOperationException>()).WithMessage("*size limit exceeded*StreamMaxLength*");
    }

    [Fact]
    public async Task A_clamd_that_hangs_up_is_an_outage()
    {
        await using var clamd = new FakeClamd { HangsUp = true };

        var find = () => FindAsync(clamd, new byte[100_000]);

        await find.Should().ThrowAsync<ProcessorOutageException>();
    }

    [Fact]
    public async Task A_clamd_that_says_nothing_is_an_outage()
    {
        await using var clamd = new FakeClamd { IsMute = true };

        var find = () => FindAsync(clamd, new byte[1], TimeSpan.FromMilliseconds(200));

        await find.Should().ThrowAsync<ProcessorOutageException>();
    }

    [Fact]
    public async Task A_clamd_that_is_not_there_is_an_outage()
    {
        var scanner = new VirusScan.ClamAv(Options.Create(new ClamAvOptions { Port = 1 }));

        var find = () => scanner.FindAsync(new MemoryStream([1]), CancellationToken.None);

        (await find.Should().ThrowAsync<ProcessorOutageException>()).WithMessage("*127.0.0.1:1*");
    }

    [Fact]
    public async Task Who_gives_up_is_not_told_of_an_outage()
    {
        await using var clamd = new FakeClamd { IsMute = true };
        using var enough = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        var find = () => FindAsync(clamd, new byte[1], TimeSpan.FromMinutes(1), enough.Token);

        await find.Should().ThrowAsync<OperationCanceledException>();
    }

    private static byte[] Infected(int offset) => [.. new byte[offset], .. Encoding.ASCII.GetBytes(FakeClamd.Eicar), .. new byte[100]];

    private static Task<string?> FindAsync(FakeClamd clamd, byte[] content, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        new VirusScan.ClamAv(Options.Create(new ClamAvOptions { Port = clamd.Port, Timeout = timeout ?? TimeSpan.FromSeconds(30) })).FindAsync(new MemoryStream(content), cancellationToken);
}
