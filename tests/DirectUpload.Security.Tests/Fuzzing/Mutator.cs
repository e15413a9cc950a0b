using System.Globalization;
using System.Text;

namespace DirectUpload.Security.Tests.Fuzzing;

/// <summary>Makes broken inputs of whole ones: flips, cuts, doubles, swaps, and puts in what parsers stumble over.</summary>
internal sealed class Mutator(int seed)
{
    private static readonly byte[][] Fragments =
    [
        .. new[]
        {
            "\0", "\r\n", "\"", "\\", "{", "}", "[", "]", ":", ",", "%", "%00", "%2e%2e%2f", "+", "../", "//", "\\u0000", "\\ud800",
            "\uFEFF", "\u202E", "\uFFFF", "é", "𝄞", "-1", "1e999", "99999999999999999999",
            "null", "true", "NaN", "<", ">", "<!DOCTYPE x [<!ENTITY a \"b\">]>", "&a;", "]]>", "=", ";", "bytes=0-", "v1,", "whsec_",
            "://", "@", "#", "?", "&", "\t", " ", "'",
        }.Select(Encoding.UTF8.GetBytes), [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xFF, 0xFE], [0x80],
    ];

    private readonly Random _random = new(seed);

    public byte[] Mutate(byte[] whole)
    {
        var bytes = new List<byte>(whole);
        for (var times = 1 + _random.Next(4); times > 0; times--)
        {
            var at = _random.Next(bytes.Count + 1);
            switch (_random.Next(7))
            {
                case 0 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << _random.Next(8));
                    break;
                case 1 when at < bytes.Count:
                    bytes[at] = (byte)_random.Next(256);
                    break;
                case 2:
                    bytes.InsertRange(at, Fragments[_random.Next(Fragments.Length)]);
                    break;
                case 3:
                    bytes.RemoveRange(at, Math.Min(_random.Next(1, 20), bytes.Count - at));
                    break;
                case 4 when bytes.Count < 20_000:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(_random.Next(1, 40), bytes.Count - at)));
                    break;
                case 5:
                    bytes.InsertRange(at, Enumerable.Repeat((byte)"[{(<\"A0"[_random.Next(7)], _random.Next(1, 300)));
                    break;
                default:
                    if (at < bytes.Count)
                        bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }

    public string MutateText(string whole) => Encoding.UTF8.GetString(Mutate(Encoding.UTF8.GetBytes(whole)));

    public T Choose<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    public override string ToString() => seed.ToString(CultureInfo.InvariantCulture);
}
