using System.Collections.Immutable;
using CsCheck;
using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Tests.Operations;

public class ListPageTests
{
    [Fact]
    public void Pages_of_any_size_form_the_whole_listing() =>
        Gen.Select(Gen.String[Gen.Char['a', 'b'].Select(c => c == 'b' ? '/' : c), 1, 6].Array[0, 20], Gen.Int[1, 5], Gen.Bool, Gen.OneOf(
            Gen.Const(""), Gen.Const("a"), Gen.Const("a/")))
            .Sample((keys, size, delimited, prefix) =>
            {
                var all = Objects(keys);
                var whole = ListPage.Read(all, prefix, delimited ? "/" : null, null, 1000);
                var objects = new List<string>();
                var prefixes = new List<string>();
                string? after = null;
                do
                {
                    var page = ListPage.Read(all, prefix, delimited ? "/" : null, after, size);
                    objects.AddRange(page.Items.Select(o => o.Key));
                    prefixes.AddRange(page.Prefixes);
                    if (page.Items.Count + page.Prefixes.Count > size)
                        return false;
                    after = page.Last;
                }
                while (after is not null);
                return objects.SequenceEqual(whole.Items.Select(o => o.Key)) && prefixes.SequenceEqual(whole.Prefixes);
            });

    [Fact]
    public void A_delimiter_groups_keys_by_common_prefix()
    {
        var page = ListPage.Read(Objects(["a/1", "a/2", "b", "c/d/e"]), "", "/", null, 1000);
        page.Items.Select(o => o.Key).Should().Equal("b");
        page.Prefixes.Should().Equal("a/", "c/");
    }

    [Theory]
    [InlineData(null, 1000, 1)]
    [InlineData(null, 1000, 5)]
    [InlineData("/", 1000, 1)]
    [InlineData("/", 10, 1)]
    public void A_full_listing_of_100000_entries_visits_each_about_once(string? delimiter, int size, int versionsPerKey)
    {
        const int Count = 100_000;
        var all = Enumerable.Range(0, Count).Select(i => new StoredObject
        {
            Key = $"folder-{i / versionsPerKey / 1000:d3}/{i / versionsPerKey:d6}",
            Sequence = i,
            Parts = [],
            Size = 0,
            ETag = "",
            LastModified = default,
            Attributes = new(),
        }).ToImmutableSortedSet(ListingOrder.Versions);
        var visited = 0;
        var listed = 0;
        var (after, sequence) = ((string?)null, 0L);
        do
        {
            var page = ListPage.Read(all, KeyOf, "", delimiter, after, size, version => version.Sequence < sequence);
            listed += page.Items.Count + page.Prefixes.Count;
            after = page.Last;
            sequence = page.Items.Count > 0 ? page.Items[^1].Sequence : long.MinValue;
        }
        while (after is not null);

        listed.Should().Be(delimiter is null ? Count : 100);
        visited.Should().BeLessThan(Count * 2);

        string KeyOf(StoredObject version)
        {
            visited++;
            return version.Key;
        }
    }

    private static ImmutableSortedSet<StoredObject> Objects(IEnumerable<string> keys) =>
        keys.Distinct().Select(
            key => new StoredObject { Key = key, Parts = [], Size = 0, ETag = "", LastModified = default, Attributes = new() })
            .ToImmutableSortedSet(ListingOrder.Objects);
}
