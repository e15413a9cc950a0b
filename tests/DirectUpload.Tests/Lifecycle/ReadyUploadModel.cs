using DirectUpload.Lifecycle;
using DirectUpload.Stores;
using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Lifecycle;

/// <summary>
/// One upload, its application, its worker and its client, and what must be true of them: kept by simple facts, without a schedule.
/// </summary>
internal sealed class ReadyUploadModel
{
    private static readonly LifecyclePolicy Policy = new(TimeSpan.FromMinutes(5), 3, TimeSpan.FromDays(7), TimeSpan.FromDays(30));
    private static readonly UploadAssociation Avatar = new("user", "42", "avatar");

    private readonly TimeSpan? _retention;
    private readonly bool _inPlace;
    private bool _isStagingClean;
    private bool _isAttached;
    private DateTimeOffset? _expiresAt;

    public ReadyUploadModel(TimeSpan? retention, bool inPlace, bool isReady = true)
    {
        (_retention, _inPlace) = (retention, inPlace);
        var draft = TestData.CreateRecord() with { Version = 1 };
        var requested = UploadLifecycle.Begin(inPlace ? draft with { FinalKey = draft.StagingKey } : draft, draft.GrantExpiresAt);
        Record = requested.TransitionTo(UploadStatus.Processing, TestData.Start) with { Attempts = 1, FailedAttempts = 1 };
        if (isReady)
            Complete();
    }

    public UploadRecord Record { get; private set; }

    public DateTimeOffset Now { get; private set; } = TestData.Start.AddSeconds(1);

    private DateTimeOffset QuietAt => Record.GrantExpiresAt.AddHours(1);

    public void Take(int choice, TimeSpan time)
    {
        switch (choice)
        {
            case 0 or 1 or 2:
                Wait(time);
                break;
            case 3:
                Attach(replaces: false);
                break;
            case 4:
                Attach(replaces: true);
                break;
            case 5:
                Detach(_retention);
                break;
            case 6:
                Detach(TimeSpan.Zero);
                break;
            case 7:
                RunWorker(between: null, crashes: true);
                break;
            case 8:
                RunWorker(between: () => Attach(replaces: false), crashes: false);
                break;
            case 9:
                RunWorker(between: () => Detach(_retention), crashes: false);
                break;
            default:
                RunWorker(between: null, crashes: false);
                break;
        }

        Verify();
    }

    // A tick more, so that no two times are equal by chance.
    public void Wait(TimeSpan time) => Now += time + TimeSpan.FromTicks(1);

    public void Complete()
    {
        Apply(new UploadEvent.Completed("\"final\"", null, new Dictionary<string, string>(), [], _retention));
        _expiresAt = Record.AttachBy;
    }

    public void Detach(TimeSpan? retention)
    {
        if (Record.Association is null && _isAttached)
            throw new InvalidOperationException("An attached upload has an association.");
        if (Record.Status == UploadStatus.Ready && !_isAttached)
            return;
        if (Record.Status == UploadStatus.Deleted)
            return;
        Apply(new UploadEvent.Detached(retention));
        (_isAttached, _expiresAt) = (false, Now + retention);
    }

    public void RunToTheEnd()
    {
        for (var actions = 0; Record.NextActionAt is { } next; actions++)
        {
            actions.Should().BeLessThan(20, "the schedule ends");
            Now = next > Now ? next : Now;
            RunWorker(between: null, crashes: false);
            Verify();
        }

        Record.IsReplacing.Should().BeFalse();
        (_inPlace || _isStagingClean).Should().BeTrue("the staging object is deleted after the last PUT");
        Record.Status.Should().Be(_isAttached || _expiresAt is null ? UploadStatus.Ready : UploadStatus.Deleted);
    }

    private void Attach(bool replaces)
    {
        if (Record.Status != UploadStatus.Ready || Record.AttachBy <= Now)
            return;
        Apply(new UploadEvent.Attached(Avatar, replaces));
        (_isAttached, _expiresAt) = (true, null);
    }

    // As the advancer does it. What comes between makes the worker's change fail, but not its deletion of the object.
    private void RunWorker(Action? between, bool crashes)
    {
        if (!(Record.NextActionAt <= Now))
            return;
        var leased = Record = Record with { NextActionAt = Now + Policy.Lease + TimeSpan.FromTicks(7), Version = Record.Version + 1 };
        if (crashes)
            return;
        between?.Invoke();
        var isReady = leased.Status == UploadStatus.Ready;
        if (isReady && leased.AttachBy <= Now)
            TryApply(leased, new UploadEvent.Deleted(null));
        else if (leased.IsReplacing)
            TryApply(leased, new UploadEvent.ReplacementEnded());
        else if (!UploadLifecycle.IsDue(leased, Now, Policy))
            TryApply(leased, new UploadEvent.LeasedEarly());
        else
            CleanUp(leased);
    }

    private void CleanUp(UploadRecord leased)
    {
        _isStagingClean = Now >= QuietAt;
        TryApply(leased, new UploadEvent.ObjectsDeleted(false, false));
    }

    private void TryApply(UploadRecord leased, UploadEvent happened)
    {
        if (leased.Version != Record.Version)
            return;
        if (happened is UploadEvent.Deleted)
            _isAttached.Should().BeFalse("no upload is attached and deleted");
        Apply(happened);
    }

    private void Apply(UploadEvent happened) =>
        Record = UploadLifecycle.Apply(Record, happened, Now, Policy) with { Version = Record.Version + 1, NotifyAt = null };

    private void Verify()
    {
        if (Record.Status != UploadStatus.Ready)
            return;
        (Record.AttachedAt is not null).Should().Be(_isAttached);
        Record.AttachBy.Should().Be(_expiresAt);
        if (_expiresAt is { } end)
            Record.NextActionAt.Should().NotBeNull().And.BeOnOrBefore(Max(end, Now + Policy.Lease + TimeSpan.FromTicks(7)));
        if (!_inPlace && !_isStagingClean)
            Record.NextActionAt.Should().NotBeNull("the staging object must still be deleted")
                .And.BeOnOrBefore(Max(QuietAt, Now + Policy.Lease + TimeSpan.FromTicks(7)));
        if (Record.IsReplacing)
            Record.NextActionAt.Should().NotBeNull("older uploads must still be deleted");
    }

    private static DateTimeOffset Max(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
