namespace DirectUpload.Confirmation;

/// <summary>
/// Tells scripts by their beginning. JavaScript has no signature, and prose may begin with "import" or "var": only openings that no
/// prose has are taken, so that many scripts pass as text. That is harmless: served as text with <c>nosniff</c>, they do not run.
/// </summary>
internal static class ScriptStart
{
    private static readonly string[] JavaScript =
    [
        "\"use strict\"", "'use strict'", "(function(", "(function (", ";(function", "!function(", "+function(", "(()=>", "(() =>",
        "(async()", "(async (", "eval(", "alert(", "import(", "require('", "require(\"", "module.exports", "export default ",
        "document.cookie", "document.write", "document.location", "document.body", "document.getelement", "document.createelement",
        "document.queryselector", "window.location", "window.onload", "window.open", "window.addeventlistener",
    ];

    public static FileFormat? Detect(TextStart text)
    {
        // The kernel takes blanks between #! and the interpreter's path (execve(2)).
        if (text.Has(0, "#!") && text[AfterBlanks(text, 2)] == '/')
            return FileFormats.Shell;
        var at = AfterComments(text, text.SkipSpace(0));
        if (text.Has(at, "@echo off"))
            return FileFormats.Shell;
        foreach (var opening in JavaScript)
        {
            if (text.Has(at, opening))
                return FileFormats.JavaScript;
        }

        return null;
    }

    private static int AfterBlanks(TextStart text, int at)
    {
        while (text[at] is ' ' or '\t')
            at++;
        return at;
    }

    private static int AfterComments(TextStart text, int at)
    {
        while (text[at] == '/')
        {
            var end = text[at + 1] switch
            {
                '/' => text.After(at, "\n"),
                '*' => text.After(at + 2, "*/"),
                _ => -1,
            };
            if (end < 0)
                break;
            at = text.SkipSpace(end);
        }

        return at;
    }
}
