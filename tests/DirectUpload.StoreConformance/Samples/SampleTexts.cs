namespace DirectUpload.StoreConformance.Samples;

/// <summary>Provides texts that columns, collations, escapes and encodings often corrupt.</summary>
internal static class SampleTexts
{
    public static readonly string[] Unusual =
    [
        "",
        " ",
        " leading and trailing ",
        "Case", "case",
        "é", "e\u0301", // one character, and two that look the same
        "ß", "ss", "İ", "ı", "Ⅷ",
        "日本語 العربية ไทย",
        "𝄞🐈‍⬛🏳️‍🌈", // 4 bytes in UTF-8, two chars each
        "\uFEFF\u200B\uFFFD",
        "line\nfeed\r\n\ttab \u0001\u001F\u007F\u0085\u2028",
        "%_[a-z]^*?",
        "it's \"quoted\" `so` \\ back\\\\slashed \\u0041 {0} ${x} @p0",
        "'; DROP TABLE uploads; --",
        "<a href='#'>&amp;</a>",
        "null", "NULL", "true", "0", "1e3", "2026-03-01T12:00:00Z",
        "a#b|c:d/e,f;g",
    ];

    public static readonly string Long = string.Concat(Enumerable.Repeat("ab 𝄞é", 150));
}
