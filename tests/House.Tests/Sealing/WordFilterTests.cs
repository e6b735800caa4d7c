using System.Globalization;
using CsCheck;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;

namespace Homeward.House.Tests.Sealing;

public sealed class WordFilterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("homeward-keys-").FullName;
    private WordFilters Filters => new(new KeyStore(_folder, new Disk()));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void No_word_that_is_there_is_denied()
    {
        var filters = Filters;
        Gen.String[Gen.Char.AlphaNumeric, 2, 12].Array[1, 200].Sample(words =>
        {
            var filter = filters.Over(TextWords.HashesOf(words));
            WordFilters.MayHold(filter, filters.Of(TextWords.Of(string.Join(' ', words)))).ShouldBeTrue();
        });
    }

    [Fact]
    public void A_word_that_is_not_there_is_hardly_ever_thought_to_be()
    {
        var filters = Filters;
        var filter = filters.Over(TextWords.HashesOf(Enumerable.Range(0, 2_000).Select(index => $"there{index}")));
        Enumerable.Range(0, 20_000).Count(index => WordFilters.MayHold(filter, filters.Of([string.Create(CultureInfo.InvariantCulture, $"elsewhere{index}")])))
            .ShouldBeLessThan(20);
    }

    [Fact]
    public void Who_has_the_database_and_not_the_key_cannot_try_words_on_it()
    {
        var words = Enumerable.Range(0, 500).Select(index => $"there{index}").ToList();
        var filter = Filters.Over(TextWords.HashesOf(words));
        var other = Directory.CreateTempSubdirectory("homeward-keys-");
        try
        {
            var theirs = new WordFilters(new KeyStore(other.FullName, new Disk()));
            words.Count(word => WordFilters.MayHold(filter, theirs.Of([word]))).ShouldBeLessThan(5);
        }
        finally
        {
            other.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_text_without_words_holds_none()
    {
        WordFilters.MayHold(Filters.Over([]), Filters.Of(["motel"])).ShouldBeFalse();
        WordFilters.MayHold(Filters.Over([]), []).ShouldBeTrue();
    }
}
