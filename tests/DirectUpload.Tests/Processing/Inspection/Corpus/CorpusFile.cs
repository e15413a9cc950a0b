namespace DirectUpload.Tests.Processing.Inspection.Corpus;

/// <summary>Represents a file of the corpus: what it is, and which program wrote it.</summary>
internal sealed record CorpusFile(string Type, string Writer, string Version, byte[] Content)
{
    /// <summary>Whether a program other than the generator itself wrote the file.</summary>
    public bool HasWriter => Writer != "hand";
}
