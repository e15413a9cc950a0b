namespace DirectUpload.Sqs;

/// <summary>When a message that could not be handled is received again: after twice as long each time, up to five minutes, and never the same for all.</summary>
internal static class Redelivery
{
    private const double Longest = 300;

    public static TimeSpan After(int receives) => TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(receives, 16)), Longest) * (0.5 + (Random.Shared.NextDouble() / 2)));
}
