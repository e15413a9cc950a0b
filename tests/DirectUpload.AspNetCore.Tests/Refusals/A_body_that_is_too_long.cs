using System.Text;

namespace DirectUpload.AspNetCore.Tests.Refusals;

public sealed class A_body_that_is_too_long(AppFixture host) : IClassFixture<AppFixture>
{
    private const int TenMegabytes = 10_000_000;

    private Uri Address => host.App.Http.BaseAddress!;

    [Fact]
    public async Task Announced_by_its_length_it_is_refused_before_it_is_read()
    {
        var head = $"POST /uploads HTTP/1.1\nHost: {Address.Authority}\nContent-Type: application/json\nContent-Length: {TenMegabytes}\n";
        var answer = await RawHttp.SendAsync(Address, head, "{\"profile\":"u8.ToArray());
        ShouldBeTooLong(answer);
    }

    [Fact]
    public async Task Unannounced_it_is_refused_as_soon_as_it_is_too_long()
    {
        var head = $"POST /uploads HTTP/1.1\nHost: {Address.Authority}\nContent-Type: application/json\nTransfer-Encoding: chunked\n";
        var chunk = new string(' ', 70_000);
        var answer = await RawHttp.SendAsync(Address, head, Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n{chunk}\r\n"));
        ShouldBeTooLong(answer);
    }

    [Fact]
    public async Task Sent_whole_it_is_refused_too() => ShouldBeTooLong(await host.Client.RequestAsync(new byte[TenMegabytes], "application/json"));

    [Fact]
    public async Task A_body_of_64_KiB_is_the_longest_that_is_taken()
    {
        const string body = """{"profile":"picture","fileName":"a.png","contentType":"image/png","size":1000}""";
        (await host.Client.RequestAsync(body.PadRight(64 * 1024))).ShouldBe(201);
        ShouldBeTooLong(await host.Client.RequestAsync(body.PadRight((64 * 1024) + 1)));
    }

    [Fact]
    public async Task A_body_beyond_the_servers_own_limit_is_the_clients_fault_and_no_outage()
    {
        await using var strict = await UploadApp.StartAsync(new HostChoices { Kestrel = kestrel => kestrel.Limits.MaxRequestBodySize = 1000 });
        var answer = await strict.Client.RequestAsync(new string(' ', 2000));
        answer.Code.Should().BeOneOf([400, 413], "the answer was {0}", answer.Text);
        answer.Headers.Keys.Should().NotContain("retry-after");
    }

    [Fact]
    public async Task A_body_in_broken_chunks_is_the_clients_fault_and_no_outage()
    {
        var head = $"POST /uploads HTTP/1.1\nHost: {Address.Authority}\nContent-Type: application/json\nTransfer-Encoding: chunked\n";
        var answer = await RawHttp.SendAsync(Address, head, "zz\r\nnonsense\r\n"u8.ToArray());
        answer.Code.Should().Be(400, "the answer was {0}", answer.Text);
        answer.Headers.Keys.Should().NotContain("retry-after");
    }

    private static void ShouldBeTooLong(Answer answer) =>
        answer.ShouldBeProblem(400, "invalid-request")["detail"].Should().Contain("64 KiB").And.Contain("straight to storage");
}
