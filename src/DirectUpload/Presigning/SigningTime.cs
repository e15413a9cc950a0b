using System.Globalization;
using System.Text;

namespace DirectUpload.Presigning;

/// <summary>Represents a signing time in the format of SigV4: <c>20130524T000000Z</c>, in UTC.</summary>
/// <remarks>SigV4 uses whole seconds, so all signatures of one second share the texts.</remarks>
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

    /// <summary>Gets the time without fractions of a second.</summary>
    /// <remarks>An expiry with a fraction would be later than the expiry that storage enforces.</remarks>
    public DateTimeOffset Instant { get; }

    public DateOnly Day { get; }

    public string Text { get; }

    public byte[] Utf8 { get; }

    public static SigningTime Get(DateTimeOffset now)
    {
        var second = now.ToUnixTimeSeconds();
        return latest is { } time && time._second == second ? time : latest = new SigningTime(second);
    }
}
