namespace DirectUpload.S3Conformance.Suites;

/// <summary>content-length-range: both bounds belong to it.</summary>
public abstract class PostPolicySizes(S3ServerFixture server) : PostFormSuite(server)
{
    [Theory]
    [InlineData(4, "400 EntityTooSmall, nothing")]
    [InlineData(5, "204, 5 bytes")]
    [InlineData(7, "204, 7 bytes")]
    [InlineData(10, "204, 10 bytes")]
    [InlineData(11, "400 EntityTooLarge, nothing")]
    [InlineData(0, "400 EntityTooSmall, nothing")]
    public async Task A_file_must_be_within_the_size_range(int size, string expected)
    {
        var answer = await Send((Form.WithSize(5, 10) with { File = new string('x', size) }).Build());
        var stored = await ReadStored();
        Expect($"{answer}, {(stored == "nothing" ? stored : $"{stored.Length} bytes")}", expected, of: $"{size}");
    }

    [Fact]
    public async Task An_empty_file_fits_a_range_from_zero() => Expect(await Post(Form.WithSize(0, 10) with { File = "" }), "204, ");

    [Fact]
    public async Task A_large_file_above_the_size_range_is_refused() => Expect(
        await Post(Form.WithSize(0, 1_000_000) with { File = new string('x', 1_000_001) }), "400 EntityTooLarge, nothing");

    [Fact]
    public async Task A_refused_file_does_not_replace_the_object()
    {
        await Store("before");
        Expect(await Post(Form.WithSize(0, 4)), "400 EntityTooLarge, before");
    }

    [Fact]
    public async Task Without_a_range_any_size_is_accepted() =>
        Expect((await Post(Form with { File = new string('x', 100_000) })).Length.ToString(), $"{"204, ".Length + 100_000}");
}
