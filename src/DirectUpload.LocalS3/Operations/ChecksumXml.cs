using System.Xml.Linq;
using DirectUpload.LocalS3.Checksums;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Creates a checksum's elements in S3's documents, or nothing if the object has no checksum.</summary>
internal static class ChecksumXml
{
    public const string Prefix = "Checksum";

    public static XElement? Write(StoredChecksum? checksum) =>
        checksum is null ? null : S3Xml.Element(Prefix + checksum.Algorithm, checksum.Value);

    public static XElement? WriteAlgorithm(StoredChecksum? checksum) =>
        checksum is null ? null : S3Xml.Element("ChecksumAlgorithm", checksum.Algorithm);

    public static XElement? WriteType(StoredChecksum? checksum) =>
        checksum is null ? null : S3Xml.Element("ChecksumType", checksum.Type);
}
