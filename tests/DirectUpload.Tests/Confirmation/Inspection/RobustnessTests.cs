using CsCheck;
using DirectUpload.Confirmation;

namespace DirectUpload.Tests.Confirmation;

/// <summary>Whatever the bytes, a verdict and never an exception.</summary>
public sealed class RobustnessTests
{
    private static readonly string[] Types =
    [
        .. Samples.All.Select(sample => sample.Type).Distinct(), "text/plain", "application/json", "text/csv", "text/markdown", "model/obj", "", ";", "/",
    ];

    public static TheoryData<string> Names => [.. Samples.All.Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_part_of_a_file_gets_a_verdict(string name)
    {
        var sample = Samples.Named(name);
        for (var length = 0; length <= sample.Content.Length; length++)
        {
            var start = sample.Content.AsSpan(0, length);
            var end = sample.Content.AsSpan(sample.Content.Length - length);
            ContentInspector.NeedsTail(start, sample.Content.Length);
            // A short answer to the ranged read, a short file, and a tail that does not fit.
            ContentInspector.Inspect(sample.Type, start, end, sample.Content.Length);
            ContentInspector.Inspect(sample.Type, start, default, length);
            ContentInspector.Inspect(sample.Type, sample.Content, end, long.MaxValue);
            ContentInspector.Inspect(sample.Type, start, sample.Content, 1);
        }
    }

    [Fact]
    public void Any_bytes_get_a_verdict_under_any_type()
    {
        var starts = Gen.OneOf<byte[]>(
            Gen.Const(Array.Empty<byte>()),
            Gen.OneOf([.. Samples.All]).SelectMany(sample => Gen.Int[0, Math.Min(64, sample.Content.Length)].Select(length => sample.Content[..length])));
        var content = Gen.Select(starts, Gen.Byte.Array[0, 600], (start, rest) => (byte[])[.. start, .. rest]);

        Gen.Select(Gen.OneOf(Types), content, Gen.Byte.Array[0, 300], Gen.Long[0, 5_000]).Sample((type, head, tail, size) =>
        {
            var verdict = ContentInspector.Inspect(type, head, tail, size);
            return verdict.Accepted == (verdict.Detail is null);
        }, iter: 50_000);
    }

    [Fact]
    public void A_file_with_a_changed_byte_gets_a_verdict() =>
        Gen.Select(Gen.OneOf([.. Samples.All]), Gen.Int[0, int.MaxValue], Gen.Byte, Gen.OneOf(Types)).Sample((sample, at, value, type) =>
        {
            byte[] changed = [.. sample.Content];
            changed[at % changed.Length] = value;
            Sample.Inspect(type, changed);
        }, iter: 50_000);

    [Fact]
    public void Hostile_text_takes_no_longer_than_its_length()
    {
        // Each would be quadratic if what was skipped once were skipped again.
        string[] hostile = ["<!-- -->", "<!--", "<?x ?>", "<!doctype x []>", "/**/", "//\n", "PK\u0005\u0006", "<", " "];
        foreach (var piece in hostile)
        {
            var head = Bytes.Ascii(string.Concat(Enumerable.Repeat(piece, ContentInspector.HeadLength / piece.Length)));
            var watch = System.Diagnostics.Stopwatch.StartNew();
            ContentInspector.Inspect("text/plain", head, head, 1_000_000);
            watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(2));
        }
    }

    [Fact]
    public void An_acceptance_allocates_nothing()
    {
        byte[][] contents = [.. Samples.All.Select(sample => sample.Content)];
        string[] types = [.. Samples.All.Select(sample => sample.Type + "; x=y")];
        Run();

        var before = GC.GetAllocatedBytesForCurrentThread();
        Run();

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);

        void Run()
        {
            for (var i = 0; i < contents.Length; i++)
                ContentInspector.Inspect(types[i], contents[i], default, contents[i].Length);
        }
    }
}
