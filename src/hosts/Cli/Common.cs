using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Homeward.Foundations.Storage;
using Microsoft.AspNetCore.Http;

namespace Homeward.Cli;

/// <summary>What all commands share: the two options, and how faults become answers.</summary>
internal static class Common
{
    public static readonly Option<string?> Database = new("--database")
    {
        Description = "A path is SQLite, Host=... or postgres://... is PostgreSQL. Default: what HOMEWARD_DATABASE says, else .homeward/homeward.db", Recursive = true,
        // On the command line everybody on the machine reads the password.
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("HOMEWARD_DATABASE") is { Length: > 0 } named ? named : null,
        // A variable that is not set: the house of where one happens to be is not meant.
        Validators =
        {
            named =>
            {
                if (named.Tokens is [{ Value: "" }]) named.AddError("--database is empty. Name a file or a server, or leave it out.");
                if (named.Tokens is [{ Value: var folder }] && Directory.Exists(folder)) named.AddError($"--database {folder} is a folder. Name a file in it, or a server.");
                else if (named.Tokens is [{ Value: { Length: > 0 } target }] && FaultOf(target) is { } fault) named.AddError($"--database: {fault}");
            },
        },
    };
    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Answer with one line of JSON on standard output; all else goes to standard error.", Recursive = true,
    };

    /// <summary>An initiative by its name. Of an empty one another would be taken for it: a variable that is not set.</summary>
    public static Argument<string> Initiative() => new("INITIATIVE")
    {
        Description = "Its name.",
        Validators =
        {
            named =>
            {
                if (named.Tokens is [{ Value: var name }] && string.IsNullOrWhiteSpace(name)) named.AddError("INITIATIVE is empty. Name it as its file does.");
            },
        },
    };

    /// <summary>Where a command listens. Looked at before anything is put up: the server would say "invalid" of it when all else stands, and of an empty one choose another itself.</summary>
    public static Option<string> Urls() => new("--urls")
    {
        Description = "Where to listen, parted by semicolons.", DefaultValueFactory = _ => "http://127.0.0.1:5080",
        Validators =
        {
            named =>
            {
                foreach (var url in (named.Tokens is [{ Value: var urls }] ? urls : null)?.Split(';') ?? [])
                    if (!IsUrl(url.Trim())) named.AddError($"--urls: \"{url}\" is no address to listen at. Write it as http://127.0.0.1:5080, or http://*:5080 for every network of this machine.");
            },
        },
    };

    /// <summary>For the name of a folder that a command writes: a file that stands in the way is told before anything is done.</summary>
    public static void MayBeFolder(SymbolResult named)
    {
        for (var path = named.Tokens is [{ Value: { Length: > 0 } value }] ? Path.GetFullPath(value) : null; path is not null; path = Path.GetDirectoryName(path))
            if (File.Exists(path)) named.AddError($"{path} is a file, and no folder can be there. Name another.");
    }

    private static bool IsUrl(string url)
    {
        try
        {
            return BindingAddress.Parse(url) is { Scheme: "http" or "https", Port: >= 0 and <= ushort.MaxValue, Host.Length: > 0 };
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Without what was named: a password may stand in it.</summary>
    private static string? FaultOf(string target)
    {
        try
        {
            _ = DatabaseTarget.Parse(target);
            return null;
        }
        catch (UriFormatException)
        {
            return "the address is none. Write postgres://user@host:5432/database, or Host=...;Username=...;Database=...";
        }
        catch (ArgumentException fault)
        {
            return $"{fault.Message}. PostgreSQL is named with the keys of Npgsql; in an address, those of libpq are known, too.";
        }
    }

    /// <summary>Sets a command's action; what it throws becomes an answer with the right exit code.</summary>
    public static Command Does(this Command command, Func<ParseResult, Answer, CancellationToken, Task<int>> act)
    {
        command.SetAction(async (parsed, cancel) =>
        {
            var answer = new Answer(parsed.GetValue(Json));
            try
            {
                return await act(parsed, answer, cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return answer.Refuse(Exit.Interrupted, "interrupted", "Interrupted. What was done stands; nothing is half done.");
            }
            catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
            {
                return answer.Refuse(Exit.BadInput, "not-found", fault.Message, "Check the path.");
            }
            catch (UnauthorizedAccessException fault)
            {
                return answer.Refuse(Exit.BadInput, "not-permitted", fault.Message, "Give whoever runs this the right, or name another place.");
            }
            catch (Exception fault) when (StorageFaults.Of(fault) is { } kind)
            {
                var (code, mend) = kind switch
                {
                    StorageFault.Full => ("storage-full", "Make room, then start it again."),
                    StorageFault.Away => ("storage-away", "See that the database runs and lets this program in, then start it again."),
                    // A look too: the trace of it is stored before anything is shown.
                    StorageFault.ReadOnly => ("storage-read-only", "Give this program the right to write the database and its folder: every look leaves an entry in the trace."),
                    StorageFault.FilesReadOnly => ("files-read-only", "Give this program the right to write that folder, then start it again."),
                };
                return answer.Refuse(Exit.Fault, code, $"Stopped: {StorageWatch.Words(kind)} ({fault.Message}). What was done stands; nothing is half done.", mend);
            }
            catch (Exception fault)
            {
                Console.Error.WriteLine(fault);
                return answer.Refuse(Exit.Fault, "fault", $"{fault.GetType().Name}: {fault.Message}", "This is our fault or the machine's; the log above says more.");
            }
        });
        return command;
    }

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            var asJson = args.Contains("--json");
            return new Answer(asJson).Refuse(
                Exit.BadInput, "wrong-use", "The command line is not right.", "See homeward --help.",
                [.. parsed.Errors.Select(error => error.Message)]);
        }
        if (!args.Contains("--database") && Environment.GetEnvironmentVariable("HOMEWARD_DATABASE") is { Length: > 0 } named && FaultOf(named) is { } unnamed)
            return new Answer(args.Contains("--json")).Refuse(Exit.BadInput, "wrong-use", $"HOMEWARD_DATABASE: {unnamed}", "Set it right, or name the database by --database.");
        // The first Ctrl-C ends the work in good order: what runs is finished or rolled back.
        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) });
    }
}
