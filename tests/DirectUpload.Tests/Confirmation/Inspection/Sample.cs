using DirectUpload.Confirmation;

namespace DirectUpload.Tests.Confirmation;

/// <summary>A small file of one kind, and the type that it should be recognised as.</summary>
internal sealed record Sample(string Name, string Type, byte[] Content)
{
    public Inspection As(string? declared) => Inspect(declared, Content);

    /// <summary>Reads the head and the tail as the library does.</summary>
    public static Inspection Inspect(string? declared, byte[] content)
    {
        ReadOnlySpan<byte> head = content.AsSpan(0, Math.Min(content.Length, ContentInspector.HeadLength));
        var tail = ContentInspector.NeedsTail(head, content.Length)
            ? content.AsSpan(content.Length - Math.Min(content.Length, ContentInspector.TailLength))
            : default;
        return ContentInspector.Inspect(declared, head, tail, content.Length);
    }

    public override string ToString() => Name;
}
