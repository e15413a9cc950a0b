using System.Globalization;
using System.Text;

namespace DirectUpload.Signing;

/// <summary>
/// A signing time as SigV4 writes it: <c>20130524T000000Z</c>, in UTC. Signatures know whole seconds only, so the texts of one second serve all
/// that is signed in it.
/// </summary>
internal sealed class SigningTime
{
    public const string Format = "yyyyMMdd'T'HHmmss'Z'";
    public const int Length = 16;

    private static SigningTime? latest;

    private readonly long _second;

    private SigningTime(long second)
    {
        _second = second;
        Instant = DateTimeOffset.FromUnixTimeSeconds(second);
        Day = DateOnly.FromDateTime(Instant.UtcDateTime);
        Text = Instant.ToString(Format, CultureInfo.InvariantCulture);
        Utf8 = Encoding.ASCII.GetBytes(Text);
    }

    /// <summary>The time without its fraction: an expiry reported with one would promise more than storage grants.</summary>
    public DateTimeOffset Instant { get; }

    public DateOnly Day { get; }

    public string Text { get; }

    public byte[] Utf8 { get; }

    public static SigningTime Of(DateTimeOffset now)
    {
        var second = now.ToUnixTimeSeconds();
        return latest is { } time && time._second == second ? time : latest = new SigningTime(second);
    }
}
