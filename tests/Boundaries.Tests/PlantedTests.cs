using Planted.First;
using Planted.Second;

namespace Homeward.Boundaries.Tests
{
    /// <summary>Each rule turns red on the one that breaks it, and names exactly that one.</summary>
    public sealed class PlantedTests : IDisposable
    {
        private static readonly StagePart First = new("First", [typeof(Handed), typeof(Inner), typeof(LooksAhead)], new HashSet<string> { "Handed" });
        private static readonly StagePart Second = new(
            "Second",
            [typeof(Reads), typeof(Peeks), typeof(PeeksInSignature), typeof(PeeksByAttribute), typeof(PeeksByArgument), typeof(PeeksAsync), typeof(Later)],
            new HashSet<string> { "Later" });

        private readonly string _folder = Directory.CreateTempSubdirectory("homeward-planted-").FullName;

        public void Dispose() => Directory.Delete(_folder, recursive: true);

        [Fact]
        public void What_was_not_handed_over_is_found_wherever_it_is_used() =>
            Rules.StageReadsHandoversOfEarlierStages(Second, [First, Second]).Order().ShouldBe(
            [
                "Planted.Second.Peeks uses Planted.First.Inner",
                "Planted.Second.PeeksAsync uses Planted.First.Inner",
                "Planted.Second.PeeksByArgument uses Planted.First.Inner",
                "Planted.Second.PeeksByAttribute uses Planted.First.Inner",
                "Planted.Second.PeeksInSignature uses Planted.First.Inner",
            ]);

        [Fact]
        public void A_look_ahead_is_found_even_at_what_is_handed_over() =>
            Rules.StageReadsHandoversOfEarlierStages(First, [First, Second]).ShouldBe(["Planted.First.LooksAhead uses Planted.Second.Later"]);

        [Fact]
        public void Use_of_what_is_forbidden_is_found() =>
            Rules.UseNone(Second.Types, used => used == typeof(Handed)).ShouldBe(["Planted.Second.Reads uses Planted.First.Handed"]);

        [Theory]
        [InlineData("Kernel", "Linkage")]
        [InlineData("Linkage", "Exchange")]
        [InlineData("Foundations", "First")]
        [InlineData("Foundations", "Exchange")]
        [InlineData("First", "Second")]
        [InlineData("First", "First")]
        [InlineData("Second", "Web")]
        [InlineData("Linkage", "Foundations")]
        public void A_reference_against_the_line_is_found(string from, string to) =>
            Rules.ProjectReferences(Project(from, to), ["First", "Second"]).ShouldBe([$"{from} refers to {to}"]);

        [Theory]
        [InlineData("Second", "First")]
        [InlineData("First", "Exchange")]
        [InlineData("Foundations", "Kernel")]
        [InlineData("Cli", "Web")]
        [InlineData("Web", "Second")]
        public void A_reference_along_the_line_is_none(string from, string to) =>
            Rules.ProjectReferences(Project(from, to), ["First", "Second"]).ShouldBeEmpty();

        [Fact]
        public void A_stage_outside_of_the_fence_is_found()
        {
            foreach (var (stage, files) in new[] { ("First", new[] { "README.md", "FirstStage.cs", "Handover.cs" }), ("Stray", ["StrayStage.cs"]) })
            {
                Directory.CreateDirectory(Path.Combine(_folder, stage));
                foreach (var file in files) File.WriteAllText(Path.Combine(_folder, stage, file), "");
            }
            Rules.StagesOnDisk(_folder, ["First", "Gone"], "src/stages/First/First.csproj src/stages/Gone/Gone.csproj").ShouldBe(
            [
                "Gone is in the list and not on disk", "Gone has no README.md", "Gone has no GoneStage.cs", "Gone has no Handover.cs",
                "Stray is on disk and not in the list", "Stray is not in the solution", "Stray has no README.md", "Stray has no Handover.cs",
            ]);
        }

        [Theory]
        [InlineData("var now = DateTime.UtcNow;")]
        [InlineData("var now = DateTimeOffset.Now;")]
        [InlineData("var id = Guid.NewGuid();")]
        [InlineData("var id = Guid.CreateVersion7();")]
        [InlineData("var chance = Random.Shared.Next();")]
        [InlineData("// TODO later")]
        [InlineData("#pragma warning disable RS0030")]
        public void A_banned_word_is_found_where_it_stands(string line) =>
            Rules.BannedWords("a.cs", "fine\n" + line).ShouldHaveSingleItem().ShouldStartWith("a.cs:2 ");

        [Fact]
        public void A_row_too_many_and_a_row_too_few_are_found() =>
            Rules.TableAndHouse(["x.do", "x.unused"], ["x.do", "x.forgotten"]).ShouldBe(
                ["x.unused has a row and nothing names it", "x.forgotten is named and has no row"]);

        private static Dictionary<string, string> Project(string name, string reference) => new()
        {
            [name] = $"<Project><ItemGroup><ProjectReference Include=\"..\\x/{reference}.csproj\" /></ItemGroup></Project>",
        };
    }
}

namespace Planted.First
{
    public sealed record Handed(int Number);
    public sealed class Inner
    {
        public static int Count => 1;
    }
    public sealed class LooksAhead
    {
        public static bool Is(object thing) => thing is Planted.Second.Later;
    }
}

namespace Planted.Second
{
    public sealed record Later;

    public sealed class Reads
    {
        public static Handed Hand() => new(1);
    }

    public sealed class Peeks
    {
        public static int Look() => Inner.Count + 1;
    }

    public sealed class PeeksInSignature
    {
        public IReadOnlyList<Inner[]>? Those { get; set; }
    }

    [System.ComponentModel.TypeConverter(typeof(Inner))]
    public sealed class PeeksByAttribute;

    public sealed class PeeksByArgument
    {
        public static object? Make() => Activator.CreateInstance<Inner>();
    }

    public sealed class PeeksAsync
    {
        public static async Task<bool> LookAsync()
        {
            await Task.Yield();
            return new[] { 1 }.Any(number => number == Inner.Count);
        }
    }
}
