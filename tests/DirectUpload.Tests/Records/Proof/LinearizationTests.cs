using DirectUpload.StoreConformance.Histories;
using DirectUpload.Tests.Uploads;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Records.Proof;

/// <summary>Histories by hand: those that some order explains, and those that none does.</summary>
public sealed class LinearizationTests
{
    private static readonly State First = new(1, 10, UploadStatus.Requested, Some.Start, null);
    private static readonly State Second = First with { Version = 2, Mark = 20 };
    private static readonly Operation Add = Do(1, 2, new Observation.Added(First));

    [Fact]
    public void One_after_the_other_each_sees_the_one_before() =>
        Exists(Do(5, 6, new Observation.Found(Second)), Do(3, 4, new Observation.Updated(1, Second)), Add).Should().BeTrue();

    [Fact]
    public void What_overlaps_may_come_in_either_order() =>
        Exists(Add, Do(3, 6, new Observation.Updated(1, Second)), Do(4, 5, new Observation.Found(First))).Should().BeTrue();

    [Fact]
    public void A_read_after_a_write_has_ended_sees_it() =>
        Exists(Add, Do(3, 4, new Observation.Updated(1, Second)), Do(5, 6, new Observation.Found(First))).Should().BeFalse();

    [Fact]
    public void Nobody_sees_a_write_before_it_begins() =>
        Exists(Add, Do(3, 4, new Observation.Found(Second)), Do(5, 6, new Observation.Updated(1, Second))).Should().BeFalse();

    [Fact]
    public void Two_do_not_replace_one_version() =>
        Exists(Add, Do(3, 6, new Observation.Updated(1, Second)), Do(4, 5, new Observation.Updated(1, Second with { Mark = 30 }))).Should().BeFalse();

    [Fact]
    public void A_refusal_needs_somebody_who_was_faster()
    {
        Exists(Add, Do(3, 4, new Observation.Lost(1))).Should().BeFalse();
        Exists(Add, Do(3, 6, new Observation.Lost(1)), Do(4, 5, new Observation.Updated(1, Second))).Should().BeTrue();
        Exists(Add, Do(3, 6, new Observation.Lost(1)), Do(4, 5, new Observation.Deleted())).Should().BeTrue();
    }

    [Fact]
    public void An_id_is_taken_once_until_it_is_deleted()
    {
        var again = Do(5, 6, new Observation.Added(First));
        Exists(Add, again).Should().BeFalse();
        Exists(Add, Do(3, 4, new Observation.Deleted()), again).Should().BeTrue();
        Exists(Add, Do(3, 4, new Observation.Taken())).Should().BeTrue();
        Exists(Do(3, 4, new Observation.Taken())).Should().BeFalse();
    }

    [Fact]
    public void A_claim_is_of_what_is_due_and_changes_nothing_else()
    {
        var until = Some.Start.AddHours(1);
        var claimed = First with { Version = 2, DueAt = until };
        Exists(Add, Do(3, 4, new Observation.Claimed(Some.Start, until, claimed))).Should().BeTrue();
        Exists(Add, Do(3, 4, new Observation.Claimed(Some.Start.AddTicks(-1), until, claimed))).Should().BeFalse();
        Exists(Add, Do(3, 4, new Observation.Claimed(Some.Start, until, claimed with { Version = 1 }))).Should().BeFalse();
        Exists(Add, Do(3, 4, new Observation.Claimed(Some.Start, until, claimed with { Mark = 11 }))).Should().BeFalse();
        Exists(Add, Do(3, 4, new Observation.Claimed(Some.Start, until, claimed)), Do(5, 6, new Observation.Claimed(Some.Start, until, claimed with { Version = 3 })))
            .Should().BeFalse();
    }

    [Fact]
    public void Only_what_may_vanish_retires()
    {
        var retire = Do(3, 4, new Observation.Retired(Some.Start));
        var gone = Do(5, 6, new Observation.Found(null));
        var retiring = First with { RetireAt = Some.Start };
        Exists(Add, retire, gone).Should().BeFalse();
        Exists(Do(1, 2, new Observation.Added(retiring)), retire, gone).Should().BeTrue();
        Exists(Do(1, 2, new Observation.Added(retiring)), retire, Do(5, 6, new Observation.Found(retiring))).Should().BeTrue("a limit may have left it");
    }

    [Fact]
    public void Many_at_once_are_sorted_out_in_time()
    {
        // All overlap, and only one order of them is right: without memory that would be 60 factorial.
        var updates = Enumerable.Range(1, 60).Select(version =>
            Do(3 + version, 1000 + version, new Observation.Updated(version, First with { Version = version + 1, Mark = version })));
        Exists([Add, .. updates.Reverse()]).Should().BeTrue();
        Exists([Add, .. updates.Reverse().Skip(1), Do(2000, 2001, new Observation.Found(First))]).Should().BeFalse();
    }

    private static bool Exists(params Operation[] operations) => Linearization.Exists(operations);

    private static Operation Do(long begin, long end, Observation observation) => new(begin, end, "somebody", observation);
}
