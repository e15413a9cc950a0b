using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DirectUpload.Signing;

/// <summary>
/// The derived key of SigV4: a chain of four HMACs over date, region and service. It holds for a day, so it is kept, and all buckets of a
/// region share it (and with it each thread's hasher); the cache forgets everything when it has grown past what any application signs with at once.
/// </summary>
internal static class SigningKey
{
    private const int MostKept = 64;

    private static readonly ConcurrentDictionary<(string Secret, string Region, int Day), byte[]> Kept = new();

    public static byte[] For(SigningCredentials credentials, DateOnly day, string region)
    {
        if (Kept.TryGetValue((credentials.SecretKey, region, day.DayNumber), out var key))
            return key;
        if (Kept.Count >= MostKept)
            Kept.Clear();
        key = Derive(credentials.SecretKey, day, region);
        Kept[(credentials.SecretKey, region, day.DayNumber)] = key;
        return key;
    }

    private static byte[] Derive(string secret, DateOnly day, string region)
    {
        var date = Encoding.ASCII.GetBytes(day.ToString("yyyyMMdd", CultureInfo.InvariantCulture));
        var dateKey = HMACSHA256.HashData(Encoding.UTF8.GetBytes("AWS4" + secret), date);
        var regionKey = HMACSHA256.HashData(dateKey, Encoding.UTF8.GetBytes(region));
        var serviceKey = HMACSHA256.HashData(regionKey, "s3"u8);
        return HMACSHA256.HashData(serviceKey, "aws4_request"u8);
    }
}
