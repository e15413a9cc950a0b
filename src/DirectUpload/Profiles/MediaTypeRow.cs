namespace DirectUpload.Profiles;

/// <summary>Describes one media type: its other names, and the file extensions that are usual for it.</summary>
/// <param name="name">The canonical name.</param>
/// <param name="aliases">The other names, separated by spaces.</param>
/// <param name="extensions">The extensions without their dot, separated by spaces; the first one is for new names.</param>
internal sealed class MediaTypeRow(string name, string aliases = "", string extensions = "")
{
    private const StringSplitOptions NoEmptyEntries = StringSplitOptions.RemoveEmptyEntries;

    public string Name { get; } = name;

    public IReadOnlyList<string> Aliases { get; } = aliases.Split(' ', NoEmptyEntries);

    /// <summary>The extensions with their dot, in lower case.</summary>
    public IReadOnlyList<string> Extensions { get; } = [.. extensions.Split(' ', NoEmptyEntries).Select(extension => "." + extension)];
}
