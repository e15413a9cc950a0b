using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using DirectUpload.Primitives;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Operations;

/// <summary>The query of <c>GET /uploads</c>. Parameters with other names are ignored, such as those of the host's middleware.</summary>
/// <param name="Filter">The filter, which selects only uploads of the owner.</param>
/// <param name="Limit">The maximum number of uploads in the response.</param>
internal sealed record UploadListQuery(UploadFilter Filter, int Limit)
{
    private const int MaxLimit = 100;
    private const string DefaultLimit = "20";

    private static readonly string[] Names = ["mine", "association", "kind", "status", "limit", "before"];

    private static readonly Dictionary<string, UploadStatus> Statuses =
        Enum.GetValues<UploadStatus>().ToDictionary(status => status.ToLowerName(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the query of a request.</summary>
    /// <param name="query">The query, decoded.</param>
    /// <param name="owner">The owner whose uploads are listed.</param>
    /// <param name="read">The query; null if a value is not valid.</param>
    /// <param name="error">The message for the client; null if all values are valid.</param>
    public static bool TryRead(
        IQueryCollection query, string owner, [NotNullWhen(true)] out UploadListQuery? read, [NotNullWhen(false)] out string? error)
    {
        (read, error) = (null, FindError(query));
        if (error is not null)
            return false;
        var limit = int.Parse(Get(query, "limit") ?? DefaultLimit, NumberStyles.None, CultureInfo.InvariantCulture);
        read = new(
            UploadFilter.ForOwner(owner) with
            {
                Association = ParseAssociation(Get(query, "association"), Get(query, "kind")),
                Status = Get(query, "status") is { } status ? Statuses[status] : null,
                Before = Get(query, "before") is { } before ? UploadId.Parse(before) : null,
            },
            limit);
        return true;
    }

    private static string? FindError(IQueryCollection query)
    {
        if (Names.FirstOrDefault(name => query[name].Count > 1) is { } repeated)
            return $"The query has {repeated} more than once; send it once.";
        if (Get(query, "mine") is not (null or "" or "true"))
            return "mine has no value: send ?mine, or leave it out.";
        if (!query.ContainsKey("mine") && !query.ContainsKey("association"))
            return "Send ?mine for your own uploads, or ?association=type:id for those of an entity.";
        if (Get(query, "association") is { } association && !IsAssociation(association))
            return "association must be the type and the id of an entity, separated by a colon, such as user:42; encode it for the URL.";
        if (Get(query, "kind") is { } kind && (!query.ContainsKey("association") || !IsName(kind, maxLength: 100)))
            return "kind must have 1 to 100 printable characters, and requires association; leave it out for any kind.";
        if (Get(query, "status") is { } status && !Statuses.ContainsKey(status))
            return $"status must be one of {string.Join(", ", Statuses.Keys)}; leave it out for any status.";
        if (Get(query, "limit") is { } limit && !IsLimit(limit))
            return $"limit must be 1 to {MaxLimit}; leave it out for {DefaultLimit}.";
        return Get(query, "before") is { } before && !UploadId.TryParse(before, out _)
            ? "before must be the value of next in the previous page; leave it out for the first page."
            : null;
    }

    // The first colon ends the type, so an id can contain colons.
    private static bool IsAssociation(string text) =>
        text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon
        && IsName(text[..colon], maxLength: 100) && IsName(text[(colon + 1)..], maxLength: 200);

    private static UploadAssociation? ParseAssociation(string? text, string? kind) =>
        text?.Split(':', 2) is [var type, var id] ? new(type, id, kind) : null;

    private static bool IsName(string text, int maxLength) =>
        text.Length > 0 && text.Length <= maxLength && UnsafeCharacters.Find(text) is null;

    private static bool IsLimit(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit;

    private static string? Get(IQueryCollection query, string name) => query.TryGetValue(name, out var values) ? values.ToString() : null;
}
