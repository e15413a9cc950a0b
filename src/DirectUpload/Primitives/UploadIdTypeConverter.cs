using System.ComponentModel;
using System.Globalization;

namespace DirectUpload.Primitives;

/// <summary>Converts an <see cref="UploadId"/> from and to text, for configuration, model binding and designers.</summary>
internal sealed class UploadIdTypeConverter : TypeConverter
{
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
        sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        value is string text ? UploadId.Parse(text, culture) : base.ConvertFrom(context, culture, value);

    public override object? ConvertTo(ITypeDescriptorContext? context, CultureInfo? culture, object? value, Type destinationType) =>
        value is UploadId id && destinationType == typeof(string)
            ? id.ToString()
            : base.ConvertTo(context, culture, value, destinationType);
}
