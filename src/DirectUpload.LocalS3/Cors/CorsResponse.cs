using System.Globalization;
using DirectUpload.LocalS3.Protocol;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.LocalS3.Cors;

/// <summary>Writes the CORS headers for a browser on another origin.</summary>
internal static class CorsResponse
{
    // The misspelling is in the AWS message.
    private const string NotAllowedMessage =
        "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / " +
        "Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.";

    /// <summary>Adds the CORS headers to a response, including errors, so that a page can read the reason.</summary>
    public static void AddHeaders(HttpRequest request, IHeaderDictionary response, IReadOnlyList<CorsRule>? rules)
    {
        if (rules is null)
            return;
        // Also without an Origin: a cache must not return this response to a page that sends one.
        response.Vary = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";
        if (request.Headers.Origin.ToString() is { Length: > 0 } origin
            && FindRule(rules, origin, request.Method, []) is var (rule, pattern))
            WriteRule(response, rule, pattern, origin);
    }

    public static void WritePreflight(HttpRequest request, HttpResponse response, IReadOnlyList<CorsRule>? rules)
    {
        var origin = request.Headers.Origin.ToString();
        var method = request.Headers.AccessControlRequestMethod.ToString();
        if (origin.Length == 0)
            throw new S3Exception(400, "BadRequest", "Insufficient information. Origin request header needed.");
        if (!CorsRule.Methods.Contains(method))
            throw new S3Exception(400, "BadRequest", $"Invalid Access-Control-Request-Method: {(method.Length == 0 ? "null" : method)}");
        if (rules is null)
            throw CreateForbidden("CORSResponse: CORS is not enabled for this bucket.", method);

        response.Headers.Vary = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";
        var headers = string.Join(',', request.Headers.AccessControlRequestHeaders.ToArray())
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (FindRule(rules, origin, method, headers) is not var (rule, pattern))
            throw CreateForbidden(NotAllowedMessage, method);

        WriteRule(response.Headers, rule, pattern, origin);
        if (headers.Length > 0)
            response.Headers.AccessControlAllowHeaders = string.Join(", ", headers.Select(header => header.ToLowerInvariant()));
        // Chromium asks for this before a page on a public address may call a private address, which this server always has.
        if (request.Headers["Access-Control-Request-Private-Network"] == "true")
            response.Headers["Access-Control-Allow-Private-Network"] = "true";
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentLength = 0;
    }

    /// <summary>Indicates whether a rule allows the method for the origin.</summary>
    public static bool Allows(IReadOnlyList<CorsRule>? rules, string origin, string method) =>
        rules is not null && FindRule(rules, origin, method, []) is not null;

    public static S3Exception CreateForbidden(string message, string method) =>
        new S3Exception(403, "AccessForbidden", message).WithDetail("Method", method).WithDetail("ResourceType", "OBJECT");

    private static (CorsRule Rule, string Pattern)? FindRule(IReadOnlyList<CorsRule> rules, string origin, string method, string[] headers)
    {
        foreach (var rule in rules)
            if (rule.AllowedMethods.Contains(method) && rule.FindMatchingOrigin(origin) is { } pattern && headers.All(rule.AllowsHeader))
                return (rule, pattern);
        return null;
    }

    private static void WriteRule(IHeaderDictionary response, CorsRule rule, string pattern, string origin)
    {
        response.AccessControlAllowOrigin = pattern == "*" ? "*" : origin;
        // S3 allows credentials only if it returns the origin itself.
        if (pattern != "*")
            response.AccessControlAllowCredentials = "true";
        response.AccessControlAllowMethods = string.Join(", ", rule.AllowedMethods);
        if (rule.ExposeHeaders.Count > 0)
            response.AccessControlExposeHeaders = string.Join(", ", rule.ExposeHeaders);
        if (rule.MaxAgeSeconds is { } seconds)
            response.AccessControlMaxAge = seconds.ToString(CultureInfo.InvariantCulture);
    }
}
