using System.Diagnostics.CodeAnalysis;

namespace ConsoleUpload;

/// <summary>What is uploaded, to whom, and as what.</summary>
internal sealed record CommandLine(string File, Uri Server, string Profile, string ContentType)
{
    public const string Help = """
        Uploads a file straight to storage. Stopped by Ctrl-C, or by anything else, it goes on from there when it is run again.

          dotnet run --project samples/Console -- FILE [--server URL] [--profile NAME] [--type TYPE]

          --server URL     where the application maps its uploads   (http://127.0.0.1:5080/uploads)
          --profile NAME   the kind of upload                       (document)
          --type TYPE      the media type                           (by the name's extension: pdf, zip, txt, csv; else application/octet-stream)
        """;

    private static readonly string[] Known = ["--server", "--profile", "--type"];

    public static bool TryParse(string[] args, [NotNullWhen(true)] out CommandLine? result)
    {
        var values = Known.ToDictionary(name => name, _ => (string?)null);
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
        result = new CommandLine(Path.GetFullPath(file), server, values["--profile"] ?? "document", values["--type"] ?? TypeOf(file));
        return true;
    }

    private static string TypeOf(string file) => Path.GetExtension(file).ToUpperInvariant() switch
    {
        ".PDF" => "application/pdf",
        ".ZIP" => "application/zip",
        ".TXT" => "text/plain",
        ".CSV" => "text/csv",
        _ => "application/octet-stream",
    };
}
