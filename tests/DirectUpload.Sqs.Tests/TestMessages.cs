#pragma warning disable RCS0056 // Lines of data are kept whole.
using System.Text.Json;

namespace DirectUpload.Sqs.Tests;

/// <summary>Messages as their senders write them.</summary>
internal static class TestMessages
{
    public const string S3TestEvent =
        """{"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-03-01T12:00:00.000Z","Bucket":"photos","RequestId":"R","HostId":"H"}""";

    /// <summary>What S3 says of an upload that has arrived.</summary>
    public static string CreateS3Event(Upload upload) => CreateS3Event(upload.Bucket!, upload.StagingKey!);

    public static string CreateS3Event(string bucket, string key) => $$"""
        {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"eu-west-1","eventTime":"2026-03-01T12:00:00.000Z","eventName":"ObjectCreated:Put",
        "s3":{"s3SchemaVersion":"1.0","bucket":{"name":"{{bucket}}"},"object":{"key":"{{key}}","size":5,"eTag":"e4d7","sequencer":"0055AED6DCD90281E5"} } }]}
        """;

    public static string WrapInSns(string enclosed) => JsonSerializer.Serialize(
        new { Type = "Notification", MessageId = "1", TopicArn = "arn:aws:sns:eu-west-1:1:t", Message = enclosed, Signature = "s" });
}
