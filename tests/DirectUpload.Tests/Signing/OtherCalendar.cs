using System.Globalization;
using System.Runtime.CompilerServices;

namespace DirectUpload.Tests.Signing;

/// <summary>Makes a culture count years as Thailand's does; the tests run without ICU, so there is no such culture to ask for.</summary>
internal static class OtherCalendar
{
    public static void Give(DateTimeFormatInfo format, Calendar calendar) => Field(format) = calendar;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "calendar")]
    private static extern ref Calendar Field(DateTimeFormatInfo format);
}
