namespace DirectUpload.Signing;

/// <summary>
/// The names of the headers that a signature covers, "host" in its place among them, in the two forms in which each signature lists them. One kind of request has the same
/// names again and again, so the last list is kept.
/// </summary>
internal sealed class SignedHeaderNames
{
    private static SignedHeaderNames latest = new([]);

    private readonly HeaderName[] _names;

    private SignedHeaderNames(ReadOnlySpan<SignedHeader> headers)
    {
        _names = new HeaderName[headers.Length];
        for (var at = 0; at < headers.Length; at++)
            _names[at] = headers[at].Name;
        BeforeHost = _names.TakeWhile(name => name.IsBeforeHost).Count();
        Listed = Join(";");
        ListedInQuery = Join("%3B");
    }

    /// <summary>How many of them sort before "host".</summary>
    public int BeforeHost { get; }

    /// <summary>As the canonical request lists them.</summary>
    public byte[] Listed { get; }

    /// <summary>As they stand in the query.</summary>
    public byte[] ListedInQuery { get; }

    /// <param name="headers">Sorted by name, without "host".</param>
    public static SignedHeaderNames Of(ReadOnlySpan<SignedHeader> headers)
    {
        var known = latest;
        return known.AreThoseOf(headers) ? known : latest = new SignedHeaderNames(headers);
    }

    private bool AreThoseOf(ReadOnlySpan<SignedHeader> headers)
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
        string.Join(separator, _names.Take(BeforeHost).Select(name => name.Text).Append("host").Concat(_names.Skip(BeforeHost).Select(name => name.Text))));
}
