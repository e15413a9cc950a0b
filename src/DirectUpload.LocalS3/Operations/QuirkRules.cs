using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Refuses what a server with <see cref="LocalS3Quirks"/> does not know.</summary>
internal static class QuirkRules
{
    private static readonly string[] Conditions = ["If-None-Match", "If-Match"];

    public static void Check(S3Request request, S3Operation operation, LocalS3Quirks quirks)
    {
        if (quirks == LocalS3Quirks.None)
            return;
        if (quirks.HasFlag(LocalS3Quirks.NoForms) && OperationTable.IsFormUpload(operation))
            throw new S3Exception(412, "PreconditionFailed", "Bad URL");
        if (quirks.HasFlag(LocalS3Quirks.NoChunkedBodies) && request.Header("Content-Encoding")?.Contains("aws-chunked", StringComparison.OrdinalIgnoreCase) == true)
            throw S3Errors.NotImplemented("aws-chunked");
        if (request.Method is not ("PUT" or "POST") || Conditions.FirstOrDefault(name => request.Header(name) is not null) is not { } condition)
            return;
        if (quirks.HasFlag(LocalS3Quirks.NoConditionalWrites))
            throw S3Errors.NotImplemented(condition);
        if (quirks.HasFlag(LocalS3Quirks.IgnoresConditionalWrites))
            request.Headers.Remove(condition);
    }
}
