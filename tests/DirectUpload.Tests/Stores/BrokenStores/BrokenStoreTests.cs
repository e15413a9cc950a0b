using DirectUpload.StoreConformance;

namespace DirectUpload.Tests.Stores.BrokenStores;

/// <summary>
/// The suite is held to stores that each get one thing wrong: it must catch every one of them, and no case of it may be one that catches
/// nothing.
/// </summary>
public sealed class BrokenStoreTests(BrokenStoreRun run) : IClassFixture<BrokenStoreRun>
{
    public static TheoryData<string> BrokenStores => [.. BrokenStoreRun.BrokenStores.Select(fault => fault.Name)];

    [Theory]
    [MemberData(nameof(BrokenStores))]
    public void EveryBrokenStore_FailsSomeCase(string fault) => run.GetFailedCases(fault).Should().NotBeEmpty();

    [Fact]
    public void EveryCase_FailsForSomeBrokenStore()
    {
        var counts = ConformanceCase.All.ToDictionary(
            @case => @case.Name, @case => BrokenStoreRun.BrokenStores.Count(fault => run.GetFailedCases(fault.Name).Contains(@case.Name)));
        foreach (var (name, count) in counts.OrderByDescending(entry => entry.Value))
            TestContext.Current.TestOutputHelper!.WriteLine($"{count,3} broken stores are caught by {name}");
        foreach (var fault in BrokenStoreRun.BrokenStores)
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"{fault.Name} is caught by {string.Join(" | ", run.GetFailedCases(fault.Name))}");

        counts.Where(entry => entry.Value == 0).Select(entry => entry.Key).Should().BeEmpty();
    }
}
