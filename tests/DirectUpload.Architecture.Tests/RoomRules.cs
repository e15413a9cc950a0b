using System.Text.RegularExpressions;

namespace DirectUpload.Architecture.Tests;

/// <summary>The core's rooms and who may look into which.</summary>
internal static partial class RoomRules
{
    /// <summary>In the order of an upload's life: a room may look into those before it, never into a later one.</summary>
    public static IReadOnlyList<string> Order { get; } =
        ["Uploads", "Profiles", "Signing", "Storage", "Records", "Observers", "Confirmation", "Processing", "Events", "DependencyInjection"];

    /// <summary>Beside the order: everybody may log, and what logs knows the nouns only.</summary>
    public const string Aside = "Diagnostics";

    public static IEnumerable<string> Violations(IEnumerable<SourceFile> sources)
    {
        foreach (var source in sources.Where(source => source is { Project: "DirectUpload", Room: not null }))
        {
            foreach (var seen in RoomsSeenBy(source).Where(seen => !MayLookInto(source.Room!, seen)))
                yield return $"{source.Path} looks into {seen}";
        }
    }

    /// <summary>Folders that no rule knows of: whoever adds a room says where it stands.</summary>
    public static IEnumerable<string> Unknown(IEnumerable<SourceFile> sources) =>
        sources.Where(source => source.Project == "DirectUpload" && source.Room is { } room && room != Aside && !Order.Contains(room)).Select(source => source.Path);

    private static bool MayLookInto(string from, string into)
    {
        if (from == into)
            return true;
        if (from == "Uploads")
            return false;
        if (from == Aside)
            return into == "Uploads";
        return into == Aside || Order.IndexOf(into) < Order.IndexOf(from);
    }

    private static IEnumerable<string> RoomsSeenBy(SourceFile source) =>
        Qualified().Matches(source.Code).Select(match => match.Groups["room"].Value)
            .Where(room => room == Aside || Order.Contains(room)).Distinct();

    private static int IndexOf(this IReadOnlyList<string> rooms, string room) => rooms.ToList().IndexOf(room);

    // "using DirectUpload.Signing;", "DirectUpload.Signing.SigV4", and "Signing.SigV4", which a namespace below DirectUpload can say as well.
    [GeneratedRegex(@"\bDirectUpload\.(?<room>[A-Z]\w+)\b|(?<![\w.])(?<room>Uploads|Profiles|Signing|Storage|Records|Observers|Confirmation|Processing|Events|DependencyInjection|Diagnostics)\.(?=[A-Z]\w*[\s.(<;,)?])")]
    private static partial Regex Qualified();
}
