using System.Globalization;

namespace DirectUpload.Tests.Fixtures;

/// <summary>How many generated cases a universal rule is tried on. DIRECTUPLOAD_CASES multiplies the ordinary run.</summary>
internal static class SampleCount
{
    private static readonly double Factor =
        double.TryParse(Environment.GetEnvironmentVariable("DIRECTUPLOAD_CASES"), CultureInfo.InvariantCulture, out var factor)
            ? factor
            : 1;

    public static long Scale(int ordinary) => Math.Max(1, (long)(ordinary * Factor));
}
