using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Routing;

/// <summary>Refuses the requests that a server with the configured <see cref="LocalS3Quirks"/> does not support.</summary>
internal static class QuirkRules
{
    private static readonly string[] ConditionHeaders = ["If-None-Match", "If-Match"];

    public static void Apply(S3Request request, S3Operation operation, LocalS3Quirks quirks)
    {
        if (quirks == LocalS3Quirks.None)
            return;
        if (quirks.HasFlag(LocalS3Quirks.NoForms) && OperationTable.IsFormUpload(operation))
            throw new S3Exception(412, "PreconditionFailed", "Bad URL");
        if (quirks.HasFlag(LocalS3Quirks.NoChunkedBodies)
            && request.GetHeader("Content-Encoding")?.Contains("aws-chunked", StringComparison.OrdinalIgnoreCase) == true)
            throw S3Errors.NotImplemented("aws-chunked");
        if (request.Method is not ("PUT" or "POST")
            || ConditionHeaders.FirstOrDefault(name => request.GetHeader(name) is not null) is not { } condition)
            return;
        if (quirks.HasFlag(LocalS3Quirks.NoConditionalWrites))
            throw S3Errors.NotImplemented(condition);
        if (quirks.HasFlag(LocalS3Quirks.IgnoresConditionalWrites))
            request.Headers.Remove(condition);
    }
}
