using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Checksums;

/// <summary>Finds the <c>x-amz-checksum-ALGORITHM</c> header of a request, which may occur once.</summary>
internal static class ChecksumHeader
{
    public static (ChecksumAlgorithm Algorithm, string Value)? Read(S3Request request)
    {
        var sent = ChecksumAlgorithm.All.Where(a => request.GetHeader(a.HeaderName) is not null).ToList();
        return sent.Count switch
        {
            0 => null,
            1 => (sent[0], request.GetHeader(sent[0].HeaderName)!),
            _ => throw S3Errors.InvalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed."),
        };
    }
}
