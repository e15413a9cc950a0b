using System.Text.Json.Serialization;

namespace DirectUpload.Imaging.Protocol;

/// <summary>The JSON of jobs and replies, without reflection.</summary>
[JsonSerializable(typeof(ImageJob))]
[JsonSerializable(typeof(ImageReply))]
internal sealed partial class ProtocolJson : JsonSerializerContext
{
    /// <summary>The maximum length of a job or a reply: thousands of variants.</summary>
    public const int MaxLength = 1 << 20;
}
