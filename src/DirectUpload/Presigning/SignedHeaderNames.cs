namespace DirectUpload.Presigning;

/// <summary>Represents the sorted names of the headers that a signature covers, including "host".</summary>
/// <remarks>Requests of one kind have the same names, so the last list is cached.</remarks>
internal sealed class SignedHeaderNames
{
    private static SignedHeaderNames latest = new([]);

    private readonly HeaderName[] _names;

    private SignedHeaderNames(ReadOnlySpan<SignedHeader> headers)
    {
        _names = new HeaderName[headers.Length];
        for (var at = 0; at < headers.Length; at++)
            _names[at] = headers[at].Name;
        BeforeHostCount = _names.TakeWhile(name => name.IsBeforeHost).Count();
        Joined = Join(";");
        JoinedForQuery = Join("%3B");
    }

    /// <summary>Gets the number of names that sort before "host".</summary>
    public int BeforeHostCount { get; }

    /// <summary>Gets the names as the canonical request lists them.</summary>
    public byte[] Joined { get; }

    /// <summary>Gets the names as the query lists them.</summary>
    public byte[] JoinedForQuery { get; }

    /// <summary>Returns the names of headers, cached or new.</summary>
    /// <param name="headers">The headers, sorted by name, without "host".</param>
    public static SignedHeaderNames GetOrCreate(ReadOnlySpan<SignedHeader> headers)
    {
        var known = latest;
        return known.Matches(headers) ? known : latest = new SignedHeaderNames(headers);
    }

    private bool Matches(ReadOnlySpan<SignedHeader> headers)
    {
        if (headers.Length != _names.Length)
            return false;
        for (var at = 0; at < headers.Length; at++)
        {
            if (!ReferenceEquals(headers[at].Name, _names[at]))
                return false;
        }

        return true;
    }

    private byte[] Join(string separator) => System.Text.Encoding.ASCII.GetBytes(
        string.Join(separator, [
            .. _names.Take(BeforeHostCount).Select(name => name.Text), "host", .. _names.Skip(BeforeHostCount).Select(name => name.Text),
        ]));
}
