using System.Net;

namespace DirectUpload.Storage;

/// <summary>
/// Tests which capabilities the server of a bucket has, with objects below the staging prefix that are deleted afterwards.
/// </summary>
internal interface IServerCapabilities
{
    /// <summary>Tests whether a completed multipart upload is protected: later parts must be refused.</summary>
    /// <returns>
    /// True when the server completes a multipart upload with <c>If-None-Match: *</c> and refuses parts that are sent afterwards.
    /// </returns>
    Task<bool> ProtectsInPlacePartsAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Tests whether a PUT with <c>If-None-Match: *</c> is accepted for a new key and refused for an existing one.</summary>
    Task<bool> HonorsConditionalWritesAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Returns whether the bucket has CORS rules; null when the server does not permit or support the request.</summary>
    Task<bool?> HasCorsRulesAsync(CancellationToken cancellationToken = default);

    /// <summary>Returns whether the status of a form upload means that the server does not support POST policies.</summary>
    bool IndicatesFormsUnsupported(HttpStatusCode answer) =>
        answer is HttpStatusCode.NotImplemented or HttpStatusCode.MethodNotAllowed or HttpStatusCode.PreconditionFailed
            or HttpStatusCode.NotFound or HttpStatusCode.UnsupportedMediaType;

    /// <summary>Returns whether the status means that the server is unavailable, so that it proves nothing about a capability.</summary>
    bool IsUnavailable(HttpStatusCode answer) => (int)answer >= 500 && answer != HttpStatusCode.NotImplemented;

    /// <summary>Creates the exception for a response that was not received through the SDK, and records a refusal.</summary>
    Exception Translate(string operation, string key, HttpStatusCode status, string? code);
}
