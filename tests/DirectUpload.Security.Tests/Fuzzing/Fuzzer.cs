using System.Globalization;
using CsCheck;

namespace DirectUpload.Security.Tests.Fuzzing;

/// <summary>
/// How much is fuzzed, and that it grows nothing. Each run tries others; CsCheck says the seed of what fails, and takes it back as
/// CsCheck_Seed.
/// </summary>
internal static class Fuzzer
{
    /// <summary>Of all inputs together: 50,000, or what DIRECTUPLOAD_FUZZ_INPUTS says (a million, at night).</summary>
    private static long Inputs => Environment.GetEnvironmentVariable("DIRECTUPLOAD_FUZZ_INPUTS") is { Length: > 0 } many
        ? long.Parse(many, CultureInfo.InvariantCulture)
        : 50_000;

    /// <summary>
    /// Tries a share of all inputs, each with a mutator of its own; and holds the memory to what it was after the first tenth.
    /// </summary>
    /// <param name="percent">The share.</param>
    /// <param name="tryOne">Throws when something is wrong.</param>
    public static async Task RunAsync(double percent, Func<Mutator, Task> tryOne)
    {
        var count = (long)(Inputs * percent / 100);
        await Gen.Int.SampleAsync(seed => tryOne(new Mutator(seed)), iter: Math.Max(1, count / 10), threads: 4);
        var before = Memory();
        await Gen.Int.SampleAsync(seed => tryOne(new Mutator(seed)), iter: count - (count / 10), threads: 4);
        (Memory() - before).Should().BeLessThan(48_000_000, "nothing that was tried is kept");
    }

    public static Task Run(double percent, Action<Mutator> tryOne) => RunAsync(percent, mutator =>
    {
        tryOne(mutator);
        return Task.CompletedTask;
    });

    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
