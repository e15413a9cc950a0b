using System.Net;
using System.Text;
using Amazon.S3;

namespace DirectUpload.LocalS3.Tests.Operations;

public class ObjectMetadataTests
{
    [Theory]
    [InlineData("gzip, br", "gzip, br")]
    [InlineData("gzip,br", "gzip,br")]
    [InlineData("gzip ,  br", "gzip ,  br")]
    [InlineData("aws-chunked, gzip, br", "gzip, br")]
    [InlineData("gzip,aws-chunked", "gzip")]
    [InlineData("aws-chunked", null)]
    public async Task A_content_encoding_is_kept_without_aws_chunked(string sent, string? kept)
    {
        await using var server = await LocalS3TestServer.StartAsync();

        (await PutAsync(server, "Content-Encoding", sent)).Should().Be(HttpStatusCode.OK);

        using var read = await server.Http.GetAsync(server.Presign("key", HttpVerb.GET));
        var header = read.Content.Headers.NonValidated.FirstOrDefault(h => h.Key == "Content-Encoding").Value;
        (header.Count == 0 ? null : header.ToString()).Should().Be(kept);
    }

    [Theory]
    [InlineData(2048, HttpStatusCode.OK)]
    [InlineData(2049, HttpStatusCode.BadRequest)]
    public async Task System_metadata_has_at_most_2_KB(int size, HttpStatusCode expected)
    {
        await using var server = await LocalS3TestServer.StartAsync();
        (await PutAsync(server, "Cache-Control", new string('x', size - "Cache-Control".Length))).Should().Be(expected);
    }

    [Theory]
    [InlineData("\u2028line\u2028separator\u2028")]
    [InlineData("\u00a0space\u3000")]
    public async Task Metadata_keeps_white_space_of_Unicode(string value)
    {
        await using var server = await LocalS3TestServer.StartAsync();

        using var content = new ByteArrayContent([1]);
        using var put = await server.Http.PutAsync(
            server.Presign("key", HttpVerb.PUT, request => request.Parameters.Add("x-amz-meta-note", value)), content);
        put.StatusCode.Should().Be(HttpStatusCode.OK);

        using var read = await server.Http.GetAsync(server.Presign("key", HttpVerb.GET));
        read.Headers.GetValues("x-amz-meta-note").Should().Equal($"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}?=");
    }

    [Fact]
    public async Task A_chunked_transfer_without_a_declared_length_is_not_implemented()
    {
        await using var server = await LocalS3TestServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Put, server.Presign("key", HttpVerb.PUT))
        {
            Content = new StringContent("hello"),
        };
        request.Headers.TransferEncodingChunked = true;

        using var response = await server.Http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.NotImplemented);
        (await response.Content.ReadAsStringAsync()).Should().Contain("<Code>NotImplemented</Code>").And.Contain("Transfer-Encoding");
    }

    private static async Task<HttpStatusCode> PutAsync(LocalS3TestServer server, string name, string value)
    {
        using var content = new ByteArrayContent([1]);
        content.Headers.Clear();
        using var request = new HttpRequestMessage(HttpMethod.Put, server.Presign("key", HttpVerb.PUT)) { Content = content };
        if (!request.Headers.TryAddWithoutValidation(name, value))
            content.Headers.TryAddWithoutValidation(name, value);
        using var response = await server.Http.SendAsync(request);
        return response.StatusCode;
    }
}
