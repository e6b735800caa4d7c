using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Homeward.Journey.Tests;

/// <summary>What is wrong with what was given is told as that: exit 2, with what, where and how to mend. And an answer that nobody can read is no answer.</summary>
public sealed class PlainBadInput : IDisposable
{
    private readonly Scratch _scratch = new();

    private async Task<JsonObject> RefusedAsync(params string[] words)
    {
        var ran = await Program.RunAsync(_scratch.Path, words);
        ran.Exit.ShouldBe(2, string.Join(' ', words) + ran.Said);
        ran.Said.ShouldNotContain("   at ");
        var error = ran.Line["error"].ShouldNotBeNull(string.Join(' ', words)).AsObject();
        ((string)error["mend"]!).ShouldNotBeEmpty();
        return error;
    }

    [Fact]
    public async Task A_manifest_that_is_none_is_told_with_its_path()
    {
        Directory.CreateDirectory(_scratch.At("kept"));
        foreach (var text in new[] { "{", "[]", "{\"initiative\":7}" })
        {
            var manifest = _scratch.Write("kept/manifest.json", text);
            var error = await RefusedAsync("demo", "--exit", "--raw", _scratch.At("kept"));
            (((string)error["code"]!), ((string)error["what"]!).Contains(manifest, StringComparison.Ordinal)).ShouldBe(("manifest-unreadable", true), text);
            manifest = _scratch.Write("kept/backup.json", text);
            error = await RefusedAsync("restore", _scratch.At("kept"));
            (((string)error["code"]!), ((string)error["what"]!).Contains(manifest, StringComparison.Ordinal)).ShouldBe(("backup-damaged", true), text);
        }
    }

    [Fact]
    public async Task A_file_where_a_folder_is_to_be_written_and_an_address_without_a_host_are_wrong_use()
    {
        var (file, table) = (_scratch.Write("file", ""), _scratch.Write("people.csv", "id,name\n1,Ann Roe\n2,Ann Roe\n"));
        foreach (var words in new string[][] { ["backup", file], ["release", "Anything", "--out", Path.Combine(file, "deep")], ["link", table, "--out", file] })
            ((string)(await RefusedAsync(words))["faults"]![0]!).ShouldContain($"{file} is a file");
        ((string)(await RefusedAsync("tally", "Anything", "--database", "postgres://"))["faults"]![0]!).ShouldContain("names no host");
    }

    [Theory]
    [InlineData("--json > /dev/full")]
    [InlineData("> /dev/full")]
    [InlineData("--json >&-")]
    public async Task An_answer_that_cannot_be_written_is_a_fault_of_the_environment(string how)
    {
        if (!OperatingSystem.IsLinux()) return;
        var start = new ProcessStartInfo("sh") { WorkingDirectory = _scratch.Path, RedirectStandardError = true };
        foreach (var word in new[] { "-c", $"exec dotnet \"$0\" deconflict \"$1\" {how}", Path.Combine(AppContext.BaseDirectory, "homeward.dll"), _scratch.Write("none.jsonl", "") }) start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(3, said);
        said.ShouldContain("could not be written to standard output");
        said.ShouldNotContain("Unhandled exception");
    }

    [Fact]
    public async Task A_folder_of_which_nothing_could_be_read_is_no_success()
    {
        Directory.CreateDirectory(_scratch.At("odd"));
        _scratch.Write("odd/notes.json", "{}");
        Directory.CreateDirectory(_scratch.At("whole", "missing"));
        _scratch.Write("whole/missing/notes.txt", "x");
        Directory.CreateDirectory(_scratch.At("empty", "reports"));
        foreach (var folder in new[] { "odd", "whole", "empty" })
        {
            var ran = await Program.RunAsync(_scratch.Path, "import", folder, "--database", _scratch.At("house.db"));
            (ran.Exit, (string?)ran.Line["error"]?["code"]).ShouldBe((2, "nothing-read"), ran.Line.ToJsonString());
        }
        (await Program.RunAsync(_scratch.Path, "import", "missing", "odd", "--database", _scratch.At("house.db"))).Exit.ShouldBe(0, "of a kind there may be none");
    }

    public void Dispose() => _scratch.Dispose();
}
