using CsCheck;
using DirectUpload.Diagnostics;
using DirectUpload.Lifecycle;
using DirectUpload.Primitives;
using DirectUpload.Stores;
using DirectUpload.Tests.Fixtures;
using static DirectUpload.UploadStatus;

namespace DirectUpload.Tests.Lifecycle;

/// <summary>
/// Applies every event in every status. <see cref="ExpectedOfOne"/> repeats the table by hand, so that neither changes alone.
/// </summary>
public sealed class UploadLifecycleTests
{
    private static readonly LifecyclePolicy Policy = new(TimeSpan.FromMinutes(5), 3, TimeSpan.FromDays(7), TimeSpan.FromDays(30));
    private static readonly DateTimeOffset Now = TestData.Start.AddMinutes(1);
    private static readonly UploadStatus[] Statuses = Enum.GetValues<UploadStatus>();

    private static readonly Dictionary<string, UploadEvent> Samples = new UploadEvent[]
    {
        new UploadEvent.MultipartBegun("multipart"),
        new UploadEvent.GrantExtended(Now.AddHours(2)),
        new UploadEvent.ObjectArrived(100, "\"etag\"", null, ConfirmSource.Client),
        new UploadEvent.ChecksumStated("rosUhgp5mIg="),
        new UploadEvent.Rejected(new UploadError("mismatch", "It differs.")),
        new UploadEvent.Aborted(null),
        new UploadEvent.Expired(false),
        new UploadEvent.Deleted(null),
        new UploadEvent.ProcessingStarted("final/other"),
        new UploadEvent.CopyStarted("final/other"),
        new UploadEvent.CopyInterrupted(TimeSpan.FromSeconds(2), "unavailable", "IOException: it broke"),
        new UploadEvent.ObjectNotFound(),
        new UploadEvent.ProcessingContinued(),
        new UploadEvent.TypeDetected("image/webp", "final/other"),
        new UploadEvent.LeaseRenewed(),
        new UploadEvent.ProcessingInterrupted(TimeSpan.FromSeconds(2), "unavailable", "IOException: it broke"),
        new UploadEvent.ProcessorFailed(TimeSpan.FromSeconds(3), "Exception: it threw"),
        new UploadEvent.ProcessingGivenUp(null),
        new UploadEvent.Completed("\"final\"", null, new Dictionary<string, string>(), []),
        new UploadEvent.DecisionAwaited(
            "\"final\"", null, [new UploadDecision("review", Now.AddDays(1))], new Dictionary<string, string>(), []),
        new UploadEvent.DecisionGiven("review", Rejection: null),
        new UploadEvent.DecisionMissed("review"),
        new UploadEvent.ProgressReported("thumbnails 2 of 5"),
        new UploadEvent.Retried(),
        new UploadEvent.Attached(new UploadAssociation("user", "42", "avatar"), Replaces: false),
        new UploadEvent.ReplacementEnded(),
        new UploadEvent.Detached(TimeSpan.FromHours(24)),
        new UploadEvent.Erased(),
        new UploadEvent.Postponed(Now.AddMinutes(4)),
        new UploadEvent.LeasedEarly(),
        new UploadEvent.ObjectsDeleted(false, false),
        new UploadEvent.ReadTokenReplaced(UploadToken.Create().Hash(), null),
        new UploadEvent.WriteTokenReplaced(UploadToken.Create().Hash(), null),
    }.ToDictionary(sample => sample.GetType().Name);

    // To null: the status stays, and no transition is recorded.
    private static readonly Dictionary<string, (UploadStatus[] From, UploadStatus? To)> ExpectedOfOne = new()
    {
        ["MultipartBegun"] = ([Requested], null),
        ["GrantExtended"] = ([Requested], null),
        ["ObjectArrived"] = ([Requested], Uploaded),
        ["ChecksumStated"] = ([Uploaded, UploadStatus.Processing], null),
        ["Rejected"] = ([Requested, UploadStatus.Processing], Rejected),
        ["Aborted"] = ([Requested, Uploaded, UploadStatus.Processing], Aborted),
        ["Expired"] = ([Requested], Expired),
        ["Deleted"] = ([Ready, Failed], Deleted),
        ["ProcessingStarted"] = ([Uploaded, UploadStatus.Processing], UploadStatus.Processing),
        ["CopyStarted"] = ([Requested], null),
        ["CopyInterrupted"] = ([Requested], null),
        ["ObjectNotFound"] = ([Requested], null),
        ["ProcessingContinued"] = ([Uploaded], UploadStatus.Processing),
        ["TypeDetected"] = ([UploadStatus.Processing], null),
        ["LeaseRenewed"] = ([Requested, UploadStatus.Processing], null),
        ["ProcessingInterrupted"] = ([UploadStatus.Processing], Uploaded),
        ["ProcessorFailed"] = ([UploadStatus.Processing], Uploaded),
        ["ProcessingGivenUp"] = ([Uploaded, UploadStatus.Processing], Failed),
        ["Completed"] = ([UploadStatus.Processing], Ready),
        ["DecisionAwaited"] = ([UploadStatus.Processing], null),
        ["DecisionGiven"] = ([UploadStatus.Processing], null),
        ["DecisionMissed"] = ([UploadStatus.Processing], null),
        ["ProgressReported"] = ([UploadStatus.Processing], null),
        ["Retried"] = ([Failed], Uploaded),
        ["Attached"] = ([Uploaded, UploadStatus.Processing, Ready], null),
        ["ReplacementEnded"] = ([Ready, Deleted], null),
        ["Detached"] = (Statuses, null),
        ["Postponed"] = (Statuses, null),
        ["LeasedEarly"] = ([Ready, Failed], null),
        ["ObjectsDeleted"] = ([Ready, Rejected, Aborted, Expired, Deleted], null),
        ["ReadTokenReplaced"] = (Statuses, null),
        ["WriteTokenReplaced"] = (Statuses, null),
    };

    // A pending upload is aborted, a finished one is deleted, and what has ended stays.
    private static readonly Dictionary<UploadStatus, UploadStatus?> ExpectedOfErased = new()
    {
        [Requested] = Aborted,
        [Uploaded] = Aborted,
        [UploadStatus.Processing] = Aborted,
        [Ready] = Deleted,
        [Failed] = Deleted,
        [Rejected] = null,
        [Aborted] = null,
        [Expired] = null,
        [Deleted] = null,
    };

    private static IEnumerable<string> EventNames =>
        typeof(UploadEvent).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(UploadEvent)) && !type.IsAbstract)
            .Select(type => type.Name);

    public static TheoryData<UploadStatus, string> Matrix()
    {
        var matrix = new TheoryData<UploadStatus, string>();
        foreach (var status in Statuses)
        {
            foreach (var name in EventNames)
                matrix.Add(status, name);
        }

        return matrix;
    }

    [Fact]
    public void Tables_HaveARowForEveryEvent()
    {
        ExpectedOfOne.Keys.Append("Erased").Should().BeEquivalentTo(EventNames);
        ExpectedOfErased.Keys.Should().BeEquivalentTo(Statuses);
        Samples.Keys.Should().BeEquivalentTo(EventNames);
        UploadTransitions.All.Select(rule => rule.Event.Name).Distinct().Should().BeEquivalentTo(EventNames);
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public void Apply_EveryStatusAndEvent_FollowsTheTable(UploadStatus status, string name)
    {
        var record = CreateRecord(status);
        var (from, to) = name == "Erased" ? (Statuses, ExpectedOfErased[status]) : ExpectedOfOne[name];
        if (!from.Contains(status))
        {
            Apply(record, name).Should().Throw<InvalidOperationException>().WithMessage($"*{record.Id} is {status}*{name}*");
            return;
        }

        var changed = Apply(record, name)();
        changed.Status.Should().Be(to ?? status);
        changed.Version.Should().Be(record.Version, "only the store counts versions");
        changed.Transitions.Skip(record.Transitions.Count).Select(taken => taken.Status).Should().Equal(to is { } taken ? [taken] : []);
        changed.UpdatedAt.Should().Be(to is null ? record.UpdatedAt : Now);
        var isNotified = to is { } reached && (reached.IsTerminal() || (reached == Uploaded && status == Requested));
        changed.NotifyAt.Should().Be(isNotified ? changed.Transitions[^1].At : null);
    }

    // The object is copied again, to another key.
    [Fact]
    public void TypeDetected_DecisionGiven_IsForgotten()
    {
        var decided = Apply(CreateRecord(UploadStatus.Processing), "DecisionGiven")();
        decided.Decisions.Should().ContainSingle();

        Apply(decided, "TypeDetected")().Decisions.Should().BeEmpty();
    }

    [Fact]
    public void Apply_SetsTheNextAction()
    {
        NextAction(Requested, "GrantExtended").Should().Be(Now.AddHours(3), "a PUT may end an hour after its URL expired");
        NextAction(Requested, "ObjectArrived").Should().Be(Now);
        NextAction(Requested, "Expired").Should().Be(Now.AddHours(1));
        NextAction(Requested, "CopyStarted").Should().Be(Now.AddMinutes(5));
        NextAction(Requested, "CopyInterrupted").Should().Be(Now.AddSeconds(2));
        NextAction(Requested, "ObjectNotFound").Should().Be(TestData.Start.AddMinutes(75), "the client may still send the file");
        NextAction(Uploaded, "ProcessingContinued").Should().Be(Now.AddMinutes(5));
        NextAction(Uploaded, "ProcessingStarted").Should().Be(Now.AddMinutes(5));
        NextAction(UploadStatus.Processing, "DecisionAwaited").Should().Be(Now.AddDays(1), "its deadline is the next action");
        NextAction(UploadStatus.Processing, "LeaseRenewed").Should().Be(Now.AddMinutes(5));
        NextAction(UploadStatus.Processing, "ProcessingInterrupted").Should().Be(Now.AddSeconds(2));
        NextAction(UploadStatus.Processing, "ProcessorFailed").Should().Be(Now.AddSeconds(3));
        NextAction(UploadStatus.Processing, "ProcessingGivenUp").Should().Be(Now.AddDays(7));
        NextAction(UploadStatus.Processing, "Completed")
            .Should().Be(TestData.Start.AddMinutes(15), "the staging object can be written until then");
        NextAction(Failed, "LeasedEarly").Should().Be(TestData.Start.AddDays(7));
        NextAction(Ready, "Postponed").Should().Be(Now.AddMinutes(4));
        NextAction(Ready, "Deleted").Should().Be(Now);
        NextAction(Deleted, "ObjectsDeleted").Should().Be(TestData.Start.AddMinutes(75));
        NextAction(Ready, "ReplacementEnded").Should().Be(TestData.Start.AddMinutes(15));
        NextAction(Ready, "Erased").Should().Be(Now);
        NextAction(Requested, "Erased").Should().Be(Now);
        NextAction(Expired, "Erased").Should().Be(Now, "its record is scrubbed, so it is cleaned up and purged again");
    }

    [Fact]
    public void Apply_AnySequence_KeepsTheInvariants() =>
        Gen.Select(Gen.Int[0, 1000], Gen.Int[0, 90]).Array[0, 60].Sample(
            steps =>
            {
                var (record, now) = (CreateRecord(Requested), Now);
                foreach (var (choice, minutes) in steps)
                {
                    now = now.AddMinutes(minutes);
                    var allowed = UploadTransitions.All.Where(rule => rule.From == record.Status).ToList();
                    var happened = Samples[allowed[choice % allowed.Count].Event.Name];
                    var changed = UploadLifecycle.Apply(record, happened, now, Policy) with { NotifyAt = null };
                    Verify(record, changed);
                    record = changed;
                }
            });

    private static void Verify(UploadRecord before, UploadRecord after)
    {
        after.Attempts.Should().BeGreaterThanOrEqualTo(before.Attempts);
        after.FailedAttempts.Should().BeInRange(0, after.Attempts);
        after.Transitions[^1].Status.Should().Be(after.Status);
        after.Transitions.Zip(after.Transitions.Skip(1)).All(pair => pair.First.At < pair.Second.At)
            .Should().BeTrue("each transition has a time of its own");
        if (before.IsTerminal && after.Status != before.Status)
            new[] { (Failed, Uploaded), (Ready, Deleted), (Failed, Deleted) }.Should().Contain((before.Status, after.Status));
        if (after.NextActionAt is null)
            (after.IsTerminal && after.Status != Failed).Should().BeTrue("a pending or failed upload is always due at some time");
        if (after.PurgeAt is not null)
            after.Status.Should().BeOneOf(Rejected, Aborted, Expired, Deleted);
    }

    private static DateTimeOffset? NextAction(UploadStatus status, string name) => Apply(CreateRecord(status), name)().NextActionAt;

    private static Func<UploadRecord> Apply(UploadRecord record, string name) =>
        () => UploadLifecycle.Apply(record, Samples[name], Now, Policy);

    private static UploadRecord CreateRecord(UploadStatus status)
    {
        var draft = TestData.CreateRecord() with { Parts = new UploadParts(0, null, false) };
        var requested = UploadLifecycle.Begin(draft with { Version = 1 }, draft.GrantExpiresAt);
        return status == Requested ? requested : requested.TransitionTo(status, TestData.Start) with { Attempts = 1, FailedAttempts = 1 };
    }
}
