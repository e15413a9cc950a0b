namespace DirectUpload.Imaging.Protocol;

/// <summary>The environment variables of the separate process.</summary>
internal static class DecoderEnvironment
{
    /// <summary>The memory limit in bytes. A process that has the variable is a decoder.</summary>
    public const string MemoryLimit = "DIRECTUPLOAD_IMAGE_PROCESS_MEMORY";

    /// <summary>The time limit of an image, in milliseconds. Later, the process ends itself if the application no longer can.</summary>
    public const string Timeout = "DIRECTUPLOAD_IMAGE_PROCESS_TIMEOUT";
}
