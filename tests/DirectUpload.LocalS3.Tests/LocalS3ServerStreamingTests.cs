using System.Net;
using System.Net.Sockets;
using System.Text;
using Amazon.S3;

namespace DirectUpload.LocalS3.Tests;

/// <summary>They measure the process's memory.</summary>
[Collection(nameof(NonParallelCollection))]
public class LocalS3ServerStreamingTests
{
    private const long Size = 256L * 1024 * 1024;

    // Many times smaller than the object, and far more than the buffers that are meant to be all.
    private const long MaxMemoryGrowth = 48L * 1024 * 1024;

    [Fact]
    public async Task A_large_put_and_get_use_constant_memory()
    {
        await using var server = await LocalS3TestServer.StartAsync();
        var (put, get) = (server.Presign("large", HttpVerb.PUT), server.Presign("large", HttpVerb.GET));
        using var small = await server.Http.PutAsync(put, new ZeroContent(1024 * 1024));

        await WithinAllowanceAsync(async () =>
        {
            using var answer = await server.Http.PutAsync(put, new ZeroContent(Size));
            answer.StatusCode.Should().Be(HttpStatusCode.OK);
        });
        await WithinAllowanceAsync(async () =>
        {
            await using var content = await server.Http.GetStreamAsync(get);
            (await CountAsync(content)).Should().Be(Size);
        });
    }

    [Fact]
    public async Task A_disconnected_client_leaves_no_files()
    {
        await using var server = await LocalS3TestServer.StartAsync();
        var url = new Uri(server.Presign("gone", HttpVerb.PUT));
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(url.Host, url.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"PUT {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Length: 1000000\r\n\r\n{new string('x', 300_000)}"));
            await EventuallyAsync(() => server.Folder.Blobs().Length == 1);
        }
        await EventuallyAsync(() => server.Folder.Blobs().Length == 0);
    }

    private static async Task EventuallyAsync(Func<bool> condition)
    {
        for (var i = 0; i < 100 && !condition(); i++)
            await Task.Delay(50);
        condition().Should().BeTrue();
    }

    private static async Task WithinAllowanceAsync(Func<Task> work)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var peak = before;
        using var done = new CancellationTokenSource();
        var watch = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
                await Task.Delay(20);
            }
        });
        await work();
        await done.CancelAsync();
        await watch;
        (peak - before).Should().BeLessThan(MaxMemoryGrowth);
    }

    private static async Task<long> CountAsync(Stream stream)
    {
        var buffer = new byte[64 * 1024];
        long total = 0;
        while (await stream.ReadAsync(buffer) is > 0 and var read)
            total += read;
        return total;
    }

    private sealed class ZeroContent(long size) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var buffer = new byte[64 * 1024];
            for (var sent = 0L; sent < size; sent += buffer.Length)
                await stream.WriteAsync(buffer);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = size;
            return true;
        }
    }
}
