using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Puts and gets the versioning status of a bucket.</summary>
internal static class BucketVersioning
{
    private const string Root = "VersioningConfiguration";

    public static async Task PutAsync(S3OperationContext call)
    {
        var bucket = call.Bucket;
        var document = S3Xml.Parse(await RequestBody.ReadDocumentAsync(call.Request, call.Caller, call.RequestAborted), Root);
        if (document.ChildText("MfaDelete") == "Enabled")
            throw S3Errors.NotImplemented("MfaDelete");
        bucket.Versioning = document.ChildText("Status") switch
        {
            "Enabled" => VersioningStatus.Enabled,
            "Suspended" => VersioningStatus.Suspended,
            null => throw new S3Exception(400, "IllegalVersioningConfigurationException", "The Versioning element must be specified"),
            _ => throw S3Errors.MalformedXml(),
        };
        call.SetStatus(200);
    }

    /// <summary>Writes the status, which is absent if versioning was never enabled.</summary>
    public static Task GetAsync(S3OperationContext call)
    {
        var versioning = call.Bucket.Versioning;
        return S3Xml.WriteAsync(call.Response, S3Xml.Element(Root,
            versioning == VersioningStatus.Off ? null : S3Xml.Element("Status", versioning)), call.RequestAborted);
    }
}
