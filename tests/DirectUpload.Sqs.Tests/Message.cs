using System.Text.Json;

namespace DirectUpload.Sqs.Tests;

/// <summary>Messages as their senders write them.</summary>
internal static class Message
{
    public const string S3Test = """{"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-03-01T12:00:00.000Z","Bucket":"photos","RequestId":"R","HostId":"H"}""";

    /// <summary>What S3 says of an upload that has arrived.</summary>
    public static string Of(UploadRecord upload) => $$"""
        {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"eu-west-1","eventTime":"2026-03-01T12:00:00.000Z","eventName":"ObjectCreated:Put",
        "s3":{"s3SchemaVersion":"1.0","bucket":{"name":"{{upload.Bucket}}"},"object":{"key":"{{upload.StagingKey}}","size":5,"eTag":"e4d7","sequencer":"0055AED6DCD90281E5"} } }]}
        """;

    public static string BySns(string enclosed) => JsonSerializer.Serialize(new { Type = "Notification", MessageId = "1", TopicArn = "arn:aws:sns:eu-west-1:1:t", Message = enclosed, Signature = "s" });
}
