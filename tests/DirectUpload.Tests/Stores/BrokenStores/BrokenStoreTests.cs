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
    public void EveryBrokenStore_FailsSomeCase(string fault) => run.FindCatchingCase(fault).Should().NotBeNull();

    [Fact]
    public void EveryCase_FailsForSomeBrokenStore() =>
        ConformanceCase.All.Select(@case => @case.Name).Where(name => run.FindStoreThatFails(name) is null).Should().BeEmpty();
}
