using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

internal static class FindByKey
{
    public static async Task Keys_find_the_record_in_its_own_bucket_only(CaseContext context)
    {
        var added = await context.AddAsync(SampleRecords.Create());

        ContractAssert.Same(added, await FindAsync(context, added.StagingKey), "the record of a staging key");
        ContractAssert.Same(added, await FindAsync(context, added.FinalKey), "the record of a final key");
        ContractAssert.Null(await FindAsync(context, added.FinalKey, "another"), "a key in another bucket");
        ContractAssert.Null(await FindAsync(context, added.FinalKey.ToUpperInvariant()), "a key with other case");
        ContractAssert.Null(await FindAsync(context, $"{added.FinalKey}.png"), "a longer key");
        ContractAssert.Null(await FindAsync(context, "no id at all"), "a key without an id");
    }

    public static async Task The_shared_key_of_an_in_place_upload_finds_it(CaseContext context)
    {
        var record = SampleRecords.Create();
        var added = await context.AddAsync(record with { FinalKey = record.StagingKey });
        ContractAssert.Same(added, await FindAsync(context, record.StagingKey), "the record of its only key");
    }

    public static async Task Variant_keys_find_the_record_once_stored(CaseContext context)
    {
        var added = await context.AddAsync(SampleRecords.Create());
        var key = $"{added.FinalKey}/thumbnail.webp";
        ContractAssert.Null(await FindAsync(context, key), "the key of a variant before it is recorded");

        var changed = await context.UpdateAsync(added with { Variants = [new("thumbnail.webp", key, "image/webp", 12)] });
        ContractAssert.Same(changed, await FindAsync(context, key), "the record of a variant");
    }

    public static async Task A_changed_final_key_replaces_the_old_one(CaseContext context)
    {
        var added = await context.AddAsync(SampleRecords.Create());
        var changed = await context.UpdateAsync(added with { FinalKey = $"final/{added.Id}-2.png" });

        ContractAssert.Same(changed, await FindAsync(context, changed.FinalKey), "the record of the new key");
        ContractAssert.Null(await FindAsync(context, added.FinalKey), "the old key");
    }

    public static async Task A_key_with_a_foreign_id_finds_its_own_record(CaseContext context)
    {
        var foreign = await context.AddAsync(SampleRecords.Create());
        var record = SampleRecords.Create();
        var added = await context.AddAsync(
            record with { StagingKey = $"staging/{record.Id}-{foreign.Id}", FinalKey = $"final/{record.Id}/{foreign.Id}" });

        ContractAssert.Same(added, await FindAsync(context, added.StagingKey), "the record of a staging key that also contains another id");
        ContractAssert.Same(added, await FindAsync(context, added.FinalKey), "the record of a final key that also contains another id");
        ContractAssert.Null(await FindAsync(context, $"elsewhere/{foreign.Id}"), "a key that contains an id and belongs to no record");
    }

    public static async Task Deleted_records_are_not_found(CaseContext context)
    {
        var added = await context.AddAsync(SampleRecords.Create());
        await context.Store.DeleteAsync(added.Id, context.CancellationToken);
        ContractAssert.Null(await FindAsync(context, added.FinalKey), "a key of a deleted record");
    }

    private static async Task<UploadRecord?> FindAsync(CaseContext context, string key, string bucket = "bucket") =>
        UploadId.TryFindIn(key, out var id)
        && await context.SecondStore.FindAsync(id, context.CancellationToken) is { } record && record.OwnsObject(bucket, key)
            ? record
            : null;
}
