using System.Collections.Immutable;
using CsCheck;
using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Tests.Operations;

public class ListPageTests
{
    [Fact]
    public void Pages_of_any_size_together_are_the_whole_listing() =>
        Gen.Select(Gen.String[Gen.Char['a', 'b'].Select(c => c == 'b' ? '/' : c), 1, 6].Array[0, 20], Gen.Int[1, 5], Gen.Bool, Gen.OneOf(Gen.Const(""), Gen.Const("a"), Gen.Const("a/")))
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
    public void A_delimiter_rolls_up_what_lies_behind_it()
    {
        var page = ListPage.Read(Objects(["a/1", "a/2", "b", "c/d/e"]), "", "/", null, 1000);
        page.Items.Select(o => o.Key).Should().Equal("b");
        page.Prefixes.Should().Equal("a/", "c/");
    }

    private static ImmutableSortedDictionary<string, StoredObject> Objects(IEnumerable<string> keys) => keys.Distinct().ToImmutableSortedDictionary(
        key => key,
        key => new StoredObject { Key = key, Parts = [], Size = 0, ETag = "", LastModified = default, Attributes = new() },
        KeyOrder.Utf8);
}
