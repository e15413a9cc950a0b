using System.Text;

namespace DirectUpload.AspNetCore.Tests.Http;

public sealed class RequestBodyLimitTests(UploadAppFixture host) : IClassFixture<UploadAppFixture>
{
    private const int TenMegabytes = 10_000_000;

    private Uri Address => host.App.Http.BaseAddress!;

    [Fact]
    public async Task Body_DeclaredTooLong_IsRefusedBeforeReading()
    {
        var head = $"POST /uploads HTTP/1.1\nHost: {Address.Authority}\nContent-Type: application/json\nContent-Length: {TenMegabytes}\n";
        var answer = await RawHttp.SendAsync(Address, head, "{\"profile\":"u8.ToArray());
        ShouldBeTooLong(answer);
    }

    [Fact]
    public async Task Body_ChunkedTooLong_IsRefusedAtTheLimit()
    {
        var head = $"POST /uploads HTTP/1.1\nHost: {Address.Authority}\nContent-Type: application/json\nTransfer-Encoding: chunked\n";
        var chunk = new string(' ', 70_000);
        var answer = await RawHttp.SendAsync(Address, head, Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n{chunk}\r\n"));
        ShouldBeTooLong(answer);
    }

    [Fact]
    public async Task Body_SentWholeTooLong_IsRefused() =>
        ShouldBeTooLong(await host.Client.RequestAsync(new byte[TenMegabytes], "application/json"));

    [Fact]
    public async Task Body_Of64KiB_IsTheMaximum()
    {
        const string body = """{"profile":"picture","fileName":"a.png","contentType":"image/png","size":1000}""";
        (await host.Client.RequestAsync(body.PadRight(64 * 1024))).ShouldBe(201);
        ShouldBeTooLong(await host.Client.RequestAsync(body.PadRight((64 * 1024) + 1)));
    }

    [Fact]
    public async Task Body_BeyondTheServersLimit_IsAClientError()
    {
        await using var strict = await UploadApp.StartAsync(
            new TestHostOptions { Kestrel = kestrel => kestrel.Limits.MaxRequestBodySize = 1000 });
        var answer = await strict.Client.RequestAsync(new string(' ', 2000));
        answer.Code.Should().BeOneOf([400, 413], "the answer was {0}", answer.Text);
        answer.Headers.Keys.Should().NotContain("retry-after");
    }

    [Fact]
    public async Task Body_MalformedChunks_IsAClientError()
    {
        var head = $"POST /uploads HTTP/1.1\nHost: {Address.Authority}\nContent-Type: application/json\nTransfer-Encoding: chunked\n";
        var answer = await RawHttp.SendAsync(Address, head, "zz\r\nnonsense\r\n"u8.ToArray());
        answer.Code.Should().Be(400, "the answer was {0}", answer.Text);
        answer.Headers.Keys.Should().NotContain("retry-after");
    }

    private static void ShouldBeTooLong(ApiResponse answer) =>
        answer.ShouldBeProblem(400, "invalid-request")["detail"].Should().Contain("64 KiB").And.Contain("straight to storage");
}
