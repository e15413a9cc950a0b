namespace DirectUpload.Processing.Inspection;

/// <summary>Detects scripts by their first characters.</summary>
/// <remarks>
/// JavaScript has no signature, and prose may begin with "import" or "var". Only openings that do not occur in prose are detected, so many
/// scripts pass as text. They do not run, because they are served as text with <c>nosniff</c>.
/// </remarks>
internal static class ScriptStart
{
    private static readonly string[] JavaScriptOpenings =
    [
        "\"use strict\"", "'use strict'", "(function(", "(function (", ";(function", "!function(", "+function(", "(()=>", "(() =>",
        "(async()", "(async (", "eval(", "alert(", "import(", "require('", "require(\"", "module.exports", "export default ",
        "document.cookie", "document.write", "document.location", "document.body", "document.getelement", "document.createelement",
        "document.queryselector", "window.location", "window.onload", "window.open", "window.addeventlistener",
    ];

    private static readonly string[] JavaScriptRuntimes = ["node", "deno", "bun", "tsx"];

    public static FileFormat? Detect(TextStart text)
    {
        // The kernel accepts blanks between #! and the interpreter's path (execve(2)).
        if (text.MatchesAt(0, "#!") && text[SkipBlanks(text, 2)] == '/')
            return NamesJavaScriptRuntime(text) ? FileFormats.JavaScript : FileFormats.Shell;
        var at = SkipComments(text, text.SkipSpace(0));
        if (text.MatchesAt(at, "@echo off"))
            return FileFormats.Shell;
        foreach (var opening in JavaScriptOpenings)
        {
            if (text.MatchesAt(at, opening))
                return FileFormats.JavaScript;
        }

        return null;
    }

    private static bool NamesJavaScriptRuntime(TextStart text)
    {
        for (var at = 2; at < text.Length && text[at] != '\n'; at++)
        {
            foreach (var name in JavaScriptRuntimes)
            {
                if (text[at - 1] is '/' or ' ' or '-' && text.MatchesAt(at, name) && text[at + name.Length] != '/')
                    return true;
            }
        }

        return false;
    }

    private static int SkipBlanks(TextStart text, int at)
    {
        while (text[at] is ' ' or '\t')
            at++;
        return at;
    }

    private static int SkipComments(TextStart text, int at)
    {
        while (text[at] == '/')
        {
            var end = text[at + 1] switch
            {
                '/' => text.IndexAfter(at, "\n"),
                '*' => text.IndexAfter(at + 2, "*/"),
                _ => -1,
            };
            if (end < 0)
                break;
            at = text.SkipSpace(end);
        }

        return at;
    }
}
