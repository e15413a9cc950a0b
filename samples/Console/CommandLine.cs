using System.Diagnostics.CodeAnalysis;

namespace ConsoleUpload;

/// <summary>Represents the arguments: the file, the server and the profile.</summary>
internal sealed record CommandLine(string File, Uri Server, string Profile, string ContentType)
{
    public const string Help = """
        Uploads a file straight to storage. After Ctrl-C or a crash, run the same command again to resume the upload.

          dotnet run --project samples/Console -- FILE [--server URL] [--profile NAME] [--type TYPE]

          --server URL     the address of the upload endpoints      (http://127.0.0.1:5080/uploads)
          --profile NAME   the kind of upload                       (document)
          --type TYPE      the media type                           (from the extension, or application/octet-stream)
        """;

    private static readonly string[] KnownOptions = ["--server", "--profile", "--type"];

    public static bool TryParse(string[] args, [NotNullWhen(true)] out CommandLine? result)
    {
        var values = KnownOptions.ToDictionary(name => name, _ => (string?)null);
        string? file = null;
        result = null;
        for (var i = 0; i < args.Length; i++)
        {
            if (values.ContainsKey(args[i]) && i + 1 < args.Length)
                values[args[i]] = args[++i];
            else if (file is null && !args[i].StartsWith("--", StringComparison.Ordinal))
                file = args[i];
            else
                return false;
        }

        if (file is null || !Uri.TryCreate(values["--server"] ?? "http://127.0.0.1:5080/uploads", UriKind.Absolute, out var server))
            return false;
        result = new CommandLine(
            Path.GetFullPath(file), server, values["--profile"] ?? "document", values["--type"] ?? GetContentType(file));
        return true;
    }

    private static string GetContentType(string file) => Path.GetExtension(file).ToUpperInvariant() switch
    {
        ".PDF" => "application/pdf",
        ".ZIP" => "application/zip",
        ".TXT" => "text/plain",
        ".CSV" => "text/csv",
        _ => "application/octet-stream",
    };
}
