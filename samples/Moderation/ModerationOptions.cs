namespace ModerationSample;

/// <summary>The configuration section <c>Moderation</c>.</summary>
internal sealed class ModerationOptions
{
    /// <summary>Gets or sets how long a picture waits for a decision; then it is rejected.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromDays(2);

    /// <summary>Gets or sets the password of moderators; without it, there are none.</summary>
    public string? Password { get; set; }
}
