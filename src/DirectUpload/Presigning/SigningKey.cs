using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DirectUpload.Presigning;

/// <summary>Derives and caches the signing keys of SigV4: a chain of four HMACs over date, region and service.</summary>
/// <remarks>
/// A key is valid for a day. All buckets of a region share it, and with it the hasher of each thread. The cache is cleared when it reaches
/// 64 keys, more than an application uses at the same time.
/// </remarks>
internal static class SigningKey
{
    private const int MaxCachedKeys = 64;

    private static readonly ConcurrentDictionary<(string Secret, string Region, int Day), byte[]> CachedKeys = new();

    public static byte[] Get(SigningCredentials credentials, DateOnly day, string region)
    {
        if (CachedKeys.TryGetValue((credentials.SecretKey, region, day.DayNumber), out var key))
            return key;
        if (CachedKeys.Count >= MaxCachedKeys)
            CachedKeys.Clear();
        key = Derive(credentials.SecretKey, day, region);
        CachedKeys[(credentials.SecretKey, region, day.DayNumber)] = key;
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
