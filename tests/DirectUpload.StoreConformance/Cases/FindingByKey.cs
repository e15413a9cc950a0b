using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

internal static class FindingByKey
{
    public static async Task Its_keys_lead_to_a_record_in_its_bucket_only(Bench bench)
    {
        var added = await bench.AddAsync(Sample.Record());

        Check.Same(added, await FindAsync(bench, added.StagingKey), "the record of a staging key");
        Check.Same(added, await FindAsync(bench, added.FinalKey), "the record of a final key");
        Check.Missing(await FindAsync(bench, added.FinalKey, "another"), "a key in another bucket");
        Check.Missing(await FindAsync(bench, added.FinalKey.ToUpperInvariant()), "a key in other case");
        Check.Missing(await FindAsync(bench, $"{added.FinalKey}.png"), "a key that only begins so");
        Check.Missing(await FindAsync(bench, "no id at all"), "a key without an id");
    }

    public static async Task In_place_both_keys_are_one(Bench bench)
    {
        var record = Sample.Record();
        var added = await bench.AddAsync(record with { FinalKey = record.StagingKey });
        Check.Same(added, await FindAsync(bench, record.StagingKey), "the record of its only key");
    }

    public static async Task A_derivative_leads_to_it_once_it_is_recorded(Bench bench)
    {
        var added = await bench.AddAsync(Sample.Record());
        var key = $"{added.FinalKey}/thumbnail.webp";
        Check.Missing(await FindAsync(bench, key), "a derivative before it is recorded");

        var changed = await bench.ChangeAsync(added with { Derivatives = [new("thumbnail.webp", key, "image/webp", 12)] });
        Check.Same(changed, await FindAsync(bench, key), "the record of a derivative");
    }

    public static async Task A_final_key_that_moved_leads_to_it_and_the_one_before_no_more(Bench bench)
    {
        var added = await bench.AddAsync(Sample.Record());
        var changed = await bench.ChangeAsync(added with { FinalKey = $"final/{added.Id}-2.png" });

        Check.Same(changed, await FindAsync(bench, changed.FinalKey), "the record of the new key");
        Check.Missing(await FindAsync(bench, added.FinalKey), "the key before");
    }

    public static async Task A_key_that_holds_another_s_id_too_leads_to_its_owner(Bench bench)
    {
        var foreign = await bench.AddAsync(Sample.Record());
        var record = Sample.Record();
        var added = await bench.AddAsync(record with { StagingKey = $"staging/{record.Id}-{foreign.Id}", FinalKey = $"final/{record.Id}/{foreign.Id}" });

        Check.Same(added, await FindAsync(bench, added.StagingKey), "the record of a staging key with another's id behind");
        Check.Same(added, await FindAsync(bench, added.FinalKey), "the record of a key with another's id behind");
        Check.Missing(await FindAsync(bench, $"elsewhere/{foreign.Id}"), "a key that holds an id and is nobody's");
    }

    public static async Task What_was_deleted_is_not_found_by_its_keys(Bench bench)
    {
        var added = await bench.AddAsync(Sample.Record());
        await bench.Store.DeleteAsync(added.Id, bench.Cancellation);
        Check.Missing(await FindAsync(bench, added.FinalKey), "a key of what was deleted");
    }

    private static async Task<UploadRecord?> FindAsync(Bench bench, string key, string bucket = "bucket") =>
        await bench.Other.FindByKeyAsync(bucket, key, bench.Cancellation);
}
