using DirectUpload.Imaging.Protocol;

namespace DirectUpload.Imaging.Processes;

/// <summary>The reply of a decoder and the bytes of the variants, in the order of the job.</summary>
internal sealed record DecodedImage(ImageReply Reply, IReadOnlyList<byte[]> Variants);
