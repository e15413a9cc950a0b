#pragma warning disable RCS0056 // Lines of data are kept whole.
using System.Text.Json;

namespace DirectUpload.Tests.Events;

/// <summary>Messages as each sender writes them.</summary>
internal static class StorageEventMessages
{
    public static string S3(
        string key = "staging/a.txt", string bucket = "photos", string name = "ObjectCreated:Put", string version = "2.1") => $$$"""
        {"Records":[{"eventVersion":"{{{version}}}","eventSource":"aws:s3","awsRegion":"eu-west-1","eventTime":"2026-03-01T12:00:00.000Z","eventName":"{{{name}}}",
        "userIdentity":{"principalId":"A1"},"requestParameters":{"sourceIPAddress":"1.2.3.4"},"responseElements":{"x-amz-request-id":"R","x-amz-id-2":"H"},
        "s3":{"s3SchemaVersion":"1.0","configurationId":"c","bucket":{"name":"{{{bucket}}}","ownerIdentity":{"principalId":"A1"},"arn":"arn:aws:s3:::{{{bucket}}}"},
        "object":{"key":"{{{key}}}","size":12,"eTag":"e4d7f1b4ed2e42d15898f4b27b019da4","versionId":"v1","sequencer":"0055AED6DCD90281E5"} } }]}
        """;

    public const string S3Test =
        """{"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-03-01T12:00:00.000Z","Bucket":"photos","RequestId":"R","HostId":"H"}""";

    public const string MinIO = """
        {"EventName":"s3:ObjectCreated:Put","Key":"photos/staging/red flower.txt","Records":[{"eventVersion":"2.0","eventSource":"minio:s3","awsRegion":"","eventTime":"2026-03-01T12:00:00.000Z",
        "eventName":"s3:ObjectCreated:Put","s3":{"s3SchemaVersion":"1.0","configurationId":"Config","bucket":{"name":"photos","ownerIdentity":{"principalId":"minio"},"arn":"arn:aws:s3:::photos"},
        "object":{"key":"staging%2Fred+flower.txt","size":12,"eTag":"e4d7","contentType":"text/plain","sequencer":"17A2B3"}},"source":{"host":"10.0.0.1"}}]}
        """;

    public const string Ceph = """
        {"Records":[{"eventVersion":"2.1","eventSource":"ceph:s3","awsRegion":"default","eventTime":"2026-03-01T12:00:00.000Z","eventName":"ObjectCreated:Post",
        "s3":{"s3SchemaVersion":"1.0","configurationId":"n","bucket":{"name":"photos","ownerIdentity":{"principalId":"u"},"arn":"arn:aws:s3:default::photos","id":"1"},
        "object":{"key":"staging/é.txt","size":"12","eTag":"e4d7","versionId":"","sequencer":"8A1B","metadata":[],"tags":[]}},"eventId":"1","opaqueData":""}]}
        """;

    public const string EventBridge = """
        {"version":"0","id":"1","detail-type":"Object Created","source":"aws.s3","account":"1","time":"2026-03-01T12:00:00Z","region":"eu-west-1","resources":["arn:aws:s3:::photos"],
        "detail":{"version":"0","bucket":{"name":"photos"},"object":{"key":"staging/a+b %41.txt","size":12,"etag":"e4d7","version-id":"v1","sequencer":"00AB"},"request-id":"R","reason":"PutObject"}}
        """;

    public static string Sns(string enclosed) => JsonSerializer.Serialize(
        new { Type = "Notification", MessageId = "1", TopicArn = "arn:aws:sns:eu-west-1:1:t", Message = enclosed, Signature = "s" });
}
