using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Amazon.Runtime;
using Amazon.S3;
using DirectUpload.Storage;

namespace DirectUpload.Tests.Storage;

public sealed class StorageErrorTranslatorTests
{
    private static readonly StorageCall Call = new("examplebucket", "PutObject", "staging/notes/1.txt");

    [Theory]
    [InlineData(500, "InternalError")]
    [InlineData(502, "BadGateway")]
    [InlineData(503, "SlowDown")]
    [InlineData(429, "TooManyRequests")]
    [InlineData(400, "RequestTimeout")]
    [InlineData(400, "ExpiredToken")]
    [InlineData(409, "OperationAborted")]
    [InlineData(400, "IncompleteBody")]
    [InlineData(408, "RequestTimeout")]
    public void Translate_TransientError_IsUnavailable(int status, string code) =>
        StorageErrorTranslator.Translate(Call, CreateException(status, code)).Should().BeOfType<StorageUnavailableException>().Which.Message
            .Should().Contain("PutObject").And.Contain("examplebucket");

    [Theory]
    [InlineData(403, "AccessDenied", "s3:PutObject", "arn:aws:s3:::examplebucket/staging/*")]
    [InlineData(403, "SignatureDoesNotMatch", "secret key", "IAmazonS3")]
    [InlineData(403, "InvalidAccessKeyId", "access key", "IAmazonS3")]
    [InlineData(403, "RequestTimeTooSkewed", "clock", "synchronize")]
    [InlineData(404, "NoSuchBucket", "DirectUploads:Bucket", "examplebucket")]
    [InlineData(400, "AccessControlListNotSupported", "ObjectSettings.Acl", "ACLs disabled")]
    [InlineData(400, "InvalidTag", "ObjectSettings.Tags", "10")]
    [InlineData(400, "MetadataTooLarge", "ObjectSettings.Metadata", "2 KB")]
    [InlineData(400, "KMS.NotFoundException", "ObjectSettings.KmsKeyId", "kms:GenerateDataKey")]
    [InlineData(400, "InvalidArgument", "ObjectSettings", "PutObject")]
    [InlineData(301, "PermanentRedirect", "region", "IAmazonS3")]
    [InlineData(400, "AuthorizationHeaderMalformed", "region", "IAmazonS3")]
    [InlineData(405, "MethodNotAllowed", "does not support PutObject", "FinalizeInPlace")]
    [InlineData(501, "NotImplemented", "does not support PutObject", "ObjectSettings")]
    public void Translate_PermanentError_IsRefusedWithSolution(int status, string code, string setting, string more)
    {
        var refusal = StorageErrorTranslator.Translate(Call, CreateException(status, code))
            .Should().BeOfType<StorageRefusedException>().Subject;

        (refusal.Bucket, refusal.Operation, refusal.Code).Should().Be(("examplebucket", "PutObject", code));
        refusal.Resolution.Should().Contain(setting).And.Contain(more);
        refusal.Message.Should().Contain("PutObject").And.Contain("examplebucket").And.Contain(code).And.Contain("What the server says.");
    }

    [Fact]
    public void Translate_HeadErrorWithoutBody_NamesListPermission() =>
        StorageErrorTranslator.Translate(new StorageCall("b", "HeadObject", "staging/x"), CreateException(403, "Forbidden"))
            .Should().BeOfType<StorageRefusedException>()
            .Which.Message.Should().Contain("HTTP 403").And.Contain("s3:ListBucket").And.NotContain("What the server says");

    [Fact]
    public void Translate_NetworkFailure_IsUnavailable()
    {
        Exception[] failures =
        [
            new HttpRequestException("refused", new SocketException(111)), new IOException("reset"), new TaskCanceledException("late"),
            new TimeoutException(),
            new AmazonClientException("no metadata service", new HttpRequestException("unreachable")),
        ];
        failures.Should().AllSatisfy(
            failure => StorageErrorTranslator.Translate(Call, failure).Should().BeOfType<StorageUnavailableException>());
    }

    [Fact]
    public void Translate_RequestNotSentBySdk_IsRefused()
    {
        Exception[] failures =
        [
            new AmazonClientException("No RegionEndpoint or ServiceURL configured"),
            new AmazonClientException("Failed to resolve AWS credentials."),
            new HttpRequestException("TLS", new AuthenticationException("The remote certificate is invalid.")),
        ];
        failures.Should().AllSatisfy(
            failure => StorageErrorTranslator.Translate(Call, failure).Should().BeOfType<StorageRefusedException>());
    }

    [Fact]
    public void Translate_ServerMessage_IsOneShortLineWithoutAddress()
    {
        var words = $"line\r\nbreak {new string('x', 1000)}";
        var refusal = StorageErrorTranslator.Translate(
            Call, new AmazonS3Exception(words, null, ErrorType.Sender, "AccessDenied", "r", HttpStatusCode.Forbidden));
        refusal.Message.Should().NotContain("\n").And.NotContain("\r");
        refusal.Message.Length.Should().BeLessThan(700);
        StorageErrorTranslator.Translate(Call, new AmazonS3Exception(
            "see https://example.com/?X-Amz-Signature=1", null, ErrorType.Sender, "AccessDenied", "r", HttpStatusCode.Forbidden))
            .Message.Should().NotContain("Signature");
    }

    private static AmazonS3Exception CreateException(int status, string code) =>
        new("What the server says.", null, ErrorType.Sender, code, "request", (HttpStatusCode)status);
}
