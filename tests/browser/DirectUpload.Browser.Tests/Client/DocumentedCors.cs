using System.Text.Json;
using System.Text.RegularExpressions;
using Amazon.S3.Model;

namespace DirectUpload.Browser.Tests.Client;

/// <summary>The CORS rules of docs/s3-setup.md.</summary>
internal static partial class DocumentedCors
{
    /// <summary>Reads the rules, with these origins instead of the example's.</summary>
    public static CORSConfiguration Read(params List<string> origins)
    {
        var text = File.ReadAllText(Path.Combine(SampleProcess.RepositoryFolder, "docs", "s3-setup.md"));
        var rule = JsonDocument.Parse(JsonBlock().Match(text).Groups[1].Value).RootElement[0];
        List<string> Get(string name) => [.. rule.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];
        return new()
        {
            Rules =
            [
                new()
                {
                    AllowedOrigins = origins,
                    AllowedMethods = Get("AllowedMethods"),
                    AllowedHeaders = Get("AllowedHeaders"),
                    ExposeHeaders = Get("ExposeHeaders"),
                    MaxAgeSeconds = rule.GetProperty("MaxAgeSeconds").GetInt32(),
                },
            ],
        };
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex JsonBlock();
}
