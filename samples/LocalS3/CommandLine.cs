using System.Diagnostics.CodeAnalysis;
using DirectUpload.LocalS3;

namespace LocalS3Sample;

/// <summary>Parses the command line; omitted options keep the package's defaults.</summary>
internal sealed record CommandLine(IReadOnlyDictionary<string, string> Values)
{
    public const string Help = """
        LocalS3: a strict S3 endpoint for development, on this machine.

          --urls URL          the address to listen on (http://127.0.0.1:5081; port 0 selects a free port)
          --data DIR          the folder for objects   (DirectUpload.LocalS3 in your local application data)
          --buckets A,B       created at the start     (uploads)
          --origins A,B       CORS of new buckets      (pages on this machine)
          --access-key KEY                             (LOCALS3ACCESSKEY)
          --secret-key KEY                             (locals3-secret-key-for-development)
          --region REGION                              (us-east-1)
          --help

        Ctrl+C or SIGTERM stops the server; the objects remain.
        """;

    private static readonly string[] KnownOptions = ["urls", "data", "buckets", "origins", "access-key", "secret-key", "region"];

    public static bool TryParse(string[] args, [NotNullWhen(true)] out CommandLine? result, [NotNullWhen(false)] out string? problem)
    {
        (result, problem) = (null, null);
        var values = new Dictionary<string, string>();
        for (var i = 0; i < args.Length; i++)
        {
            var parts = args[i].Split('=', 2);
            if (!parts[0].StartsWith("--", StringComparison.Ordinal) || !KnownOptions.Contains(parts[0][2..]))
                problem = $"'{args[i]}' is not an option of LocalS3.";
            else if (parts.Length == 1 && (i + 1 == args.Length || args[i + 1].StartsWith("--", StringComparison.Ordinal)))
                problem = $"'{args[i]}' needs a value.";
            else if (!values.TryAdd(parts[0][2..], parts.Length == 2 ? parts[1] : args[++i]))
                problem = $"'{parts[0]}' must not be repeated.";
            if (problem is not null)
                return false;
        }
        result = new CommandLine(values);
        return true;
    }

    public void Apply(LocalS3Options options)
    {
        options.Url = Values.GetValueOrDefault("urls", options.Url);
        options.DataDirectory = Values.GetValueOrDefault("data", options.DataDirectory);
        options.AccessKey = Values.GetValueOrDefault("access-key", options.AccessKey);
        options.SecretKey = Values.GetValueOrDefault("secret-key", options.SecretKey);
        options.Region = Values.GetValueOrDefault("region", options.Region);
        options.Buckets = ParseList("buckets") ?? options.Buckets;
        options.AllowedOrigins = ParseList("origins") ?? options.AllowedOrigins;
    }

    private string[]? ParseList(string name) =>
        Values.TryGetValue(name, out var text)
            ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : null;
}
