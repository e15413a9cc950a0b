using System.Globalization;
using DirectUpload.LocalS3.Protocol;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.LocalS3.Cors;

/// <summary>What a browser on another origin is told.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html</remarks>
internal static class CorsAnswer
{
    // The spelling is AWS's own.
    private const string Refusal =
        "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / " +
        "Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.";

    /// <summary>Adds the headers of an actual answer, be it a refusal: a page must be able to read why.</summary>
    public static void Decorate(HttpRequest request, IHeaderDictionary response, IReadOnlyList<CorsRule>? rules)
    {
        if (rules is null)
            return;
        // Also without an Origin: a cache must not hand this answer to a page that sends one.
        response.Vary = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";
        if (request.Headers.Origin.ToString() is { Length: > 0 } origin && Find(rules, origin, request.Method, []) is var (rule, pattern))
            Write(response, rule, pattern, origin);
    }

    public static void Preflight(HttpRequest request, HttpResponse response, IReadOnlyList<CorsRule>? rules)
    {
        var origin = request.Headers.Origin.ToString();
        var method = request.Headers.AccessControlRequestMethod.ToString();
        if (origin.Length == 0)
            throw new S3Exception(400, "BadRequest", "Insufficient information. Origin request header needed.");
        if (!CorsRule.Methods.Contains(method))
            throw new S3Exception(400, "BadRequest", $"Invalid Access-Control-Request-Method: {(method.Length == 0 ? "null" : method)}");
        if (rules is null)
            throw Forbidden("CORSResponse: CORS is not enabled for this bucket.", method);

        response.Headers.Vary = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";
        var headers = string.Join(',', request.Headers.AccessControlRequestHeaders.ToArray())
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (Find(rules, origin, method, headers) is not var (rule, pattern))
            throw Forbidden(Refusal, method);

        Write(response.Headers, rule, pattern, origin);
        if (headers.Length > 0)
            response.Headers.AccessControlAllowHeaders = string.Join(", ", headers.Select(header => header.ToLowerInvariant()));
        // Chromium asks this before a page on a public address may talk to a private one, which this server always is.
        if (request.Headers["Access-Control-Request-Private-Network"] == "true")
            response.Headers["Access-Control-Allow-Private-Network"] = "true";
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentLength = 0;
    }

    /// <summary>Whether a rule allows the method to the origin.</summary>
    public static bool Allows(IReadOnlyList<CorsRule>? rules, string origin, string method) =>
        rules is not null && Find(rules, origin, method, []) is not null;

    public static S3Exception Forbidden(string message, string method) =>
        new S3Exception(403, "AccessForbidden", message).With("Method", method).With("ResourceType", "OBJECT");

    private static (CorsRule Rule, string Pattern)? Find(IReadOnlyList<CorsRule> rules, string origin, string method, string[] headers)
    {
        foreach (var rule in rules)
            if (rule.AllowedMethods.Contains(method) && rule.MatchingOrigin(origin) is { } pattern && headers.All(rule.AllowsHeader))
                return (rule, pattern);
        return null;
    }

    private static void Write(IHeaderDictionary response, CorsRule rule, string pattern, string origin)
    {
        response.AccessControlAllowOrigin = pattern == "*" ? "*" : origin;
        // S3 allows credentials exactly when it names the origin.
        if (pattern != "*")
            response.AccessControlAllowCredentials = "true";
        response.AccessControlAllowMethods = string.Join(", ", rule.AllowedMethods);
        if (rule.ExposeHeaders.Count > 0)
            response.AccessControlExposeHeaders = string.Join(", ", rule.ExposeHeaders);
        if (rule.MaxAgeSeconds is { } seconds)
            response.AccessControlMaxAge = seconds.ToString(CultureInfo.InvariantCulture);
    }
}
