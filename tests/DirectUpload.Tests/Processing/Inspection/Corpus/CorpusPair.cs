namespace DirectUpload.Tests.Processing.Inspection.Corpus;

/// <summary>Represents one upload: a file, and the name, type and profile under which it is uploaded.</summary>
/// <param name="File">The file's name in the archive.</param>
/// <param name="Name">The file name that the client sends.</param>
/// <param name="DeclaredType">The content type that the client declares; empty for none.</param>
/// <param name="Profile">The types that the profile accepts, separated by commas.</param>
internal sealed record CorpusPair(string File, string Name, string DeclaredType, string Profile)
{
    public static CorpusPair Parse(string[] cells) => new(cells[0], cells[1], cells[2], cells[3]);

    public string ToLine() => string.Join('\t', File, Name, DeclaredType, Profile);

    public override string ToString() =>
        $"{File}, named {Name}, declared as {(DeclaredType.Length == 0 ? "nothing" : DeclaredType)}, profile {Profile}";
}
