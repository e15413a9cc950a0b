namespace DirectUpload.Primitives;

/// <summary>Finds the most similar word, for suggestions in messages.</summary>
internal static class EditDistance
{
    /// <summary>Finds the candidate with the smallest edit distance from a word.</summary>
    /// <returns>The candidate; null when there are no candidates.</returns>
    public static string? FindNearest(string word, IEnumerable<string> candidates) =>
        candidates.MinBy(candidate => Measure(word, candidate));

    /// <summary>Counts the insertions, removals, replacements and swaps of adjacent letters between two words, ignoring case.</summary>
    public static int Measure(string one, string other)
    {
        one = one.ToUpperInvariant();
        other = other.ToUpperInvariant();
        var edits = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
            edits[i, 0] = i;
        for (var j = 0; j <= other.Length; j++)
            edits[0, j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = edits[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                edits[i, j] = Math.Min(replaced, 1 + Math.Min(edits[i - 1, j], edits[i, j - 1]));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
            }
        }

        return edits[one.Length, other.Length];
    }
}
