using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Whether a bucket keeps versions: put and get.</summary>
internal static class BucketVersioning
{
    private const string Root = "VersioningConfiguration";

    public static async Task PutAsync(S3Call call)
    {
        var bucket = call.Bucket;
        var document = S3Xml.Parse(await IncomingBody.ReadDocumentAsync(call.Request, call.Caller, call.Aborted), Root);
        if (document.ChildText("MfaDelete") == "Enabled")
            throw S3Errors.NotImplemented("MfaDelete");
        bucket.Versioning = document.ChildText("Status") switch
        {
            "Enabled" => Versioning.Enabled,
            "Suspended" => Versioning.Suspended,
            null => throw new S3Exception(400, "IllegalVersioningConfigurationException", "The Versioning element must be specified"),
            _ => throw S3Errors.MalformedXml(),
        };
        call.Answer(200);
    }

    /// <summary>A bucket that never kept versions has no status.</summary>
    public static Task GetAsync(S3Call call)
    {
        var versioning = call.Bucket.Versioning;
        return S3Xml.WriteAsync(call.Response, S3Xml.Element(Root,
            versioning == Versioning.Off ? null : S3Xml.Element("Status", versioning)), call.Aborted);
    }
}
