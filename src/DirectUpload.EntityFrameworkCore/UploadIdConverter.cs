using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace DirectUpload.EntityFrameworkCore;

/// <summary>Converts an <see cref="UploadId"/> to text of 32 hexadecimal digits.</summary>
/// <remarks><c>configurationBuilder.UseDirectUploads()</c> applies the converter to all entities of a context.</remarks>
public sealed class UploadIdConverter : ValueConverter<UploadId, string>
{
    /// <summary>Creates the converter.</summary>
    public UploadIdConverter()
        : base(id => id.ToString(), text => UploadId.Parse(text, null), new ConverterMappingHints(size: 32, unicode: false))
    {
    }
}
