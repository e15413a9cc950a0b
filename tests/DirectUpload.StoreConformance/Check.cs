namespace DirectUpload.StoreConformance;

/// <summary>Comparisons whose failures say what differs, and nothing else.</summary>
internal static class Check
{
    private const int MostDifferences = 20;

    public static void That(bool holds, string otherwise)
    {
        if (!holds)
            Assert.Fail(otherwise);
    }

    public static void Equal<T>(T expected, T actual, string what) =>
        That(EqualityComparer<T>.Default.Equals(expected, actual), $"{what}: {expected} is due, {actual} came");

    public static void Missing(UploadRecord? actual, string what) =>
        That(actual is null, $"{what}: nothing is due, {actual?.Id} in version {actual?.Version} came");

    /// <summary>The same in every field, however deep: times to the tick and with their offset, texts to the character.</summary>
    public static void Same(UploadRecord expected, UploadRecord? actual, string what)
    {
        That(actual is not null, $"{what}: {expected.Id} in version {expected.Version} is due, nothing came");
        var differences = Differences(expected, actual!).Take(MostDifferences).ToArray();
        That(differences.Length == 0, $"{what} differs:\n{string.Join('\n', differences)}");
    }

    /// <summary>The same records in the same order.</summary>
    public static void Same(IEnumerable<UploadRecord> expected, IEnumerable<UploadRecord> actual, string what)
    {
        UploadRecord[] due = [.. expected], came = [.. actual];
        That(
            due.Select(record => record.Id).SequenceEqual(came.Select(record => record.Id)),
            $"{what}: {Ids(due)} are due, {Ids(came)} came");
        foreach (var (first, second) in due.Zip(came))
            Same(first, second, what);
    }

    /// <summary>The same records in any order.</summary>
    public static void SameInAnyOrder(IEnumerable<UploadRecord> expected, IEnumerable<UploadRecord> actual, string what) =>
        Same(expected.OrderBy(record => record.Id), actual.OrderBy(record => record.Id), what);

    private static IEnumerable<string> Differences(UploadRecord expected, UploadRecord actual)
    {
        var (due, came) = (Text.Of(expected), Text.Of(actual));
        return from path in due.Keys.Union(came.Keys)
               let one = due.GetValueOrDefault(path, "nothing")
               let another = came.GetValueOrDefault(path, "nothing")
               where one != another
               select $"  {path}: {one} is due, {another} came";
    }

    private static string Ids(UploadRecord[] records) => records.Length switch
    {
        0 => "none",
        > MostDifferences => $"{records.Length} records ({string.Join(", ", records.Take(3).Select(record => record.Id))}, …)",
        _ => $"{records.Length} ({string.Join(", ", records.Select(record => record.Id))})",
    };
}
