namespace DirectUpload.StoreConformance;

/// <summary>Compares values and shows only the differences when it fails.</summary>
internal static class ContractAssert
{
    private const int MaxDifferences = 20;

    public static void That(bool holds, string message)
    {
        if (!holds)
            Assert.Fail(message);
    }

    public static void Equal<T>(T expected, T actual, string what) =>
        That(EqualityComparer<T>.Default.Equals(expected, actual), $"{what}: expected {expected}, found {actual}");

    public static void Null(UploadRecord? actual, string what) =>
        That(actual is null, $"{what}: expected nothing, found {actual?.Id} in version {actual?.Version}");

    /// <summary>Asserts that two records are equal in every field: times to the tick, with offset, and texts to the character.</summary>
    public static void Same(UploadRecord expected, UploadRecord? actual, string what)
    {
        if (ReferenceEquals(expected, actual))
            return;
        That(actual is not null, $"{what}: expected {expected.Id} in version {expected.Version}, found nothing");
        var differences = GetDifferences(expected, actual!).Take(MaxDifferences).ToArray();
        That(differences.Length == 0, $"{what} differs:\n{string.Join('\n', differences)}");
    }

    /// <summary>Asserts that two sequences contain the same records in the same order.</summary>
    public static void Same(IEnumerable<UploadRecord> expected, IEnumerable<UploadRecord> actual, string what)
    {
        UploadRecord[] expectedRecords = [.. expected], actualRecords = [.. actual];
        That(
            expectedRecords.Select(record => record.Id).SequenceEqual(actualRecords.Select(record => record.Id)),
            $"{what}: expected {FormatIds(expectedRecords)}, found {FormatIds(actualRecords)}");
        foreach (var (first, second) in expectedRecords.Zip(actualRecords))
            Same(first, second, what);
    }

    /// <summary>Asserts that two sequences contain the same records in any order.</summary>
    public static void SameInAnyOrder(IEnumerable<UploadRecord> expected, IEnumerable<UploadRecord> actual, string what) =>
        Same(expected.OrderBy(record => record.Id), actual.OrderBy(record => record.Id), what);

    private static IEnumerable<string> GetDifferences(UploadRecord expected, UploadRecord actual)
    {
        var (expectedTexts, actualTexts) = (RecordFormatter.Format(expected), RecordFormatter.Format(actual));
        return from path in expectedTexts.Keys.Union(actualTexts.Keys)
               let expectedText = expectedTexts.GetValueOrDefault(path, "nothing")
               let actualText = actualTexts.GetValueOrDefault(path, "nothing")
               where expectedText != actualText
               select $"  {path}: expected {expectedText}, found {actualText}";
    }

    private static string FormatIds(UploadRecord[] records) => records.Length switch
    {
        0 => "none",
        > MaxDifferences => $"{records.Length} records ({string.Join(", ", records.Take(3).Select(record => record.Id))}, …)",
        _ => $"{records.Length} ({string.Join(", ", records.Select(record => record.Id))})",
    };
}
