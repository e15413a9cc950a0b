using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Events;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Operations;

/// <summary>A bucket's notification configuration: put (an empty one to end it), get.</summary>
internal static class BucketNotifications
{
    public static async Task PutAsync(S3Call call)
    {
        var bucket = call.Bucket;
        var document = await IncomingBody.ReadDocumentAsync(call.Request, call.Caller, call.Aborted);
        var rules = NotificationDocument.Parse(document, call.Services.Options.Region);
        var events = call.Services.Events;
        var validates = call.Request.Setting("x-amz-skip-destination-validation") != "true";
        if (validates && rules.Count > 0 && !events.HasDestination)
            throw new S3Exception(400, "InvalidArgument", "Unable to validate the following destination configurations: " +
                "LocalS3 has nobody to tell, set LocalS3Options.EventEndpoint")
                .With("ArgumentName1", rules[0].Arn).With("ArgumentValue1", "The destination does not exist");
        bucket.Change(state => state with { Events = rules });
        if (validates && rules.Count > 0)
            events.PublishTest(call);
        call.Answer(200);
    }

    public static Task GetAsync(S3Call call) =>
        S3Xml.WriteAsync(call.Response, NotificationDocument.Write(call.Bucket.State.Events ?? []), call.Aborted);
}
