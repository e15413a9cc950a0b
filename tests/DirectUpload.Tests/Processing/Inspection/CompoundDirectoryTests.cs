using CsCheck;
using DirectUpload.Processing.Inspection;

namespace DirectUpload.Tests.Processing.Inspection;

/// <summary>OLE compound files with a complete structure: the streams of the root storage decide.</summary>
public sealed class CompoundDirectoryTests
{
    private static readonly (string Stream, string Type)[] Kinds =
    [
        ("WordDocument", "application/msword"), ("Workbook", "application/vnd.ms-excel"), ("BOOK", "application/vnd.ms-excel"),
        ("PowerPoint Document", "application/vnd.ms-powerpoint"), ("__properties_version1.0", "application/vnd.ms-outlook"),
        ("VisioDocument", "application/vnd.visio"),
    ];

    private static readonly Gen<CompoundFileBuilder> Builders =
        Gen.Select(Gen.OneOf(9, 12), Gen.Int[0, 600], Gen.Int[0, 200], Gen.Int[0, 600])
            .Select((shift, before, gap, after) => new CompoundFileBuilder(shift, before, gap, after));

    [Fact]
    public void Inspect_DirectoryAnywhere_IsFound() =>
        Gen.Select(Builders, Gen.OneOf(Kinds), Gen.OneOf(Kinds), Gen.Int[0, 60]).Sample((builder, kind, embedded, others) =>
        {
            var file = builder.Create(
                0, [.. Enumerable.Range(0, others).Select(i => $"Stream {i}"), kind.Stream, $"ObjectPool/_1/{embedded.Stream}"]);
            return SampleFile.Inspect(kind.Type, file).Equals(new InspectionResult(kind.Type, null))
                && Kinds.All(other => other.Type == kind.Type || !SampleFile.Inspect(other.Type, file).Accepted);
        }, iter: 150);

    [Fact]
    public void Inspect_OnlyEmbeddedDocument_IsNoDocument() =>
        Gen.Select(Builders, Gen.OneOf(Kinds)).Sample((builder, kind) =>
        {
            var file = builder.Create(0, "Something", $"ObjectPool/{kind.Stream}");
            return !SampleFile.Inspect(kind.Type, file).Accepted && SampleFile.Inspect("application/x-ole-storage", file).Accepted;
        }, iter: 50);

    [Fact]
    public void Inspect_SeveralDocuments_AreNeither()
    {
        var file = new CompoundFileBuilder(9, 0, 0, 0).Create(0, "WordDocument", "Workbook");

        SampleFile.Inspect("application/msword", file).Accepted.Should().BeFalse();
        SampleFile.Inspect("application/vnd.ms-excel", file).Accepted.Should().BeFalse();
    }

    [Theory]
    [InlineData(0x82)]
    [InlineData(0x84)]
    [InlineData(0x86)]
    public void Inspect_InstallerClass_IsAnInstaller(byte rootClass) =>
        Builders.Sample(builder => SampleFile.Inspect(
            "application/msword", builder.Create(rootClass, "WordDocument")).DetectedType == "application/x-msi", iter: 30);

    [Fact]
    public void Inspect_ReadsFewRanges()
    {
        var file = new CompoundFileBuilder(9, 20_000, 100, 20_000).Create(0, [.. Enumerable.Range(0, 30).Select(i => $"S{i}"), "Workbook"]);

        SampleFile.Inspect("application/vnd.ms-excel", file, out var reads).Accepted.Should().BeTrue();
        reads.Sum(read => read.Length).Should().BeLessThan(1_500_000);
    }

    [Fact]
    public void Inspect_DamagedStructure_NeverThrowsAndStaysBounded()
    {
        var damaged = Gen.Select(Builders, Gen.OneOf(Kinds), Gen.Select(Gen.Int[24, 900], Gen.Byte).Array[1, 8])
            .Select((builder, kind, changes) =>
            {
                var file = builder.Create(0, "Other", kind.Stream, "Pool/Workbook");
                foreach (var (at, value) in changes)
                    file[at % file.Length] = value;
                return file;
            });

        damaged.Sample(file =>
        {
            SampleFile.Inspect("application/msword", file, out var reads);
            return reads.Count <= ContentSampler.MaxRanges + 1;
        }, iter: 500);
    }

    [Fact]
    public void Inspect_CyclicStructure_Ends()
    {
        var file = new CompoundFileBuilder(9, 0, 0, 0).Create(0, "A", "B", "C", "D", "E", "F", "WordDocument");
        // Every entry names itself as its left and right neighbor; then the directory's chain names itself.
        for (var entry = 512 + 128; entry + 128 <= 512 + 1024; entry += 128)
            BitConverter.TryWriteBytes(file.AsSpan(entry + 68), (uint)((entry - 512) / 128));
        SampleFile.Inspect("application/msword", file);
        BitConverter.TryWriteBytes(file.AsSpan(file.Length - 512), 0u);
        SampleFile.Inspect("application/msword", file);
    }
}
