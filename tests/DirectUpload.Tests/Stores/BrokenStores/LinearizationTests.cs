using DirectUpload.StoreConformance.Histories;
using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Stores.BrokenStores;

/// <summary>Histories by hand: those that some order explains, and those that none does.</summary>
public sealed class LinearizationTests
{
    private static readonly RecordState FirstState = new(1, 10, UploadStatus.Requested, TestData.Start, null);
    private static readonly RecordState SecondState = FirstState with { Version = 2, Marker = 20 };
    private static readonly Operation AddFirst = CreateOperation(1, 2, new Observation.Added(FirstState));

    [Fact]
    public void Exists_Sequential_EachSeesThePrevious() =>
        Exists(
            CreateOperation(5, 6, new Observation.Found(SecondState)), CreateOperation(3, 4, new Observation.Updated(1, SecondState)),
            AddFirst).Should().BeTrue();

    [Fact]
    public void Exists_Overlapping_AllowsEitherOrder() =>
        Exists(AddFirst, CreateOperation(3, 6, new Observation.Updated(1, SecondState)), CreateOperation(
            4, 5, new Observation.Found(FirstState))).Should().BeTrue();

    [Fact]
    public void Exists_StaleReadAfterWrite_IsFalse() =>
        Exists(AddFirst, CreateOperation(3, 4, new Observation.Updated(1, SecondState)), CreateOperation(
            5, 6, new Observation.Found(FirstState))).Should().BeFalse();

    [Fact]
    public void Exists_ReadBeforeTheWriteStarts_IsFalse() =>
        Exists(AddFirst, CreateOperation(3, 4, new Observation.Found(SecondState)), CreateOperation(
            5, 6, new Observation.Updated(1, SecondState))).Should().BeFalse();

    [Fact]
    public void Exists_TwoUpdatesOfOneVersion_IsFalse() =>
        Exists(AddFirst, CreateOperation(3, 6, new Observation.Updated(1, SecondState)), CreateOperation(
            4, 5, new Observation.Updated(1, SecondState with { Marker = 30 }))).Should().BeFalse();

    [Fact]
    public void Exists_Conflict_NeedsACompetingWrite()
    {
        Exists(AddFirst, CreateOperation(3, 4, new Observation.Conflict(1))).Should().BeFalse();
        Exists(AddFirst, CreateOperation(3, 6, new Observation.Conflict(1)), CreateOperation(4, 5, new Observation.Updated(1, SecondState)))
            .Should().BeTrue();
        Exists(AddFirst, CreateOperation(3, 6, new Observation.Conflict(1)), CreateOperation(4, 5, new Observation.Deleted()))
            .Should().BeTrue();
    }

    [Fact]
    public void Exists_DuplicateId_NeedsAnExistingRecord()
    {
        var again = CreateOperation(5, 6, new Observation.Added(FirstState));
        Exists(AddFirst, again).Should().BeFalse();
        Exists(AddFirst, CreateOperation(3, 4, new Observation.Deleted()), again).Should().BeTrue();
        Exists(AddFirst, CreateOperation(3, 4, new Observation.DuplicateId())).Should().BeTrue();
        Exists(CreateOperation(3, 4, new Observation.DuplicateId())).Should().BeFalse();
    }

    [Fact]
    public void Exists_Lease_OnlyOfDueAndChangesNothingElse()
    {
        var until = TestData.Start.AddHours(1);
        var claimed = FirstState with { Version = 2, NextActionAt = until };
        Exists(AddFirst, CreateOperation(3, 4, new Observation.Leased(TestData.Start, until, claimed))).Should().BeTrue();
        Exists(AddFirst, CreateOperation(3, 4, new Observation.Leased(TestData.Start.AddTicks(-1), until, claimed))).Should().BeFalse();
        Exists(AddFirst, CreateOperation(3, 4, new Observation.Leased(TestData.Start, until, claimed with { Version = 1 })))
            .Should().BeFalse();
        Exists(AddFirst, CreateOperation(3, 4, new Observation.Leased(TestData.Start, until, claimed with { Marker = 11 })))
            .Should().BeFalse();
        Exists(AddFirst, CreateOperation(3, 4, new Observation.Leased(TestData.Start, until, claimed)), CreateOperation(
            5, 6, new Observation.Leased(TestData.Start, until, claimed with { Version = 3 })))
            .Should().BeFalse();
    }

    [Fact]
    public void Exists_Purge_OnlyOfPurgeableRecords()
    {
        var retire = CreateOperation(3, 4, new Observation.Purged(TestData.Start));
        var gone = CreateOperation(5, 6, new Observation.Found(null));
        var retiring = FirstState with { PurgeAt = TestData.Start };
        Exists(AddFirst, retire, gone).Should().BeFalse();
        Exists(CreateOperation(1, 2, new Observation.Added(retiring)), retire, gone).Should().BeTrue();
        Exists(CreateOperation(1, 2, new Observation.Added(retiring)), retire, CreateOperation(5, 6, new Observation.Found(retiring)))
            .Should().BeTrue("a limit may have left it");
    }

    [Fact]
    public void Exists_SixtyConcurrent_FinishesInTime()
    {
        // All overlap, and only one order of them is right: without memory that would be 60 factorial.
        var updates = Enumerable.Range(1, 60).Select(version =>
            CreateOperation(
                3 + version, 1000 + version,
                new Observation.Updated(version, FirstState with { Version = version + 1, Marker = version })));
        Exists([AddFirst, .. updates.Reverse()]).Should().BeTrue();
        Exists([AddFirst, .. updates.Reverse().Skip(1), CreateOperation(2000, 2001, new Observation.Found(FirstState))]).Should().BeFalse();
    }

    private static bool Exists(params Operation[] operations) => Linearization.Exists(operations);

    private static Operation CreateOperation(long begin, long end, Observation observation) => new(begin, end, "somebody", observation);
}
