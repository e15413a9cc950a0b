using CsCheck;
using DirectUpload.Processing.Inspection;

namespace DirectUpload.Tests.Processing.Inspection;

/// <summary>Whatever the bytes, a verdict and never an exception.</summary>
public sealed class ContentInspectorRobustnessTests
{
    private static readonly string[] Types =
    [
        .. SampleFiles.All.Select(sample => sample.Type).Distinct(), "text/plain", "application/json", "text/csv", "text/markdown",
        "model/obj", "", ";", "/",
    ];

    public static TheoryData<string> Names => [.. SampleFiles.All.Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Inspect_AnyPartOfAFile_NeverThrows(string name)
    {
        var sample = SampleFiles.Get(name);
        for (var length = 0; length <= sample.Content.Length; length++)
        {
            var start = sample.Content.AsSpan(0, length);
            var end = sample.Content.AsSpan(sample.Content.Length - length);
            // A short answer to the ranged read, a short file, and a tail that does not fit.
            SampleFile.InspectParts(sample.Type, start, end, sample.Content.Length);
            SampleFile.InspectParts(sample.Type, start, default, length);
            SampleFile.InspectParts(sample.Type, sample.Content, end, long.MaxValue);
            SampleFile.InspectParts(sample.Type, start, sample.Content, 1);
        }
    }

    [Fact]
    public void Inspect_AnyBytesAndType_NeverThrows()
    {
        var starts = Gen.OneOf<byte[]>(
            Gen.Const(Array.Empty<byte>()),
            Gen.OneOf([.. SampleFiles.All])
                .SelectMany(sample => Gen.Int[0, Math.Min(64, sample.Content.Length)].Select(length => sample.Content[..length])));
        var content = Gen.Select(starts, Gen.Byte.Array[0, 600], (start, rest) => (byte[])[.. start, .. rest]);

        Gen.Select(Gen.OneOf(Types), content, Gen.Byte.Array[0, 300], Gen.Long[0, 5_000]).Sample((type, head, tail, size) =>
        {
            var verdict = SampleFile.InspectParts(type, head, tail, size);
            return verdict.Accepted == (verdict.Detail is null);
        }, iter: 50_000);
    }

    [Fact]
    public void Inspect_ChangedByte_NeverThrows() =>
        Gen.Select(Gen.OneOf([.. SampleFiles.All]), Gen.Int[0, int.MaxValue], Gen.Byte, Gen.OneOf(Types))
            .Sample((sample, at, value, type) =>
            {
                byte[] changed = [.. sample.Content];
                changed[at % changed.Length] = value;
                SampleFile.Inspect(type, changed);
            }, iter: 50_000);

    [Fact]
    public void Inspect_RepetitiveText_TakesLinearTime()
    {
        // Each would be quadratic if what was skipped once were skipped again.
        string[] hostile = ["<!-- -->", "<!--", "<?x ?>", "<!doctype x []>", "/**/", "//\n", "PK\u0005\u0006", "<", " "];
        foreach (var piece in hostile)
        {
            var head = TestBytes.Ascii(string.Concat(Enumerable.Repeat(piece, ContentInspector.HeadLength / piece.Length)));
            var watch = System.Diagnostics.Stopwatch.StartNew();
            SampleFile.InspectParts("text/plain", head, head, 1_000_000);
            watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(2));
        }
    }

    [Fact]
    public void Inspect_Accepted_AllocatesNothing()
    {
        SampleFiles.All.Where(sample => Measure(sample) > 0).Select(sample => sample.Name).Should().BeEmpty();

        static long Measure(SampleFile sample)
        {
            var type = sample.Type + "; x=y";
            for (var i = 0; i < 2; i++)
                SampleFile.InspectParts(type, sample.Content, default, sample.Content.Length);
            var before = GC.GetAllocatedBytesForCurrentThread();
            SampleFile.InspectParts(type, sample.Content, default, sample.Content.Length);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
