using System.Security.Cryptography;
using Homeward.Foundations.Storage;
using Homeward.Kernel;

namespace Homeward.Foundations.Sealing;

/// <summary>By what a database knows the folder of its sealed files again, from whichever node.</summary>
/// <remarks>
/// A node that looks into another folder takes files in that no other finds, says of theirs that they are missing, and proves a purge of
/// what still lies there. Several databases may keep theirs in one folder: it has one name for all of them.
/// </remarks>
public sealed class BlobFolder(string folder, Disk disk)
{
    /// <summary>The <see cref="Problem.Code"/> of a folder that is not the database's.</summary>
    public const string OtherFolder = "other-sealed-files";

    /// <summary>How the file is called in which the folder's name stands.</summary>
    public const string IdFile = "folder.id";

    private const int IdBytes = 16;

    private string IdPath => Path.Combine(folder, IdFile);

    /// <summary>Null where it has none, or is not there.</summary>
    public string? Id => File.Exists(IdPath) ? File.ReadAllText(IdPath).Trim() : null;

    /// <summary>The same; it is given one where it has none.</summary>
    public string IdOfKept()
    {
        if (Id is null) disk.WriteOnce(IdPath, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)));
        return Id!;
    }

    /// <param name="mark">What the database keeps of it; null where it knows none yet.</param>
    public Problem? RefuseUnlessKnown(string? mark) => mark is null || mark == Id ? null : Problem.Of(
        OtherFolder, $"This is not the folder of this database's sealed files: {folder} {(Id is null ? "is empty or not there" : "is another's")}. Nothing was written.",
        "It lies beside the key folder. Every node of a database shares both; restore it from the backup, or name the key folder beside it by HOMEWARD_KEYS.");
}
