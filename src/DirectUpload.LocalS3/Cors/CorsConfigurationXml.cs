using System.Globalization;
using System.Xml.Linq;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Cors;

/// <summary>Reads and writes a CORS configuration as XML.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html</remarks>
internal static class CorsConfigurationXml
{
    private const int MaxRules = 100;

    // S3's limit on the size of the document.
    private const int MaxBytes = 64 * 1024;

    public static IReadOnlyList<CorsRule> Parse(ReadOnlyMemory<byte> xml)
    {
        if (xml.Length > MaxBytes)
            throw S3Errors.MalformedXml();
        var rules = S3Xml.Parse(xml, "CORSConfiguration").Children("CORSRule").Select(ParseRule).ToList();
        return rules.Count is > 0 and <= MaxRules ? rules : throw S3Errors.MalformedXml();
    }

    public static XElement Write(IEnumerable<CorsRule> rules) =>
        S3Xml.Element("CORSConfiguration", rules.Select(rule => S3Xml.Element("CORSRule",
        rule.Id is null ? null : S3Xml.Element("ID", rule.Id),
        rule.AllowedHeaders.Select(header => S3Xml.Element("AllowedHeader", header)),
        rule.AllowedMethods.Select(method => S3Xml.Element("AllowedMethod", method)),
        rule.AllowedOrigins.Select(origin => S3Xml.Element("AllowedOrigin", origin)),
        rule.ExposeHeaders.Select(header => S3Xml.Element("ExposeHeader", header)),
        rule.MaxAgeSeconds is null ? null : S3Xml.Element("MaxAgeSeconds", rule.MaxAgeSeconds))));

    private static CorsRule ParseRule(XElement rule)
    {
        var origins = GetValues(rule, "AllowedOrigin");
        var methods = GetValues(rule, "AllowedMethod");
        var headers = GetValues(rule, "AllowedHeader");
        var exposed = GetValues(rule, "ExposeHeader");
        if (origins.Count == 0 || methods.Count == 0)
            throw S3Errors.MalformedXml();
        foreach (var method in methods.Where(method => !CorsRule.Methods.Contains(method)))
            throw S3Errors.InvalidRequest($"Found unsupported HTTP method in CORS config. Unsupported method is {method}");
        foreach (var origin in origins.Where(HasTwoWildcards))
            throw S3Errors.InvalidRequest($"AllowedOrigin \"{origin}\" can not have more than one wildcard.");
        foreach (var header in headers.Where(HasTwoWildcards))
            throw S3Errors.InvalidRequest($"AllowedHeader \"{header}\" can not have more than one wildcard.");
        foreach (var header in exposed.Where(header => header.Contains('*', StringComparison.Ordinal)))
            throw S3Errors.InvalidRequest(
                $"ExposeHeader \"{header}\" contains wildcard. We currently do not support wildcard for ExposeHeader.");
        return new CorsRule
        {
            Id = rule.ChildText("ID"),
            AllowedOrigins = origins,
            AllowedMethods = methods,
            AllowedHeaders = headers,
            ExposeHeaders = exposed,
            MaxAgeSeconds = ParseMaxAge(rule.ChildText("MaxAgeSeconds")),
        };
    }

    private static int? ParseMaxAge(string? text) =>
        text is null ? null : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? seconds : throw S3Errors.MalformedXml();

    private static bool HasTwoWildcards(string text) => text.Count(c => c == '*') > 1;

    private static List<string> GetValues(XElement rule, string name) => [.. rule.Children(name).Select(element => element.Value.Trim())];
}
