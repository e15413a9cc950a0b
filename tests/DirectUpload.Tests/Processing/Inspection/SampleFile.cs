using DirectUpload.Processing.Inspection;

namespace DirectUpload.Tests.Processing.Inspection;

/// <summary>A small file of one kind, and the type that it should be recognised as.</summary>
internal sealed record SampleFile(string Name, string Type, byte[] Content)
{
    public InspectionResult InspectAs(string? declared) => Inspect(declared, Content);

    /// <summary>Reads the ranges that the library reads, and inspects them.</summary>
    public static InspectionResult Inspect(string? declared, byte[] content, bool allowEncrypted = false) =>
        Inspect(declared, content, out _, allowEncrypted);

    public static InspectionResult Inspect(
        string? declared, byte[] content, out List<(long Offset, int Length)> reads, bool allowEncrypted = false)
    {
        var head = content.AsSpan(0, Math.Min(content.Length, ContentInspector.HeadLength)).ToArray();
        var ranges = new List<(long Offset, int Length)>();
        if (head.Length > 0)
            ranges.Add((0, head.Length));
        reads = ranges;
        var sampler = new ContentSampler(head, content.Length);
        var reading = sampler.ReadAsync(
            (offset, length, _) =>
            {
                ranges.Add((offset, length));
                return Task.FromResult(content.AsSpan((int)offset, length).ToArray());
            },
            default);
        reading.GetAwaiter().GetResult();
        return sampler.Inspect(declared, allowEncrypted);
    }

    /// <summary>Inspects only the given bytes, whatever else the detectors need.</summary>
    public static InspectionResult InspectParts(string? declared, ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, long size) =>
        ContentInspector.Inspect(declared, new ContentSample(head, tail, default, size));

    public override string ToString() => Name;
}
