using CsCheck;

namespace DirectUpload.Tests.Lifecycle;

/// <summary>Ready uploads that are attached, detached, cleaned up and leased in every order, compared with a model.</summary>
public sealed class ReadyScheduleTests
{
    private static readonly Gen<(int Choice, int Seconds)[]> Steps = Gen.Select(Gen.Int[0, 11], Gen.Int[0, 4000]).Array[0, 40];

    // Before, at and after the times at which the staging object is deleted: 15 and 75 minutes.
    private static readonly TimeSpan?[] Retentions =
    [
        null, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(14), TimeSpan.FromSeconds(899), TimeSpan.FromMinutes(45),
        TimeSpan.FromMinutes(75), TimeSpan.FromHours(24),
    ];

    private static readonly Gen<TimeSpan?> Retention = Gen.Int[0, Retentions.Length - 1].Select(at => Retentions[at]);

    /// <summary>
    /// Until all is done, the upload is due at some time. An attached one never expires, an unattached one always does, and the staging
    /// object is always deleted after the last PUT.
    /// </summary>
    [Fact]
    public void ReadyUpload_AnySequence_IsDueUntilAllIsDone() =>
        Gen.Select(Steps, Retention, Gen.Bool).Sample(
            (steps, retention, inPlace) =>
            {
                var model = new ReadyUploadModel(retention, inPlace);
                foreach (var (choice, seconds) in steps)
                    model.Take(choice, TimeSpan.FromSeconds(seconds));
                model.RunToTheEnd();
            },
            iter: 20_000);

    [Fact]
    public void DetachedUpload_BeforeItIsReady_GetsItsTimeWhenReady()
    {
        var model = new ReadyUploadModel(TimeSpan.FromMinutes(10), inPlace: false, isReady: false);
        model.Detach(TimeSpan.FromMinutes(10));
        model.Wait(TimeSpan.FromHours(1));
        model.Complete();

        (model.Record.AttachBy - model.Now).Should().Be(TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void DetachedUpload_ToBeDeletedBeforeItIsReady_IsDueWhenReady()
    {
        var model = new ReadyUploadModel(TimeSpan.FromHours(24), inPlace: false, isReady: false);
        model.Detach(TimeSpan.Zero);
        model.Wait(TimeSpan.FromMinutes(1));
        model.Complete();

        model.Record.AttachBy.Should().BeBefore(model.Now);
        model.Record.NextActionAt.Should().Be(model.Record.AttachBy);
    }
}
