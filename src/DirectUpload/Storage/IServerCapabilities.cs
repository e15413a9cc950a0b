using System.Net;

namespace DirectUpload.Storage;

/// <summary>Finds out by doing what the server of a bucket can do. Keys lie below the staging prefix; nothing stays.</summary>
internal interface IServerCapabilities
{
    /// <summary>
    /// Whether an object in place is safe from its own multipart upload: it is completed under <c>If-None-Match: *</c>, and parts that come later are refused.
    /// </summary>
    Task<bool> ProtectsInPlacePartsAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Whether a PUT under <c>If-None-Match: *</c> is accepted for a new key and refused for one that exists.</summary>
    Task<bool> HonorsConditionalWritesAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Whether the bucket has CORS rules; null when that cannot be found out.</summary>
    Task<bool?> HasCorsRulesAsync(CancellationToken cancellationToken = default);

    /// <summary>Whether the answer to a form means that the server knows no POST policies.</summary>
    bool LacksForms(HttpStatusCode answer) =>
        answer is HttpStatusCode.NotImplemented or HttpStatusCode.MethodNotAllowed or HttpStatusCode.PreconditionFailed or HttpStatusCode.NotFound or HttpStatusCode.UnsupportedMediaType;

    /// <summary>Whether an answer shows nothing, because the server does not work at present.</summary>
    bool IsUnavailable(HttpStatusCode answer) => (int)answer >= 500 && answer != HttpStatusCode.NotImplemented;

    /// <summary>The exception for an answer that did not come through the SDK; a refusal is noted as any other.</summary>
    Exception Translated(string operation, string key, HttpStatusCode status, string? code);
}
