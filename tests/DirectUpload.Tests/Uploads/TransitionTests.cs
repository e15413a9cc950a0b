using DirectUpload.Uploads;
using static DirectUpload.Uploads.UploadStatus;

namespace DirectUpload.Tests.Uploads;

public sealed class TransitionTests
{
    /// <summary>The drawing of architecture.md, once more: from, and everything that may follow.</summary>
    private static readonly Dictionary<UploadStatus, UploadStatus[]> Drawing = new()
    {
        [Requested] = [Uploaded, Rejected, Aborted, Expired],
        [Uploaded] = [UploadStatus.Processing, Aborted],
        // Back to Uploaded: whoever held the lease was interrupted, and gives it back.
        [UploadStatus.Processing] = [Uploaded, UploadStatus.Processing, Ready, Rejected, Failed, Aborted],
        [Ready] = [Deleted],
        [Rejected] = [],
        [Failed] = [Uploaded, Deleted],
        [Aborted] = [],
        [Expired] = [],
        [Deleted] = [],
    };

    private static readonly UploadStatus[] All = Enum.GetValues<UploadStatus>();

    public static TheoryData<UploadStatus, UploadStatus> Matrix()
    {
        var matrix = new TheoryData<UploadStatus, UploadStatus>();
        foreach (var from in All)
        {
            foreach (var to in All)
                matrix.Add(from, to);
        }

        return matrix;
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public void What_may_follow_what_is_as_drawn(UploadStatus from, UploadStatus to) =>
        UploadTransitions.Allows(from, to).Should().Be(Drawing[from].Contains(to));

    [Theory]
    [MemberData(nameof(Matrix))]
    public void A_record_moves_exactly_where_the_table_lets_it(UploadStatus from, UploadStatus to)
    {
        var record = Some.Record() with { Status = from };
        var later = Some.Start.AddMinutes(1);

        if (!Drawing[from].Contains(to))
        {
            record.Invoking(it => it.MovedTo(to, later)).Should().Throw<InvalidOperationException>().WithMessage($"*{record.Id} is {from}*can't become {to}*");
            return;
        }

        var moved = record.MovedTo(to, later);
        moved.Status.Should().Be(to);
        moved.UpdatedAt.Should().Be(later);
        moved.Audit.Transitions.Should().Equal(new UploadTransition(Requested, Some.Start), new UploadTransition(to, later));
        moved.Version.Should().Be(record.Version, "only the store counts versions");
        record.Status.Should().Be(from, "records don't change in memory");
        record.Audit.Transitions.Should().ContainSingle();
    }

    [Fact]
    public void Settled_is_everything_but_what_is_under_way() =>
        All.Where(status => status.IsSettled()).Should().Equal(Ready, Rejected, Failed, Aborted, Expired, Deleted);

    [Fact]
    public void A_status_that_does_not_exist_follows_nothing_and_is_followed_by_nothing() =>
        All.Should().OnlyContain(status => !UploadTransitions.Allows(status, (UploadStatus)99) && !UploadTransitions.Allows((UploadStatus)99, status));
}
