using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Notifications;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Puts and gets a bucket's notification configuration; an empty one turns notifications off.</summary>
internal static class BucketNotifications
{
    public static async Task PutAsync(S3OperationContext call)
    {
        var bucket = call.Bucket;
        var document = await RequestBody.ReadDocumentAsync(call.Request, call.Caller, call.RequestAborted);
        var rules = NotificationConfigurationXml.Parse(document, call.Services.Options.Region);
        var events = call.Services.Events;
        var validates = call.Request.GetSetting("x-amz-skip-destination-validation") != "true";
        if (validates && rules.Count > 0 && !events.HasDestination)
            throw new S3Exception(400, "InvalidArgument", "Unable to validate the following destination configurations: " +
                "LocalS3 has no event endpoint: set LocalS3Options.EventEndpoint")
                .WithDetail("ArgumentName1", rules[0].Arn).WithDetail("ArgumentValue1", "The destination does not exist");
        bucket.UpdateState(state => state with { Events = rules });
        if (validates && rules.Count > 0)
            events.PublishTest(call);
        call.SetStatus(200);
    }

    public static Task GetAsync(S3OperationContext call) =>
        S3Xml.WriteAsync(call.Response, NotificationConfigurationXml.Write(call.Bucket.State.Events ?? []), call.RequestAborted);
}
