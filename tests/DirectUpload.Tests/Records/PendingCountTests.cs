using CsCheck;
using DirectUpload.Records;
using DirectUpload.Tests.Uploads;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Records;

/// <summary>The store keeps its counts as records change; a model counts them anew after every step.</summary>
public sealed class PendingCountTests
{
    private static readonly string?[] Owners = [null, "", "ada"];

    private static readonly Gen<Step> AnyStep = Gen.Select(Gen.Enum<Verb>(), Gen.Int[0, 9], Gen.Enum<UploadStatus>(), Gen.Int[0, 2], Gen.Long[0, 1000])
        .Select((verb, which, status, owner, size) => new Step(verb, which, status, owner, size));

    [Fact]
    public async Task They_never_drift() => await AnyStep.Array[0, 60].SampleAsync(
        async steps =>
        {
            var store = new InMemoryUploadRecordStore();
            var model = new List<UploadRecord>();
            foreach (var step in steps)
            {
                await step.TakeAsync(store, model);
                foreach (var owner in Owners)
                {
                    var pending = model.Where(record => record.Owner == owner && !record.Status.IsSettled()).ToArray();
                    (await store.CountPendingAsync("photos", owner)).Should().Be(new PendingUploads(pending.Length, pending.Sum(record => record.ClaimedSize)));
                }

                (await store.CountPendingAsync("another", null)).Should().Be(default(PendingUploads));
            }
        },
        iter: Cases.Times(500));

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData("null")]
    public async Task No_owner_at_all_is_not_an_owner_by_any_name(string owner)
    {
        var store = new InMemoryUploadRecordStore();
        await store.AddAsync(Some.Record());

        (await store.CountPendingAsync("photos", owner)).Should().Be(default(PendingUploads));
    }

    [Fact]
    public async Task They_never_drift_under_a_race()
    {
        var store = new InMemoryUploadRecordStore();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var round = 0; round < 200; round++)
            {
                var record = await store.AddAsync(Some.Record());
                await Task.WhenAll(
                    store.TryUpdateAsync(record.MovedTo(UploadStatus.Aborted, Some.Start)).AsTask(),
                    store.TryUpdateAsync(record.MovedTo(UploadStatus.Expired, Some.Start)).AsTask(),
                    store.DeleteAsync(record.Id).AsTask());
            }
        })));

        (await store.CountPendingAsync("photos", null)).Should().Be(default(PendingUploads));
    }

    public enum Verb
    {
        Add,
        Update,
        UpdateStale,
        Delete,
    }

    /// <summary>One operation on the store and on the model.</summary>
    private sealed record Step(Verb Verb, int Which, UploadStatus Status, int Owner, long Size)
    {
        public async Task TakeAsync(InMemoryUploadRecordStore store, List<UploadRecord> model)
        {
            if (Verb == Verb.Add)
            {
                model.Add(await store.AddAsync(Some.Record() with { Status = Status, Owner = Owners[Owner], ClaimedSize = Size }));
                return;
            }

            if (model.Count == 0)
                return;
            var at = Which % model.Count;
            switch (Verb)
            {
                case Verb.Update:
                    model[at] = (await store.TryUpdateAsync(model[at] with { Status = Status }))!;
                    break;
                case Verb.UpdateStale:
                    (await store.TryUpdateAsync(model[at] with { Status = Status, Version = model[at].Version - 1 })).Should().BeNull();
                    break;
                default:
                    await store.DeleteAsync(model[at].Id);
                    model.RemoveAt(at);
                    break;
            }
        }
    }
}
