using DirectUpload.Stores;

namespace DirectUpload.Benchmarks.Growth;

/// <summary>A kind of store whose growth is measured.</summary>
/// <param name="Name">The column's heading.</param>
/// <param name="MaxSize">No more records than this: where a million would take the night.</param>
/// <param name="CreateAsync">Makes a database with no records, and a store on it.</param>
/// <param name="HasStatusIndex">Whether the store has an index of the status.</param>
internal sealed record GrowthSubject(string Name, int MaxSize, Func<Task<GrowthDatabase>> CreateAsync, bool HasStatusIndex = true);

/// <summary>A store and what its verbs are not for.</summary>
/// <param name="Store">What is measured.</param>
/// <param name="FillAsync">Puts many records in, as quickly as the database can, and lets it take stock of them.</param>
/// <param name="PlanAsync">Calls a verb and says how the database goes about it.</param>
/// <param name="RemoveAsync">Takes the database away.</param>
internal sealed record GrowthDatabase(
    IUploadRecordStore Store, Func<IEnumerable<UploadRecord>, Task> FillAsync, Func<Func<Task>, Task<GrowthPlan>> PlanAsync,
    Func<Task> RemoveAsync);

/// <summary>How a database goes about a verb.</summary>
/// <param name="Lines">In its own words.</param>
/// <param name="ReadsAll">Whether it looks at every record on the way, or puts in order what no index has in order.</param>
internal sealed record GrowthPlan(IReadOnlyList<string> Lines, bool ReadsAll);
