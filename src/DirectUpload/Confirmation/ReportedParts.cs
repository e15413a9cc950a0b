
namespace DirectUpload.Confirmation;

/// <summary>Holds the parts that a client reports, and the list that storage returned when they were compared.</summary>
/// <param name="eTags">The ETag of each part by its number.</param>
internal sealed class ReportedParts(IReadOnlyDictionary<int, string> eTags)
{
    private IReadOnlyList<StoredPart>? _listed;

    public IReadOnlyDictionary<int, string> ETags => eTags;

    public static ReportedParts? From(IReadOnlyDictionary<int, string>? eTags) => eTags is null ? null : new(eTags);

    /// <summary>Keeps a list for the completion that follows, so that it does not list the parts again.</summary>
    public void Keep(IReadOnlyList<StoredPart>? listed) => _listed = listed;

    /// <summary>Takes the list; a second completion lists the parts again, because they may have changed.</summary>
    public IReadOnlyList<StoredPart>? Take() => Interlocked.Exchange(ref _listed, null);
}
