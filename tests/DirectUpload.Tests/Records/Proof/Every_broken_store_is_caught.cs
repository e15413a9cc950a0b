using DirectUpload.StoreConformance;

namespace DirectUpload.Tests.Records.Proof;

/// <summary>The suite is held to stores that each get one thing wrong: it must catch every one of them, and no case of it may be one that catches nothing.</summary>
public sealed class Every_broken_store_is_caught(FaultRun run) : IClassFixture<FaultRun>
{
    public static TheoryData<string> Faults => [.. FaultRun.Faults.Select(fault => fault.Name)];

    [Theory]
    [MemberData(nameof(Faults))]
    public void By_some_case(string fault) => run.CaughtBy(fault).Should().NotBeEmpty();

    [Fact]
    public void And_every_case_catches_some()
    {
        var counts = StoreCase.All.ToDictionary(@case => @case.Name, @case => FaultRun.Faults.Count(fault => run.CaughtBy(fault.Name).Contains(@case.Name)));
        foreach (var (name, count) in counts.OrderByDescending(entry => entry.Value))
            TestContext.Current.TestOutputHelper!.WriteLine($"{count,3} broken stores are caught by {name}");
        foreach (var fault in FaultRun.Faults)
            TestContext.Current.TestOutputHelper!.WriteLine($"{fault.Name} is caught by {string.Join(" | ", run.CaughtBy(fault.Name))}");

        counts.Where(entry => entry.Value == 0).Select(entry => entry.Key).Should().BeEmpty();
    }
}
