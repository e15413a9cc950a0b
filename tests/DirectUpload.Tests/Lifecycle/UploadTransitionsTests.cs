using DirectUpload.Lifecycle;
using DirectUpload.Primitives;
using static DirectUpload.UploadStatus;

namespace DirectUpload.Tests.Lifecycle;

public sealed class UploadTransitionsTests
{
    /// <summary>The documented diagram once more: each status, and every status that may follow.</summary>
    private static readonly Dictionary<UploadStatus, UploadStatus[]> AllowedTransitions = new()
    {
        [Requested] = [Uploaded, Rejected, Aborted, Expired],
        [Uploaded] = [UploadStatus.Processing, Failed, Aborted],
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
    public void Allows_MatchesTheDocumentedDiagram(UploadStatus from, UploadStatus to) =>
        UploadTransitions.Allows(from, to).Should().Be(AllowedTransitions[from].Contains(to));

    [Fact]
    public void IsTerminal_IsTrueForFinalStatusesOnly() =>
        All.Where(status => status.IsTerminal()).Should().Equal(Ready, Rejected, Failed, Aborted, Expired, Deleted);

    [Fact]
    public void Allows_UndefinedStatus_IsFalse() =>
        All.Should().OnlyContain(
            status => !UploadTransitions.Allows(status, (UploadStatus)99) && !UploadTransitions.Allows((UploadStatus)99, status));
}
