using System.Xml.Linq;
using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Forms;

/// <summary>Writes the response that the form's fields select; the default status is 204.</summary>
internal static class FormResponse
{
    public static async Task WriteAsync(S3OperationContext call, FormFields fields, StoredObject stored)
    {
        var bucket = call.Request.Bucket;
        var etag = $"\"{stored.ETag}\"";
        var location = call.Request.GetLocation(stored.Key);
        call.Response.Headers.ETag = etag;
        call.Response.Headers.Location = location;
        ObjectHeaders.WriteUploadResult(call.Response.Headers, stored);
        call.WriteExpirationHeader(stored);

        var redirect = fields["success_action_redirect"] ?? fields["redirect"];
        if (Uri.TryCreate(redirect, UriKind.Absolute, out var target) && target.Scheme is "http" or "https")
        {
            var separator = target.Query.Length > 0 ? '&' : '?';
            call.Response.Headers.Location = $"{target.GetLeftPart(UriPartial.Query)}{separator}bucket={UriEncoding.Encode(bucket)}" +
                $"&key={UriEncoding.Encode(stored.Key)}&etag={UriEncoding.Encode(etag)}{target.Fragment}";
            call.SetStatus(303);
        }
        else if (fields["success_action_status"] == "201")
        {
            call.Response.StatusCode = 201;
            await S3Xml.WriteAsync(call.Response, new XElement("PostResponse", new XElement("Location", location),
                new XElement("Bucket", bucket), new XElement("Key", stored.Key),
                new XElement("ETag", etag)), call.RequestAborted);
        }
        else
        {
            // S3 ignores any other value.
            call.SetStatus(fields["success_action_status"] == "200" ? 200 : 204);
        }
    }
}
