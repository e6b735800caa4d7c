using System.Reflection;
using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Pages;
using Homeward.Web;

namespace Homeward.Boundaries.Tests;

/// <summary>What may depend on what (docs/architecture.md), held against the house as it was compiled and as it lies on disk.</summary>
public sealed class LineTests
{
    public static TheoryData<string> StageNames => [.. House.Stages.Select(stage => stage.Name)];

    [Theory, MemberData(nameof(StageNames))]
    public void Stage_reads_only_handovers_of_earlier_stages(string stage) =>
        Rules.StageReadsHandoversOfEarlierStages(House.Stages.Single(one => one.Name == stage), House.Stages).ShouldBeEmpty();

    [Fact]
    public void Foundations_use_no_stage_and_no_host() =>
        Rules.UseNone(House.TypesOf(House.Foundations), used => IsHomeward(used) && used.Assembly != House.Foundations && used.Assembly != House.Kernel)
            .ShouldBeEmpty();

    [Theory]
    [InlineData("Homeward.Kernel")]
    [InlineData("Homeward.Linkage")]
    [InlineData("Homeward.Exchange")]
    public void Engines_know_no_case_work(string engine)
    {
        var assembly = Assembly.Load(engine);
        Rules.UseNone(House.TypesOf(assembly), used => IsHomeward(used) && used.Assembly != assembly && used.Assembly != House.Kernel).ShouldBeEmpty();
    }

    [Fact]
    public void Stages_know_no_host() =>
        House.Stages.SelectMany(stage => Rules.UseNone(stage.Types, used =>
            used.Assembly == typeof(Line).Assembly || used.Assembly == House.Scenario)).ShouldBeEmpty();

    /// <summary>Whoever plays a person knows what was sent, and nothing of the truth that it was sent from.</summary>
    [Fact]
    public void Scripted_people_cannot_reach_the_truth() =>
        Rules.UseNone(Players(), used => IsTruth(used) && used.FullName != "Homeward.Scenario.World.Sent").ShouldBeEmpty();

    [Fact]
    public void Project_references_follow_the_line() =>
        Rules.ProjectReferences(
            House.Sources("*.csproj").ToDictionary(path => Path.GetFileNameWithoutExtension(path), File.ReadAllText, StringComparer.Ordinal),
            [.. House.Stages.Select(stage => stage.Name)]).ShouldBeEmpty();

    [Fact]
    public void Every_stage_on_disk_is_in_the_list() =>
        Rules.StagesOnDisk(
            Path.Combine(House.Root, "src/stages"), [.. House.Stages.Select(stage => stage.Name)],
            File.ReadAllText(Path.Combine(House.Root, "Homeward.slnx"))).ShouldBeEmpty();

    [Fact]
    public void A_stage_s_actions_begin_with_its_name() =>
        (from stage in Line.Stages from useCase in stage.UseCases where useCase.Stage != stage.Name select useCase.Action).ShouldBeEmpty();

    [Fact]
    public void Two_use_cases_of_a_stage_never_share_a_name() =>
        Line.Stages.Prepend(new HouseStage()).SelectMany(stage => stage.UseCases).Where(useCase => useCase.Route is not null)
            .GroupBy(useCase => $"{useCase.Stage}.{useCase.Request.DeclaringType!.Name}").Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeEmpty();

    [Fact]
    public void No_banned_word_stands_in_the_sources() =>
        House.Sources("*.cs", "*.razor", "*.csproj").Where(path => !path.Contains("/Migrations.", StringComparison.Ordinal))
            .SelectMany(path => Rules.BannedWords(Path.GetRelativePath(House.Root, path), File.ReadAllText(path))).ShouldBeEmpty();

    [Fact]
    public void Every_action_has_its_row_and_every_row_its_action() =>
        Rules.TableAndHouse(AuthorizationTable.Shipped.Actions, Actions()).ShouldBeEmpty();

    /// <summary>A rule whose subject or target is empty is green whatever the house does.</summary>
    [Fact]
    public void Rule_sees_types()
    {
        House.Stages.Count.ShouldBe(Line.Stages.Count);
        House.Stages.ShouldAllBe(stage => stage.Types.Count > 5 && stage.HandedOver.Count > 1);
        foreach (var stage in House.Stages)
            stage.HandedOver.Where(name => stage.Types.All(type => type.Name != name)).ShouldBeEmpty($"handed over by {stage.Name} and not compiled");
        foreach (var stage in House.Stages.Skip(1))
        {
            stage.Types.SelectMany(TypeUses.Of).Intersect(House.Stages.Where(other => other != stage).SelectMany(other => other.Types))
                .ShouldNotBeEmpty($"{stage.Name} uses no earlier stage at all");
        }
        House.TypesOf(House.Foundations).Count.ShouldBeGreaterThan(50);
        Players().ShouldNotBeEmpty();
        Players().SelectMany(TypeUses.Of).ShouldContain(used => used.FullName == "Homeward.Scenario.World.Sent");
        House.TypesOf(House.Scenario).Count(IsTruth).ShouldBeGreaterThan(10);
        House.Sources("*.csproj").Count().ShouldBeGreaterThan(10);
        House.Sources("*.cs").Count().ShouldBeGreaterThan(100);
        Actions().Count().ShouldBeGreaterThan(50);
    }

    private static bool IsHomeward(Type type) => type.Assembly.GetName().Name!.StartsWith("Homeward.", StringComparison.Ordinal);

    private static bool IsTruth(Type type) => type.Namespace?.StartsWith("Homeward.Scenario.World", StringComparison.Ordinal) == true;

    private static IEnumerable<Type> Players() => House.TypesOf(House.Scenario).Where(type =>
        type.Namespace is { } space && (space.StartsWith("Homeward.Scenario.Cast", StringComparison.Ordinal)
            || space.StartsWith("Homeward.Scenario.Outside", StringComparison.Ordinal)));

    private static IEnumerable<string> Actions() =>
        Line.Stages.Prepend(new HouseStage()).SelectMany(stage => stage.UseCases).Select(useCase => useCase.Action)
            .Concat(Line.Stages.Select(stage => stage.GetType().Assembly).Append(typeof(Line).Assembly).Append(House.Foundations)
                .SelectMany(assembly => assembly.GetTypes()).SelectMany(type => type.GetCustomAttributes<NeedsAttribute>())
                .Select(needs => needs.Action))
            .Distinct();
}
