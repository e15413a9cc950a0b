using System.Globalization;

namespace DirectUpload.DependencyInjection;

/// <summary>Holds an option to its bounds, and says its value when it is not within them.</summary>
internal static class Bounds
{
    public static IEnumerable<string> Fault<T>(string option, T value, T least, T most)
        where T : IComparable<T>, IFormattable
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{option} is {value}; set it between {least} and {most}.");
    }
}
