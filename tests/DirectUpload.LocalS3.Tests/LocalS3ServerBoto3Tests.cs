using System.Diagnostics;
using DirectUpload.TestKit;

namespace DirectUpload.LocalS3.Tests;

/// <summary>A client that shares nothing with the others: boto3, at its defaults, by the script in tests/interop.</summary>
public class LocalS3ServerBoto3Tests
{
    private static readonly string[] Steps =
    [
        "put", "get", "head", "presign", "post form", "copy", "list", "tagging", "acl", "managed transfer", "lifecycle", "delete",
    ];

    [Theory]
    [InlineData("its lasting key")]
    [InlineData("a session")]
    public async Task Boto3_works_as_with_S3(string by)
    {
        var python = Boto3Engine.Require().Python;
        await using var server = await LocalS3TestServer.StartAsync();
        var options = new LocalS3Options();
        var session = server.Server.IssueSession(TimeSpan.FromMinutes(15));
        string[] credentials = by == "a session"
            ? [session.AccessKey, session.SecretKey, options.Region, session.SessionToken]
            : [options.AccessKey, options.SecretKey, options.Region];

        var (exitCode, steps, errors) = await RunAsync(
            python, [
                Path.Combine(AppContext.BaseDirectory, "boto3_uses_s3.py"), server.Endpoint.ToString().TrimEnd('/'), "uploads",
                .. credentials]);

        steps.Should().Equal(Steps, errors.Replace("{", "{{").Replace("}", "}}"));
        exitCode.Should().Be(0);
    }

    [Fact]
    public async Task Boto3_reuses_a_connection_after_a_refusal_and_an_empty_object()
    {
        var python = Boto3Engine.Require().Python;
        await using var server = await LocalS3TestServer.StartAsync();
        var options = new LocalS3Options();

        var (exitCode, codes, errors) = await RunAsync(python, [
            Path.Combine(AppContext.BaseDirectory, "boto3_reuses_connections.py"), server.Endpoint.ToString().TrimEnd('/'), "uploads",
            options.AccessKey, options.SecretKey, options.Region]);

        codes.Should().Equal(
            Enumerable.Repeat("OK", 6).Concat(Enumerable.Repeat("SignatureDoesNotMatch", 6)),
            errors.Replace("{", "{{").Replace("}", "}}"));
        exitCode.Should().Be(0);
    }

    private static async Task<(int ExitCode, string[] Steps, string Errors)> RunAsync(string python, string[] arguments)
    {
        var start = new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        foreach (var proxy in new[] { "http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY" })
            start.Environment.Remove(proxy);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, output.Split('\n', StringSplitOptions.RemoveEmptyEntries), await errors);
    }
}
