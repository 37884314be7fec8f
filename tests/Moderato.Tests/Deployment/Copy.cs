using Moderato.Tests.Support;

namespace Moderato.Tests.Deployment;

/// <summary>The repository with some files changed: links to everything else.</summary>
public sealed class Copy : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("moderato-copy-").FullName;

    public Copy() => Link(Repository.Root, Root);

    public void Dispose() => Directory.Delete(Root, recursive: true);

    /// <summary>A file that may be changed without changing the repository's. Absent ones are not made, but the folder is.</summary>
    public string Own(string file)
    {
        var (original, own) = (Repository.Root, Root);
        foreach (var name in file.Split('/'))
        {
            (original, own) = (Path.Combine(original, name), Path.Combine(own, name));
            if (new FileInfo(own).LinkTarget is null)
                continue;
            File.Delete(own);
            if (Directory.Exists(original))
                Link(original, Directory.CreateDirectory(own).FullName);
            else
                File.Copy(original, own);
        }
        return own;
    }

    private static void Link(string from, string into)
    {
        foreach (var entry in new DirectoryInfo(from).EnumerateFileSystemInfos().Where(e => e.Name != ".git"))
        {
            var link = Path.Combine(into, entry.Name);
            if (entry is DirectoryInfo)
                Directory.CreateSymbolicLink(link, entry.FullName);
            else
                File.CreateSymbolicLink(link, entry.FullName);
        }
    }
}
